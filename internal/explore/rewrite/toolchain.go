package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// A builder calls Go's compiler and linker itself: the go command takes longer to look around
// than these take to work. What they must know of other packages, the go command is asked
// once; its answer is kept in the user's cache, and holds until a file of a package of ours
// changes.
type builder struct {
	ctx      context.Context
	dir      string // where the go command is asked
	to       string // for what is built
	imports  []string
	cached   string            // the file with the answer; "": none
	isOld    bool              // the answer comes from there
	tools    string            // the folder of compiler and linker
	language string            // the module's version of Go
	packages map[string]string // of each package, the file that says what it declares
	objects  map[string]string // and the file for the linker, where that is another one
	ours     []string          // the folders of those that are of this module
}

// newBuilder returns a builder for files that import these packages. dir is a folder of the
// module, to one for all that is written.
func newBuilder(ctx context.Context, dir, to string, imports []string) (*builder, error) {
	b := &builder{ctx: ctx, dir: dir, to: to, imports: imports}
	if cache, err := os.UserCacheDir(); err == nil {
		h := sha256.New()
		fmt.Fprintln(h, runtime.Version(), system, os.Getenv("GOARCH"), dir, imports, os.Getenv("GOROOT"), os.Getenv("GOCACHE"), os.Getenv("CGO_ENABLED"), os.Getenv("GOEXPERIMENT"))
		b.cached = filepath.Join(cache, "asynclab", fmt.Sprintf("packages-%x", h.Sum(nil)[:12]))
		stamp, answer := recall(b.cached)
		b.read(answer)
		if b.isOld = stamp == b.stamp(); b.isOld {
			return b, nil
		}
	}
	return b, b.ask()
}

// refresh asks the go command again, if the answer was old. It reports whether it was.
func (b *builder) refresh() bool { return b.isOld && b.ask() == nil }

// ask asks the go command for the compiled packages.
func (b *builder) ask() error {
	tools, err := b.run(b.dir, "go", "env", "GOTOOLDIR")
	if err != nil {
		return err
	}
	const each = "{{.Export}}\t{{.ImportPath}}\t{{with .Module}}{{if .Main}}{{$.Dir}}\t{{.GoVersion}}{{end}}{{end}}"
	list, err := b.run(b.dir, "go", append([]string{"list", "-export", "-deps", "-race=false", "-f", each}, b.imports...)...)
	if err != nil {
		return err
	}
	answer := tools + list
	b.read(answer)
	b.isOld = false
	keep(b.cached, b.stamp(), answer)
	return nil
}

// keep writes a file of the user's cache, which is there when it is whole. If it cannot be kept,
// the next one does the work again. What has not been kept again for a month goes, this
// program too: it is built again.
func keep(file, stamp, text string) {
	if file == "" {
		return
	}
	os.MkdirAll(filepath.Dir(file), 0o777)
	draft := fmt.Sprint(file, ".", os.Getpid())
	if os.WriteFile(draft, []byte(stamp+"\n"+text), 0o666) == nil {
		os.Rename(draft, file)
	}
	all, _ := filepath.Glob(filepath.Join(filepath.Dir(file), "*-*"))
	for _, other := range all {
		if info, err := os.Stat(other); err == nil && time.Since(info.ModTime()) > 30*24*time.Hour {
			os.Remove(other)
		}
	}
}

// recall returns what is kept in a file.
func recall(file string) (stamp, text string) {
	all, _ := os.ReadFile(file)
	stamp, text, _ = strings.Cut(string(all), "\n")
	return stamp, text
}

// read reads the go command's answer.
func (b *builder) read(answer string) {
	b.packages, b.objects, b.ours = map[string]string{}, map[string]string{}, nil
	tools, list, _ := strings.Cut(answer, "\n")
	b.tools = strings.TrimSpace(tools)
	for line := range strings.Lines(list) {
		part := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(part) > 1 && part[0] != "" {
			b.packages[part[1]] = part[0]
		}
		if len(part) == 4 {
			b.ours = append(b.ours, part[2])
			b.language = part[3]
		}
	}
}

