package rewrite

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// A builder calls Go's compiler and linker. It does so itself, since the go command takes
// longer to look around than these take to work; what it must know of other packages, the
// go command has told once, and stands in a file in the user's cache.
type builder struct {
	ctx      context.Context
	lab      *lab
	to       string // the folder for what is compiled
	cached   string // the file; "": none
	isOld    bool   // what is known was read from there
	tools    string
	packages map[string]string // the compiled file of each package
}

func newBuilder(ctx context.Context, l *lab, to string) (*builder, error) {
	b := &builder{ctx: ctx, lab: l, to: filepath.Join(to, "copy")}
	if err := os.Mkdir(b.to, 0o777); err != nil {
		return nil, err
	}
	if dir, err := os.UserCacheDir(); err == nil {
		b.cached = filepath.Join(dir, "asynclab", b.key())
		if text, err := os.ReadFile(b.cached); err == nil {
			b.isOld = true
			b.parse(string(text))
			return b, nil
		}
	}
	return b, b.list()
}

// key names what the answer of the go command depends on.
func (b *builder) key() string {
	h := sha256.New()
	fmt.Fprintln(h, runtime.Version(), runtime.GOOS, runtime.GOARCH, b.lab.dir, b.lab.imports())
	for _, name := range []string{"CGO_ENABLED", "GOCACHE", "GOEXPERIMENT", "GOROOT"} {
		fmt.Fprintln(h, os.Getenv(name))
	}
	for _, path := range append(b.lab.imports(), explorePath) {
		if inside, ours := strings.CutPrefix(path, module); ours {
			files, _ := os.ReadDir(filepath.Join(filepath.Dir(b.lab.dir), filepath.FromSlash(inside)))
			for _, f := range files {
				if info, err := f.Info(); err == nil && !info.IsDir() {
					fmt.Fprintln(h, f.Name(), info.Size(), info.ModTime())
				}
			}
		}
	}
	return fmt.Sprintf("packages-%x", h.Sum(nil)[:12])
}

// list asks the go command where the compiled packages are.
func (b *builder) list() error {
	args := []string{"list", "-export", "-deps", "-race=false", "-f", "{{if .Export}}{{.ImportPath}}={{.Export}}{{end}}", explorePath, "testing"}
	text, err := b.run("go", append(args, b.lab.imports()...)...)
	if err != nil {
		return err
	}
	tools, err := b.run("go", "env", "GOTOOLDIR")
	if err != nil {
		return err
	}
	text = "tools=" + tools + text
	b.isOld = false
	b.parse(text)
	if b.cached != "" { // if it cannot be kept, the next one asks again
		os.MkdirAll(filepath.Dir(b.cached), 0o777)
		draft := fmt.Sprint(b.cached, ".", os.Getpid())
		if os.WriteFile(draft, []byte(text), 0o666) == nil {
			os.Rename(draft, b.cached)
		}
	}
	return nil
}

func (b *builder) parse(text string) {
	b.packages = map[string]string{}
	for line := range strings.Lines(text) {
		if name, file, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			b.packages[name] = file
		}
	}
	b.tools = b.packages["tools"]
	delete(b.packages, "tools")
}

// refresh asks the go command again, and reports whether there was a reason to.
func (b *builder) refresh() bool {
	return b.isOld && b.list() == nil
}

// write writes a source file of the copy.
func (b *builder) write(name, text string) error {
	return os.WriteFile(filepath.Join(b.to, name), []byte(text), 0o666)
}

// config writes the file that tells compiler and linker where the packages are.
func (b *builder) config() error {
	var text strings.Builder
	for path, file := range b.packages {
		fmt.Fprintf(&text, "packagefile %s=%s\n", path, file)
	}
	return b.write("packages", text.String())
}

// compile compiles a package of these files; without any there is none. It does not inline
// or optimise: that would take longer than it saves.
func (b *builder) compile(path string, files ...string) error {
	if len(files) == 0 {
		return nil
	}
	if err := b.config(); err != nil {
		return err
	}
	out := filepath.Join(b.to, strings.ReplaceAll(path, "/", "_")+".a")
	args := []string{"-o", out, "-p", path, "-importcfg", "packages", "-pack", "-N", "-l", fmt.Sprint("-c=", min(4, runtime.GOMAXPROCS(0)))}
	if _, err := b.run(b.tool("compile"), append(args, files...)...); err != nil {
		return err
	}
	b.packages[path] = out
	return nil
}

// link makes a program.
func (b *builder) link(path, to string) error {
	if err := b.config(); err != nil {
		return err
	}
	_, err := b.run(b.tool("link"), "-o", to, "-importcfg", "packages", "-s", "-w", "-buildmode=exe", b.packages[path])
	return err
}

func (b *builder) tool(name string) string { return filepath.Join(b.tools, name) }

// run runs a command in the folder of the copy and returns what it says, or its first line
// as an error.
func (b *builder) run(name string, args ...string) (string, error) {
	cmd := exec.CommandContext(b.ctx, name, args...)
	cmd.Dir = b.to
	if name == "go" {
		cmd.Dir = b.lab.dir
	}
	var problems strings.Builder
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		return "", errors.New(firstLine(problems.String()+string(out), err.Error()))
	}
	return string(out), nil
}

// firstLine is the first line of a text that says something.
func firstLine(text, otherwise string) string {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			return line
		}
	}
	return otherwise
}
