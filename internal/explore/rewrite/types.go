package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// A shallow importer knows what a few packages declare, from their sources: those whose
// types tell what to rewrite. All others are empty to it, and bodies do not matter.
type shallow struct {
	own      *types.Package // the student's, for the tests in a package of their own
	ownPath  string
	packages map[string]*types.Package
}

// known are the packages that have channels and maps, take or give them, or hold variables
// that goroutines can share.
var known = []string{"cmp", "container/list", "container/ring", "context", "iter", "maps", "slices", "sync", "sync/atomic", "time"}

func (s *shallow) Import(name string) (*types.Package, error) {
	if name == s.ownPath && s.own != nil {
		return s.own, nil
	}
	if name == "unsafe" {
		return types.Unsafe, nil
	}
	if p := s.packages[name]; p != nil {
		return p, nil
	}
	if !slices.Contains(known, name) {
		p := empty(name)
		for _, class := range mutable {
			if class.path == name {
				opaque := types.NewTypeName(token.NoPos, p, class.name, nil)
				types.NewNamed(opaque, types.NewStruct(nil, nil), nil)
				p.Scope().Insert(opaque)
			}
		}
		s.packages[name] = p
		return p, nil
	}
	dir := filepath.Join(root(), "src", filepath.FromSlash(name))
	found, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	fset := token.NewFileSet()
	var files []*ast.File
	for _, file := range found {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		if f, _ := parser.ParseFile(fset, file, nil, parser.SkipObjectResolution); f != nil {
			files = append(files, f)
		}
	}
	if len(files) == 0 {
		return empty(name), nil
	}
	config := types.Config{Importer: s, Error: func(error) {}, IgnoreFuncBodies: true, FakeImportC: true}
	p, _ := config.Check(name, fset, files, nil) // the files for other systems make errors
	s.packages[name] = p
	return p, nil
}

// mutable are types of other packages whose methods change a value that goroutines can share,
// but for those that only read it.
var mutable = []struct{ path, name, reads string }{
	{"strings", "Builder", "Cap Len String"},
	{"bytes", "Buffer", "Available AvailableBuffer Bytes Cap Len String"},
	{"container/list", "List", "Back Front Len"},
}

// changes reports whether t is such a type, or a pointer to one, and whether this method of
// it changes the value.
func changes(t types.Type, method string) (is, writes bool) {
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false, false
	}
	for _, class := range mutable {
		if class.path == named.Obj().Pkg().Path() && class.name == named.Obj().Name() {
			return true, !slices.Contains(strings.Fields(class.reads), method)
		}
	}
	return false, false
}

func empty(name string) *types.Package {
	p := types.NewPackage(name, path.Base(name))
	p.MarkComplete()
	return p
}

// root is where Go stands.
func root() string {
	if dir := os.Getenv("GOROOT"); dir != "" {
		return dir
	}
	return runtime.GOROOT() //lint:ignore SA1019 go test sets GOROOT; this is for everything else
}

// check finds the types of some files. Errors do not matter: what is not known is not
// rewritten, and what does not compile is said by the compiler.
func (s *shallow) check(pkgPath string, fset *token.FileSet, files []*ast.File) (*types.Package, *types.Info) {
	info := &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	config := types.Config{Importer: s, Error: func(error) {}}
	p, _ := config.Check(pkgPath, fset, files, info)
	return p, info
}
