// Package labs proves the kit: it runs each lab's own tests on other versions of the
// lab's files. Nothing is copied; `go test -overlay` puts one file in another's place.
//
// Each solutions/labN has one test, which calls Check.
package labs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"asynclab/internal/program"
)

// A lab is a lab's folder and its solution's.
type lab struct {
	folder   string // .../lab3_chat
	solution string // .../solutions/lab3_chat
	yours    []string
	given    []string
}

// Check proves the lab whose solution stands in the current folder: all its tests pass on
// the reference, every one of them fails on the starter with a message of its own, and
// the two differ by the TODOs alone. Each test of the lab appears as a subtest.
func Check(t *testing.T) {
	l := find(t)
	t.Run("files", l.checkFiles)
	var tests []string
	t.Run("reference", func(t *testing.T) { tests = l.checkReference(t) })
	t.Run("starter", func(t *testing.T) { l.checkStarter(t, tests) })
}

// find finds the lab and sorts its files.
func find(t *testing.T) *lab {
	t.Helper()
	solution, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Base(solution)
	root := filepath.Dir(filepath.Dir(solution))
	l := &lab{folder: filepath.Join(root, name), solution: solution}
	program.ReadSources(t, l.folder, l.solution, filepath.Join(root, "internal"), filepath.Join(root, "solutions", "lab3_chat"))
	for _, pattern := range []string{"*.go", "*/*.go"} {
		files, _ := filepath.Glob(filepath.Join(l.folder, pattern))
		for _, file := range files {
			relative, _ := filepath.Rel(l.folder, file)
			switch firstLine := l.firstLine(t, file); {
			case strings.HasPrefix(firstLine, "// Yours to edit:"):
				l.yours = append(l.yours, relative)
			case strings.HasPrefix(firstLine, "// Given:"):
				l.given = append(l.given, relative)
			default:
				t.Errorf("%s: the first line must begin with \"// Yours to edit:\" or \"// Given:\", but is %q", relative, firstLine)
			}
		}
	}
	if len(l.yours) == 0 {
		t.Fatalf("%s has no file for the student", l.folder)
	}
	return l
}

// reference is the overlay that puts the solution in the place of the starter.
func (l *lab) reference() overlay {
	files := overlay{}
	for _, file := range l.yours {
		files[filepath.Join(l.folder, file)] = filepath.Join(l.solution, file)
	}
	return files
}

// stretch lets the harder tests run as well.
const stretch = "-tags=stretch"

// checkReference requires that every test passes on the reference, and returns the tests.
func (l *lab) checkReference(t *testing.T) []string {
	v := judge(t, l.folder, l.reference(), stretch)
	if len(v.order) == 0 {
		t.Fatalf("no test ran:\n%s", v.problem)
	}
	for _, test := range v.order {
		t.Run(test, func(t *testing.T) {
			switch v.action[test] {
			case "pass":
			case "skip":
				t.Skip(v.output[test])
			default:
				t.Errorf("must pass on the reference:\n%s%s", v.output[test], v.problem)
			}
		})
	}
	return v.order
}

// checkStarter requires that every test fails on the untouched starter, by a message
// that teaches: none passes by accident, none panics or hangs.
func (l *lab) checkStarter(t *testing.T, tests []string) {
	v := judge(t, l.folder, nil, stretch)
	for _, test := range tests {
		t.Run(test, func(t *testing.T) {
			text := v.output[test]
			switch {
			case v.action[test] == "skip":
				t.Skip(text)
			case v.action[test] == "pass":
				t.Errorf("passes on the untouched starter: it cannot fail")
			case v.action[test] != "fail":
				t.Errorf("did not come to its end on the starter:\n%s%s", text, v.problem)
			case !strings.Contains(text, "think:") || strings.Contains(text, "panic:") || strings.Contains(text, "hang:"):
				t.Errorf("must fail by a message that teaches, without a panic or a hang:\n%s", text)
			}
		})
	}
}

func (l *lab) firstLine(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	line, _, _ := strings.Cut(string(text), "\n")
	return strings.TrimSpace(line)
}
