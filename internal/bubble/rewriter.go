package bubble

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// copyInto has the copy of the lab in the current folder made, in the folder to, and returns
// its program and the names of the tests in it.
func copyInto(ctx context.Context, to string) (program string, tests []string, err error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", nil, err
	}
	rewriter, err := rewriter(ctx, filepath.Join(filepath.Dir(dir), "internal", "explore", "rewrite"), to)
	if err != nil {
		return "", nil, err
	}
	replaced, err := json.Marshal(overlay())
	if err != nil {
		return "", nil, err
	}
	cmd := exec.CommandContext(ctx, rewriter, dir, to, string(replaced))
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return "", nil, err
	}
	cmd.Cancel = stdin.Close // then it ends what it has begun, and itself
	program, err = said(cmd)
	program, names, _ := strings.Cut(program, "\n")
	return program, strings.Fields(names), err
}

// said runs a command and returns what it prints, or its complaint.
func said(cmd *exec.Cmd) (string, error) {
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if text := strings.TrimSpace(complaint.String()); err != nil && text != "" {
		err = errors.New(text)
	}
	return strings.TrimSpace(string(out)), err
}

// rewriter returns the program that makes copies. It is built once: as long as its sources
// stay the same, it is found in the user's cache. Where nothing can be kept there, it is built
// in the folder to.
func rewriter(ctx context.Context, sources, to string) (string, error) {
	files, err := filepath.Glob(filepath.Join(sources, "*.go"))
	if err != nil {
		return "", err
	}
	h := sha256.New()
	fmt.Fprintln(h, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		h.Write(text)
	}
	build := func(program string) error {
		cmd := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-ldflags=-s -w", "-o", program, ".")
		cmd.Dir = sources
		cmd.Env = append(os.Environ(), "GOFLAGS=")
		_, err := said(cmd)
		return err
	}
	if cache, err := os.UserCacheDir(); err == nil {
		kept := filepath.Join(cache, "asynclab", fmt.Sprintf("rewrite-%x.exe", h.Sum(nil)[:12]))
		if isThere(kept) {
			return kept, nil
		}
		draft := fmt.Sprintf("%s.%d.exe", kept, os.Getpid())
		if build(draft) == nil {
			os.Rename(draft, kept) // another process may have been faster: then it fails on Windows
			os.Remove(draft)
		}
		if isThere(kept) {
			return kept, nil
		}
	}
	program := filepath.Join(to, "rewrite.exe")
	return program, build(program)
}

func isThere(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}
