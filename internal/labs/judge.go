package labs

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A verdict is what a lab's tests say of one version of its files.
type verdict struct {
	order   []string          // the tests that ran, in order
	action  map[string]string // "pass", "fail" or "skip"; missing: the test did not end
	output  map[string]string // what `go test -v` printed for a test
	problem string            // what was printed beside the tests: a build error, a crash
}

// An overlay replaces files of a lab, named by their absolute paths, by others.
type overlay map[string]string

// judge runs a lab's own tests with `go test -overlay` on another version of its files.
// The flag goes into GOFLAGS, so that it holds for a `go build` in a test as well.
func judge(t *testing.T, folder string, files overlay, flags ...string) verdict {
	t.Helper()
	text, err := json.Marshal(map[string]overlay{"Replace": files})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "overlay.json")
	if err := os.WriteFile(file, text, 0o666); err != nil {
		t.Fatal(err)
	}
	// Neither vet nor the symbols for a debugger: an attempt is then built faster.
	args := append([]string{"test", "-json", "-count=1", "-vet=off", "-ldflags=-s -w", "-timeout=5m"}, flags...)
	if raceDetector {
		args = append(args, "-race")
	}
	cmd := exec.Command("go", append(args, ".")...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(),
		"GOFLAGS="+os.Getenv("GOFLAGS")+" '-overlay="+filepath.ToSlash(file)+"'",
		"GORACE="+os.Getenv("GORACE")+" atexit_sleep_ms=0") // saves the second that each race run sleeps at its end
	out, _ := cmd.Output() // that tests fail is no error here
	return read(out)
}

// read reads the output of go test -json.
func read(out []byte) verdict {
	v := verdict{action: map[string]string{}, output: map[string]string{}}
	for lines := bufio.NewReader(bytes.NewReader(out)); ; {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return v
		}
		var e struct{ Action, Test, Output string }
		if json.Unmarshal(line, &e) != nil {
			v.problem += string(line)
			continue
		}
		test, _, isSubtest := strings.Cut(e.Test, "/")
		switch {
		case test == "":
			v.problem += e.Output
		case e.Action == "output":
			v.output[test] += e.Output
		case isSubtest:
		case e.Action == "run":
			v.order = append(v.order, test)
		case e.Action == "pass", e.Action == "fail", e.Action == "skip":
			v.action[test] = e.Action
		}
	}
}
