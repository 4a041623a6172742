package bubble

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

var fileAndFunc = regexp.MustCompile(`^(\S+\.go) (?:\(\*?\w+\)\.)?(\w+)$`)

// placeOf turns "server.go (*Server).connection", a function that a test cannot name in
// Go since it is not exported, into the line where it begins; "": there is none.
func (t *T) placeOf(name string) string {
	m := fileAndFunc.FindStringSubmatch(name)
	if m == nil {
		return ""
	}
	file := filepath.Join(t.dir, m[1])
	text, _ := os.ReadFile(cmp.Or(overlay()[file], file))
	begins := regexp.MustCompile(`^func (\([^)]*\) )?` + m[2] + `\(`)
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		if begins.MatchString(line) {
			return fmt.Sprintf("%s:%d%s", m[1], number, strings.TrimPrefix(name, m[1]))
		}
	}
	return ""
}

var overlayFlag = regexp.MustCompile(`-overlay=([^'"]+?)(?:['"]|\s|$)`)

// overlay returns what an overlay in GOFLAGS replaces: the file that is built in the place
// of another.
func overlay() map[string]string {
	var o struct{ Replace map[string]string }
	if flag := overlayFlag.FindStringSubmatch(os.Getenv("GOFLAGS")); flag != nil {
		if text, err := os.ReadFile(flag[1]); err == nil {
			json.Unmarshal(text, &o)
		}
	}
	return o.Replace
}
