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
	begins := regexp.MustCompile(`^func (\([^)]*\) )?` + m[2] + `\(`)
	number := 0
	for line := range strings.Lines(source(filepath.Join(t.dir, m[1]))) {
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

var emptyLoop = regexp.MustCompile(`\bfor\b[^{}\n]*\{\s*(//.*\s*)*\}`)

// lineOfLoop is where a goroutine runs that neither ends nor waits. A loop without a body has
// no line of its own in the program: it is looked up in the call's function.
func (c call) lineOfLoop() int {
	name := c.name()[strings.LastIndex(c.name(), ".")+1:]
	begins := regexp.MustCompile(`(?m)^func (\([^)]*\) )?` + regexp.QuoteMeta(name) + `\(`)
	text := source(c.file)
	for _, at := range begins.FindAllStringIndex(text, -1) {
		function, _, _ := strings.Cut(text[at[0]:], "\n}")
		if loop := emptyLoop.FindStringIndex(function); loop != nil {
			return 1 + strings.Count(text[:at[0]+loop[0]], "\n")
		}
	}
	return c.line
}

// source is the text of a file, as it was built.
func source(file string) string {
	text, _ := os.ReadFile(cmp.Or(overlay()[file], file))
	return string(text)
}
