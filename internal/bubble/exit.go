package bubble

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// logged begins a line on the child's stderr that is not for the student, unless it is the
// program's last.
const logged = "\x1elog "

// keepLog has the parent remember what was logged last.
func keepLog(line []byte) {
	if os.Getenv(child) != "" {
		io.WriteString(stderr, logged+string(line))
	}
}

// date is what package log puts before a line.
var date = regexp.MustCompile(`^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d `)

// endedBy says how a program has ended itself, and what it had printed last.
func endedBy(code int, said string) string {
	text := fmt.Sprintf("the program has ended in the middle of this test, with exit code %d: os.Exit and log.Fatal do not return", code)
	if said = date.ReplaceAllString(strings.TrimSpace(said), ""); said != "" {
		text += fmt.Sprintf("\nit said: %q", said)
	}
	return text
}

var exit = regexp.MustCompile(`^[^/]*\b(os\.Exit|log\.Fatal(f|ln)?)\(`)

// exits is a line for each one of the files in dir that ends the program.
func exits(dir string) (lines string) {
	files, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	for _, file := range files {
		number := 0
		for line := range strings.Lines(source(file)) {
			if number++; exit.MatchString(line) && !strings.HasSuffix(file, "_test.go") {
				lines += fmt.Sprintf("\n  %s:%d  %s", filepath.Base(file), number, strings.TrimSpace(line))
			}
		}
	}
	return lines
}
