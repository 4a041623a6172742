package bubble

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"asynclab/internal/explore/rewrite"
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
	text, _ := os.ReadFile(cmp.Or(rewrite.Overlay()[file], file))
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
