package main

import (
	"go/ast"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"slices"
	"strings"
)

// A reader knows what packages declare, from the files that the compiler has written of them.
type reader struct {
	types.Importer
	own     *types.Package // the student's, for the tests in a package of their own
	ownPath string
}

func newReader(fset *token.FileSet, packages map[string]string, ownPath string) *reader {
	open := func(path string) (io.ReadCloser, error) { return os.Open(packages[path]) }
	return &reader{Importer: importer.ForCompiler(fset, "gc", open), ownPath: ownPath}
}

// Import is types.Importer's.
func (r *reader) Import(path string) (*types.Package, error) {
	if path == r.ownPath && r.own != nil {
		return r.own, nil
	}
	return r.Importer.Import(path)
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

// check finds the types of some files. Errors do not matter: what is not known is not
// rewritten, and what does not compile is said by the compiler.
func (r *reader) check(pkgPath string, fset *token.FileSet, files []*ast.File) (*types.Package, *types.Info) {
	info := &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	config := types.Config{Importer: r, Error: func(error) {}}
	p, _ := config.Check(pkgPath, fset, files, info)
	return p, info
}
