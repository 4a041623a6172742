package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"

	"asynclab/internal/judge"
)

// runTests runs the tests of labs as a student does, with these flags of go test besides, and
// returns what they say of each, by its name. on is called for each test that ends. When ctx
// is done, the run ends with all that it has started.
func runTests(ctx context.Context, root string, labs []*judge.Lab, on func(lab, test string), flags, env []string) (map[string]judge.Verdict, error) {
	args := append([]string{"test", "-json"}, flags...)
	for _, l := range labs {
		args = append(args, "./"+l.Name)
	}
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), env...)
	judge.InGroup(cmd)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	var said strings.Builder
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	verdicts := read(out, on)
	err = cmd.Wait()
	switch failed := new(exec.ExitError); {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.As(err, &failed) && len(verdicts) > 0: // that tests fail is no error here
		return verdicts, nil
	case err != nil:
		return nil, errors.New("go test does not run: " + strings.TrimSpace(said.String()))
	}
	return verdicts, nil
}

// read reads the output of go test -json.
func read(out io.Reader, on func(lab, test string)) map[string]judge.Verdict {
	verdicts := map[string]judge.Verdict{}
	for lines := bufio.NewReader(out); ; {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return verdicts
		}
		var e struct{ Action, Package, ImportPath, Test, Output string }
		if json.Unmarshal(line, &e) != nil {
			continue
		}
		path, _, _ := strings.Cut(e.Package+e.ImportPath, " ") // behind a blank: "[asynclab/lab1_spawner.test]"
		_, lab, _ := strings.Cut(path, "/")
		v, ok := verdicts[lab]
		if !ok {
			v = judge.Verdict{Action: map[string]string{}, Output: map[string]string{}}
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
			on(lab, test)
		}
		verdicts[lab] = v
	}
}
