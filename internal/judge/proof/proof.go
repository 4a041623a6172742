// Package proof proves the kit: each lab's own tests must say the right thing of the
// reference, of the starter, and of the attempts in the bank.
//
// Each solutions/labN calls Check and CheckAttempts.
package proof

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"asynclab/internal/judge"
	"asynclab/internal/program"
)

// A lab is a lab whose solution stands in the current folder.
type lab struct{ *judge.Lab }

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

func find(t *testing.T) lab {
	t.Helper()
	solution, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Dir(filepath.Dir(solution))
	l, err := judge.Find(root, filepath.Base(solution))
	if err != nil {
		t.Fatal(err)
	}
	program.ReadSources(t, l.Folder, l.Solution, filepath.Join(root, "internal"), filepath.Join(root, "solutions", "lab3_chat"))
	return lab{l}
}

// judge runs the lab's tests on a version of its files; with the race detector if it runs
// here.
func (l lab) judge(t *testing.T, files judge.Overlay, o judge.Options) judge.Verdict {
	t.Helper()
	o.Race = o.Race || raceDetector
	v, err := l.Judge(t.Context(), files, o)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// checkReference requires that every test passes on the reference, and returns the tests.
func (l lab) checkReference(t *testing.T) []string {
	v := l.judge(t, l.Reference(), judge.Options{Stretch: true})
	if len(v.Tests) == 0 {
		t.Fatalf("no test ran:\n%s", v.Problem)
	}
	for _, test := range v.Tests {
		t.Run(test, func(t *testing.T) {
			switch v.Action[test] {
			case "pass":
			case "skip":
				t.Skip(v.Output[test])
			default:
				t.Errorf("must pass on the reference:\n%s%s", v.Output[test], v.Problem)
			}
		})
	}
	return v.Tests
}

// checkStarter requires that every test fails on the untouched starter, by a message
// that teaches: none passes by accident, none panics or hangs.
func (l lab) checkStarter(t *testing.T, tests []string) {
	v := l.judge(t, nil, judge.Options{Stretch: true})
	for _, test := range tests {
		t.Run(test, func(t *testing.T) {
			text := v.Output[test]
			switch {
			case v.Action[test] == "skip":
				t.Skip(text)
			case v.Action[test] == "pass":
				t.Errorf("passes on the untouched starter: it cannot fail")
			case v.Action[test] != "fail":
				t.Errorf("did not come to its end on the starter:\n%s%s", text, v.Problem)
			case !strings.Contains(text, "think:") || strings.Contains(text, "panic:") || strings.Contains(text, "hang:"):
				t.Errorf("must fail by a message that teaches, without a panic or a hang:\n%s", text)
			}
		})
	}
}
