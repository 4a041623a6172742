// Package judge runs a lab's own tests on any version of its files: `go test -overlay` puts
// one file in another's place.
package judge

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"asynclab/internal/judge/record"
)

// A Verdict is what a lab's tests say of one version of its files.
type Verdict struct {
	Built   bool
	Tests   []string          // those that ran, in order
	Action  map[string]string // "pass", "fail" or "skip"; missing: the test did not end
	Output  map[string]string // what a test printed
	Problem string            // what was printed beside the tests: a build error, a crash
	Stopped bool              // they took longer than they may
	Claimed []string          // tests that did not pass, but of which a printed line says so
	whole   bool              // no test was left to run when the program ended
}

// add adds what was said of other tests.
func (v *Verdict) add(other Verdict) {
	for _, test := range other.Tests {
		if slices.Contains(v.Tests, test) {
			continue // it has ended the program, and has had its turn
		}
		v.Tests = append(v.Tests, test)
		v.Output[test] = other.Output[test]
		if action, ended := other.Action[test]; ended {
			v.Action[test] = action
		}
	}
	for _, test := range other.Claimed {
		if !slices.Contains(v.Claimed, test) {
			v.Claimed = append(v.Claimed, test)
		}
	}
	v.Problem = cmp.Or(v.Problem, other.Problem)
	v.whole = other.whole
}

// An Overlay replaces files of a lab, named by their absolute paths, by others.
type Overlay map[string]string

// Options say how the tests run. The zero value runs all tests but the stretch ones.
type Options struct {
	Race       bool          // with the race detector
	Stretch    bool          // the harder tests as well
	FailFast   bool          // up to the first failure
	BuildAlone bool          // no test at all
	Program    string        // of the tests: built there, unless it is there; then the files count only for what a test builds
	Run        string        // the tests whose names match; "": all
	Skip       string        // but not those whose names match
	Timeout    time.Duration // for building and running; 0: five minutes
}

// Judge runs the lab's own tests on another version of its files; where one of them ends the
// program, those that have not run yet run in another one. When ctx ends, or the time
// is over, it ends all processes that it has started. It may be called from several
// goroutines, but for labs that need the same port.
func (l *Lab) Judge(ctx context.Context, files Overlay, o Options) (Verdict, error) {
	if o.Timeout == 0 {
		o.Timeout = 5 * time.Minute
	}
	limited, cancel := context.WithTimeout(ctx, o.Timeout)
	defer cancel()
	dir, err := os.MkdirTemp("", "asynclab-judge-")
	if err != nil {
		return Verdict{}, err
	}
	defer removeAll(dir)
	r := run{lab: l, dir: dir, options: o}
	if err := r.overlay(files); err != nil {
		return Verdict{}, err
	}
	v, err := r.judge(limited)
	for place, file := range r.files { // a student knows the lab's files
		v.Problem = strings.ReplaceAll(v.Problem, file, place)
	}
	if ctx.Err() != nil {
		return Verdict{}, ctx.Err()
	}
	v.Stopped = limited.Err() != nil
	return v, err
}

// A run is one call of Judge.
type run struct {
	lab     *Lab
	files   Overlay // by copies of its own
	dir     string  // for everything that it leaves, and that its processes leave
	options Options
	env     []string
}

// overlay prepares the environment: the flag goes into GOFLAGS, so that it holds for a
// `go build` in a test as well.
func (r *run) overlay(files Overlay) error {
	err := r.copy(files)
	if err != nil {
		return err
	}
	text, err := json.Marshal(map[string]Overlay{"Replace": r.files})
	if err != nil {
		return err
	}
	file := filepath.Join(r.dir, "overlay.json")
	r.env = append(os.Environ(),
		"GOFLAGS="+os.Getenv("GOFLAGS")+" '-overlay="+filepath.ToSlash(file)+"'",
		"GORACE="+os.Getenv("GORACE")+" atexit_sleep_ms=0", // saves the second that each race run sleeps at its end
		"ASYNCLAB_BUILD=late", // many an attempt fails before the tests that need another build: build when one is reached
		"LAB_LANG=en",         // the bank knows the messages in English
		"TMPDIR="+r.dir, "TMP="+r.dir, "TEMP="+r.dir, "GOTMPDIR="+r.dir)
	return os.WriteFile(file, text, 0o666)
}

