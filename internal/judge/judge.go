// Package judge runs a lab's own tests on any version of its files. Nothing is copied:
// `go test -overlay` puts one file in another's place.
package judge

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// A Verdict is what a lab's tests say of one version of its files.
type Verdict struct {
	Tests   []string          // those that ran, in order
	Action  map[string]string // "pass", "fail" or "skip"; missing: the test did not end
	Output  map[string]string // what `go test -v` printed for a test
	Problem string            // what was printed beside the tests: a build error, a crash
}

// An Overlay replaces files of a lab, named by their absolute paths, by others.
type Overlay map[string]string

// Judge runs the lab's own tests on another version of its files, with these flags of
// `go test` besides. The overlay goes into GOFLAGS, so that it holds for a `go build` in
// a test as well.
func (l *Lab) Judge(files Overlay, flags ...string) (Verdict, error) {
	dir, err := os.MkdirTemp("", "asynclab")
	if err != nil {
		return Verdict{}, err
	}
	defer os.RemoveAll(dir)
	text, err := json.Marshal(map[string]Overlay{"Replace": files})
	if err != nil {
		return Verdict{}, err
	}
	file := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(file, text, 0o666); err != nil {
		return Verdict{}, err
	}
	// Neither vet nor the symbols for a debugger: an attempt is then built faster.
	args := append([]string{"test", "-json", "-count=1", "-vet=off", "-ldflags=-s -w", "-timeout=5m"}, flags...)
	cmd := exec.Command("go", append(args, ".")...)
	cmd.Dir = l.Folder
	cmd.Env = append(os.Environ(),
		"GOFLAGS="+os.Getenv("GOFLAGS")+" '-overlay="+filepath.ToSlash(file)+"'",
		"LAB_LANG=en", // the language of the bank
		"GORACE="+os.Getenv("GORACE")+" atexit_sleep_ms=0") // saves the second that each race run sleeps at its end
	if slices.Contains(flags, "-failfast") {
		cmd.Env = append(cmd.Env, "ASYNCLAB_ORDERS=late") // most attempts fail before the exploring tests: build for these when one is reached
	}
	out, err := cmd.Output()
	if _, ran := err.(*exec.ExitError); err != nil && !ran {
		return Verdict{}, err
	}
	return read(out), nil // that tests fail is no error here
}

// read reads the output of go test -json.
func read(out []byte) Verdict {
	v := Verdict{Action: map[string]string{}, Output: map[string]string{}}
	for lines := bufio.NewReader(bytes.NewReader(out)); ; {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return v
		}
		var e struct{ Action, Test, Output string }
		if json.Unmarshal(line, &e) != nil {
			v.Problem += string(line)
			continue
		}
		test, _, isSubtest := strings.Cut(e.Test, "/")
		switch {
		case test == "":
			v.Problem += e.Output
		case e.Action == "output":
			v.Output[test] += e.Output
		case isSubtest:
		case e.Action == "run":
			v.Tests = append(v.Tests, test)
		case e.Action == "pass", e.Action == "fail", e.Action == "skip":
			v.Action[test] = e.Action
		}
	}
}

// FirstFailure returns the first test that failed, or did not come to its end, and what it
// says. Without one it returns "".
func (v Verdict) FirstFailure() (test, text string) {
	for _, test := range v.Tests {
		switch v.Action[test] {
		case "pass", "skip":
		case "fail":
			return test, v.Output[test]
		default:
			return test, v.Output[test] + v.Problem
		}
	}
	return "", ""
}

// Skips reports whether no test said anything, because all of them skipped.
func (v Verdict) Skips() bool {
	for _, test := range v.Tests {
		if v.Action[test] != "skip" {
			return false
		}
	}
	return true
}
