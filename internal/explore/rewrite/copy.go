package rewrite

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A Copy is a lab's exploring tests, built with its files rewritten.
type Copy struct {
	Program string // the test program
	Sources string // the folder with the files as the student wrote them
}

// pattern is how the files with exploring tests are called.
const pattern = "*orders_test.go"

// Exists reports whether a folder has exploring tests.
func Exists(dir string) bool {
	found, _ := filepath.Glob(filepath.Join(dir, pattern))
	return len(found) > 0
}

// Build makes the copy of the lab in the folder dir, in the folder to. It rewrites the files
// with exploring tests and those of the student's that they use; no other file of the lab is
// in the copy. Where GOFLAGS names an overlay, its files count.
func Build(ctx context.Context, dir, to string) (*Copy, error) {
	replaced := Overlay()
	l := &lab{dir: dir, fset: token.NewFileSet(), texts: map[string][]byte{}}
	if err := l.read(replaced); err != nil {
		return nil, err
	}
	needed := l.needed()
	if err := l.trimImports(needed, to, replaced); err != nil {
		return nil, err
	}
	for _, f := range needed {
		name := filepath.Base(f.tokens.Name())
		if err := os.WriteFile(filepath.Join(to, name), f.text, 0o666); err != nil {
			return nil, err
		}
		text, err := f.rewrite()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		copied := filepath.Join(to, "rewritten_"+strings.TrimSuffix(name, ".go")+".txt")
		if err := os.WriteFile(copied, text, 0o666); err != nil {
			return nil, err
		}
		replaced[f.tokens.Name()] = copied
		delete(l.texts, f.tokens.Name())
	}
	for other := range l.texts {
		replaced[other] = "" // it is not there
	}
	return build(ctx, dir, to, replaced)
}

// build builds the copy.
func build(ctx context.Context, dir, to string, replaced map[string]string) (*Copy, error) {
	text, err := json.Marshal(map[string]map[string]string{"Replace": replaced})
	if err != nil {
		return nil, err
	}
	file := filepath.Join(to, "overlay.json")
	if err := os.WriteFile(file, text, 0o666); err != nil {
		return nil, err
	}
	c := &Copy{Program: filepath.Join(to, "explores.exe"), Sources: to}
	cmd := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-race=false", "-ldflags=-s -w", "-overlay="+file, "-o", c.Program, ".")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, errors.New(firstLine(string(out), err.Error()))
	}
	return c, nil
}

// firstLine is the first line of a compiler's text that says something.
func firstLine(text, otherwise string) string {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			return line
		}
	}
	return otherwise
}

var overlayFlag = regexp.MustCompile(`-overlay=([^'"]+?)(?:['"]|\s|$)`)

// Overlay returns what an overlay in GOFLAGS replaces: the file that is built in the place
// of another.
func Overlay() map[string]string {
	var o struct{ Replace map[string]string }
	if flag := overlayFlag.FindStringSubmatch(os.Getenv("GOFLAGS")); flag != nil {
		if text, err := os.ReadFile(flag[1]); err == nil {
			json.Unmarshal(text, &o)
		}
	}
	if o.Replace == nil {
		o.Replace = map[string]string{}
	}
	return o.Replace
}

// A lab is the Go files of one folder.
type lab struct {
	dir   string
	fset  *token.FileSet
	texts map[string][]byte // of all files, by their paths
	files []*file           // that take part in a plain build
}

var constraint = regexp.MustCompile(`(?m)^//go:build `)

// read reads the files and finds the types in them.
func (l *lab) read(replaced map[string]string) error {
	paths, _ := filepath.Glob(filepath.Join(l.dir, "*.go"))
	for path := range replaced {
		if filepath.Dir(path) == l.dir && !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	var own, outer []*ast.File
	for i, path := range paths {
		from := path
		if other, ok := replaced[path]; ok {
			from = other
		}
		text, err := os.ReadFile(from)
		if err != nil {
			return err
		}
		l.texts[path] = text
		isTest := strings.HasSuffix(path, "_test.go")
		isExploring, _ := filepath.Match(pattern, filepath.Base(path))
		if isTest && !isExploring || constraint.Match(text) {
			continue
		}
		tree, err := parser.ParseFile(l.fset, path, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		l.files = append(l.files, &file{number: i, text: text, tree: tree, tokens: l.fset.File(tree.FileStart), isTest: isTest})
		if strings.HasSuffix(tree.Name.Name, "_test") {
			outer = append(outer, tree)
		} else {
			own = append(own, tree)
		}
	}
	importer := &shallow{packages: map[string]*types.Package{}}
	p, ownInfo := importer.check("lab", l.fset, own)
	importer.own, importer.ownPath = p, "asynclab/"+filepath.Base(l.dir)
	_, outerInfo := importer.check("lab_test", l.fset, outer)
	for _, f := range l.files {
		f.info = ownInfo
		if slices.Contains(outer, f.tree) {
			f.info = outerInfo
		}
	}
	return nil
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