// copy copies the files. The go command's index of a folder goes by the names, sizes and
// times of its files, and two versions of a file may agree in all three; but it never takes a
// file that has just changed, and least of all one that will have changed in an hour.
func (r *run) copy(files Overlay) error {
	r.files = Overlay{}
	later := time.Now().Add(time.Hour)
	for place, file := range files {
		dir, err := os.MkdirTemp(r.dir, "file-")
		if err != nil {
			return err
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		copied := filepath.Join(dir, filepath.Base(file))
		if err := os.WriteFile(copied, text, 0o666); err != nil {
			return err
		}
		if err := os.Chtimes(copied, later, later); err != nil {
			return err
		}
		r.files[place] = copied
	}
	return nil
}

// judge builds the tests and runs them.
func (r *run) judge(ctx context.Context) (Verdict, error) {
	program := cmp.Or(r.options.Program, filepath.Join(r.dir, "lab.test.exe"))
	if _, err := os.Stat(program); err != nil {
		if problem, err := r.build(ctx, program); err != nil || ctx.Err() != nil {
			return Verdict{Problem: problem}, unlessItFails(err)
		}
	}
	if r.options.BuildAlone {
		return Verdict{Built: true}, nil
	}
	v, err := r.runTests(ctx, program, r.options.Run)
	for runs := 1; runs < mostRuns && err == nil && ctx.Err() == nil && !v.whole && !r.options.FailFast; runs++ {
		var rest []string
		if rest, err = r.notRun(v); err != nil || len(rest) == 0 {
			break
		}
		var more Verdict
		more, err = r.runTests(ctx, program, "^("+strings.Join(rest, "|")+")$")
		if len(more.Tests) == 0 {
			break
		}
		v.add(more)
	}
	return v, err
}

// build builds the tests. No vet, no inlining, no symbols for a debugger, and no collector in what
// builds: so it is done sooner.
func (r *run) build(ctx context.Context, program string) (problem string, err error) {
	args := []string{"test", "-c", "-o", program, "-vet=off", "-gcflags=-l", "-ldflags=-s -w"}
	if r.options.Race {
		args = append(args, "-race")
	}
	if r.options.Stretch {
		args = append(args, "-tags=stretch")
	}
	said := &recorder{}
	err = r.start(ctx, said, []string{"GOGC=off"}, "go", append(args, ".")...)
	return said.problem.String(), err
}

// mostRuns is how many programs run the tests, where one after the other is ended by a test.
const mostRuns = 8

// runTests runs the tests whose names match; "": all.
func (r *run) runTests(ctx context.Context, program, match string) (Verdict, error) {
	args := []string{"-test.v=test2json", "-test.paniconexit0", "-test.timeout=0"}
	if match != "" {
		args = append(args, "-test.run="+match)
	}
	if r.options.Skip != "" {
		args = append(args, "-test.skip="+r.options.Skip)
	}
	if r.options.FailFast {
		args = append(args, "-test.failfast")
	}
	said := &recorder{order: record.Order{Secret: rand.Text()}}
	err := r.start(ctx, said, []string{record.Variable + "=" + said.order.Secret}, program, args...)
	return said.verdict(), unlessItFails(err)
}

// notRun names the tests whose turn has not come, since one before them has ended the program.
func (r *run) notRun(v Verdict) (names []string, err error) {
	asked, err := regexp.Compile(r.options.Run)
	if err != nil {
		return nil, err
	}
	all, err := r.lab.Tests(r.options.Stretch)
	for _, t := range all {
		if asked.MatchString(t.Name) && !slices.Contains(v.Tests, t.Name) {
			names = append(names, t.Name)
		}
	}
	return names, err
}

// start runs a program in the lab's folder, and keeps what it says.
func (r *run) start(ctx context.Context, said *recorder, env []string, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = r.lab.Folder
	cmd.Env = append(r.env, env...)
	cmd.Stdout, cmd.Stderr = said, said
	cmd.WaitDelay = time.Second // for a process that somebody has left behind
	InGroup(cmd)
	err := cmd.Run()
	said.end()
	return err
}

// unlessItFails returns err if a program could not be run: that it fails is no error here.
func unlessItFails(err error) error {
	if errors.As(err, new(*exec.ExitError)) || errors.Is(err, exec.ErrWaitDelay) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	return err
}

// removeAll removes dir, also if a process that was ended a moment ago still writes there.
func removeAll(dir string) {
	for range 10 {
		if os.RemoveAll(dir) == nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
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
