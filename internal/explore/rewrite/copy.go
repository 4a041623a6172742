package main

import (
	"context"
	"fmt"
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// pattern is how the files with exploring tests are called.
const pattern = "*orders_test.go"

// copyLab makes the copy of the lab in the folder dir, in the folder to, and returns its
// program and the names of its tests. It rewrites the files with exploring tests and those of
// the student's that they use; no other file of the lab is in the copy. What stands in to is
// the files as the student wrote them.
func copyLab(ctx context.Context, dir, to string, replaced map[string]string) (program string, tests []string, err error) {
	l := &lab{dir: dir, path: module + filepath.Base(dir), fset: token.NewFileSet()}
	if err := l.read(replaced); err != nil {
		return "", nil, err
	}
	work := filepath.Join(to, "copy")
	if err := os.Mkdir(work, 0o777); err != nil {
		return "", nil, err
	}
	b, err := newBuilder(ctx, dir, work, append(l.imports(), explorePath, "testing"))
	if err != nil {
		return "", nil, err
	}
	if program, err = l.build(b, to); err != nil && b.refresh() {
		program, err = l.build(b, to)
	}
	return program, l.tests, err
}

// build writes the copy's files and makes the program that runs the tests.
func (l *lab) build(b *builder, sources string) (program string, err error) {
	l.check(b.packages)
	files := map[string][]string{}
	needed := l.needed()
	for _, f := range needed {
		name := filepath.Base(f.tokens.Name())
		if err := os.WriteFile(filepath.Join(sources, name), f.text, 0o666); err != nil {
			return "", err
		}
		text, err := f.rewrite()
		if err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		copied, err := b.write(name, string(text))
		if err != nil {
			return "", err
		}
		files[l.pathOf(f)] = append(files[l.pathOf(f)], copied)
	}
	main, err := b.write("explores_main.go", l.program(needed))
	if err != nil {
		return "", err
	}
	files["main"] = append(files["main"], main)
	return b.once("explores", slices.Concat(files[l.path], files["main"]), func() (string, error) {
		return l.compile(b, needed, files)
	})
}

// compile compiles the student's package and the program, of which tests in a package of their own
// are a part.
func (l *lab) compile(b *builder, needed []*file, files map[string][]string) (program string, err error) {
	if err := l.trimImports(needed, b); err != nil {
		return "", err
	}
	if len(files[l.path]) > 0 {
		if err := b.compile(l.path, files[l.path]...); err != nil {
			return "", err
		}
	}
	b.objects["main"], err = b.once("main", files["main"], func() (string, error) {
		err := b.compile("main", files["main"]...)
		return b.objects["main"], err
	})
	if err != nil {
		return "", err
	}
	return b.link("main")
}

// program is the text of the program that runs the tests. It notes their names.
func (l *lab) program(files []*file) string {
	own, tests := "", ""
	l.tests = nil
	for _, f := range files {
		for _, d := range f.tree.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || !f.isTest || fn.Recv != nil || !strings.HasPrefix(fn.Name.Name, "Test") {
				continue
			}
			name := fn.Name.Name
			if l.pathOf(f) == l.path {
				own, name = fmt.Sprintf("import own %q\n", l.path), "own."+name
			}
			tests += fmt.Sprintf("%q: %s, ", fn.Name.Name, name)
			l.tests = append(l.tests, fn.Name.Name)
		}
	}
	return fmt.Sprintf(`package main

import (
	"testing"

	%q
)
%s
func main() { explore.Main(map[string]func(*testing.T){%s}) }
`, explorePath, own, tests)
}

// pathOf is the import path of the package that the file is of.
func (l *lab) pathOf(f *file) string {
	if f.isOuter() {
		return "main"
	}
	return l.path
}

// A lab is the Go files of one folder that take part in a plain build, without the tests that
// do not explore.
type lab struct {
	dir   string
	path  string // to import it
	fset  *token.FileSet
	files []*file
	tests []string
}

var buildLine = regexp.MustCompile(`(?m)^//go:build .*$`)

// isLeftOut reports whether a build constraint leaves the file out of a plain build.
func isLeftOut(text []byte) bool {
	line := buildLine.Find(text)
	if line == nil {
		return false
	}
	holds := func(tag string) bool {
		return tag == runtime.GOOS || tag == runtime.GOARCH || strings.HasPrefix(tag, "go1.")
	}
	tags, err := constraint.Parse(string(line))
	return err != nil || !tags.Eval(holds)
}

// read reads the files.
func (l *lab) read(replaced map[string]string) error {
	paths, _ := filepath.Glob(filepath.Join(l.dir, "*.go"))
	for path := range replaced {
		if filepath.Dir(path) == l.dir && !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	for i, path := range paths {
		if name := filepath.Base(path); name[0] == '.' || name[0] == '_' {
			continue // the go command passes over it: an editor's own, perhaps
		}
		from := path
		if other, ok := replaced[path]; ok {
			from = other
		}
		isTest := strings.HasSuffix(path, "_test.go")
		if isExploring, _ := filepath.Match(pattern, filepath.Base(path)); isTest && !isExploring {
			continue
		}
		text, err := os.ReadFile(from)
		if err != nil {
			return err
		}
		if isLeftOut(text) {
			continue
		}
		tree, err := parser.ParseFile(l.fset, path, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		l.files = append(l.files, &file{number: i, text: text, tree: tree, tokens: l.fset.File(tree.FileStart), isTest: isTest})
	}
	return nil
}

// imports returns what the files import.
func (l *lab) imports() []string {
	all := map[string]bool{}
	for _, f := range l.files {
		for _, spec := range f.tree.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			all[path] = path != l.path
		}
	}
	maps.DeleteFunc(all, func(_ string, other bool) bool { return !other })
	return sorted(all)
}

// check finds the types in the files.
func (l *lab) check(packages map[string]string) {
	from := newReader(l.fset, packages, l.path)
	for _, path := range []string{l.path, "main"} {
		var trees []*ast.File
		for _, f := range l.files {
			if l.pathOf(f) == path {
				trees = append(trees, f.tree)
			}
		}
		p, info := from.check(path, l.fset, trees)
		for _, f := range l.files {
			if l.pathOf(f) == path {
				f.info = info
			}
		}
		if from.own == nil {
			from.own = p
		}
	}
}

// needed returns the files with exploring tests, and those that hold what they use.
func (l *lab) needed() (all []*file) {
	home := map[types.Object]*file{}
	for _, f := range l.files {
		for _, object := range f.info.Defs {
			if object != nil && l.fset.File(object.Pos()) == f.tokens {
				home[object] = f
			}
		}
		if f.isTest {
			all = append(all, f)
		}
	}
	for i := 0; i < len(all); i++ {
		ast.Inspect(all[i].tree, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				use := all[i].info.Uses[id]
				if v, ok := use.(*types.Var); ok {
					use = v.Origin()
				}
				if fn, ok := use.(*types.Func); ok {
					use = fn.Origin()
				}
				if f := home[use]; use != nil && f != nil && !slices.Contains(all, f) {
					all = append(all, f)
				}
			}
			return true
		})
	}
	return all
}