// stamp changes when a file of the module does that the answer depends on.
func (b *builder) stamp() string {
	h := sha256.New()
	for _, dir := range b.ours {
		files, _ := os.ReadDir(dir)
		for _, f := range files {
			if info, err := f.Info(); err == nil && info.Mode().IsRegular() {
				fmt.Fprintln(h, dir, f.Name(), info.Size(), info.ModTime().UnixNano())
			}
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:12])
}

// write writes a file into the builder's folder and returns its path.
func (b *builder) write(name, text string) (string, error) {
	file := filepath.Join(b.to, name)
	return file, os.WriteFile(file, []byte(text), 0o666)
}

// compile compiles a package of these files. It neither inlines nor optimises: that would take
// longer than it saves. What others need to know of the package comes into a file of its own,
// which stays the same when no more than the inside of a function changes.
func (b *builder) compile(path string, files ...string) error {
	config, err := b.config(b.packages)
	if err != nil {
		return err
	}
	name := filepath.Join(b.to, strings.ReplaceAll(path, "/", "_"))
	known, object := name+".a", name+".o"
	args := []string{"-o", known, "-linkobj", object, "-p", path, "-importcfg", config, "-trimpath", b.to, "-complete", "-pack", "-N", "-l", fmt.Sprint("-c=", min(4, runtime.GOMAXPROCS(0)))}
	if system == "darwin" {
		args = append(args, "-shared")
	}
	if b.language != "" {
		args = append(args, "-lang=go"+b.language)
	}
	if _, err := b.run(b.to, filepath.Join(b.tools, "compile"), append(args, files...)...); err != nil {
		return err
	}
	b.packages[path], b.objects[path] = known, object
	return nil
}

// once makes a file from others, unless there is one in the user's cache: it is made again where
// neither these nor what they can know of other packages have changed.
func (b *builder) once(name string, from []string, produce func() (string, error)) (file string, err error) {
	h := sha256.New()
	fmt.Fprintln(h, b.language)
	for _, file := range append(slices.Clone(from), slices.Sorted(maps.Values(b.packages))...) {
		fmt.Fprintln(h, filepath.Base(file))
		if filepath.Dir(file) == b.to { // the others have their content in their name
			text, _ := os.ReadFile(file)
			h.Write(text)
		}
	}
	now, kept := fmt.Sprintf("%x", h.Sum(nil)[:12]), ""
	if b.cached != "" {
		kept = b.cached + "-" + name
	}
	if stamp, text := recall(kept); stamp == now {
		file = filepath.Join(b.to, name+".exe")
		return file, os.WriteFile(file, []byte(text), 0o777)
	}
	if file, err = produce(); err != nil {
		return "", err
	}
	if text, err := os.ReadFile(file); err == nil {
		keep(kept, now, string(text))
	}
	return file, nil
}

// link makes a program of a package that is compiled. It has no symbols for a debugger.
func (b *builder) link(path string) (program string, err error) {
	all := maps.Clone(b.packages)
	maps.Copy(all, b.objects)
	program = filepath.Join(b.to, "linked.exe")
	config, err := b.config(all)
	if err == nil {
		_, err = b.run(b.to, filepath.Join(b.tools, "link"), "-o", program, "-importcfg", config, "-s", "-w", "-buildmode="+mode(), b.objects[path])
	}
	return program, err
}

// system is the one that is built for.
var system = cmp.Or(os.Getenv("GOOS"), runtime.GOOS)

// mode is the kind of program that the go command has the linker make.
func mode() string {
	if system == "darwin" || system == "windows" {
		return "pie"
	}
	return "exe"
}

// config writes the file that tells where the packages are.
func (b *builder) config(packages map[string]string) (string, error) {
	var text strings.Builder
	for path, file := range packages {
		fmt.Fprintf(&text, "packagefile %s=%s\n", path, file)
	}
	return b.write("packages", text.String())
}

// run runs a command in a folder and returns what it prints; if it fails, the first line
// that says something is the error.
func (b *builder) run(dir, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(b.ctx, name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOGC=off") // each is small and soon over
	var problems strings.Builder
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		said := strings.ReplaceAll(problems.String()+string(out), b.to+string(filepath.Separator), "")
		return "", errors.New(firstLine(said, err.Error()))
	}
	return string(out), nil
}

func firstLine(text, otherwise string) string {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			return line
		}
	}
	return otherwise
}
