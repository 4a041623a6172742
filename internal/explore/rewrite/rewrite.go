package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// here is the name by which the copy calls package explore.
const here = "explore_"

// A file is one that is rewritten.
type file struct {
	number int // of the file, for the places in it
	text   []byte
	tree   *ast.File
	tokens *token.File
	info   *types.Info
	isTest bool // whose own variables are no points
	edits  []edit
	shared map[types.Object]bool // local variables that several functions use
	asIs   map[ast.Expr]bool     // no value is read here
	two    map[ast.Expr]bool     // receives a value, and whether there was one
	keep   map[string]bool       // what keeps an import in use
	fail   error
}

// An edit replaces the text between two offsets.
type edit struct {
	from, to int
	text     string
}

// rewrite returns the file's new text.
func (f *file) rewrite() ([]byte, error) {
	f.asIs, f.two, f.keep = map[ast.Expr]bool{}, map[ast.Expr]bool{}, map[string]bool{}
	f.findShared()
	f.imports()
	for _, decl := range f.tree.Decls {
		if g, ok := decl.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			continue
		}
		f.walk(decl)
	}
	text := f.render(f.tree.FileStart, f.tree.FileEnd)
	for _, line := range sorted(f.keep) {
		text += "\n" + line
	}
	return []byte(text), f.fail
}

// isOuter reports whether the file is of a package of tests beside the student's.
func (f *file) isOuter() bool { return strings.HasSuffix(f.tree.Name.Name, "_test") }

// imports leads sync and sync/atomic to package explore.
func (f *file) imports() {
	if f.isOuter() {
		f.replace(f.tree.Name.Pos(), f.tree.Name.End(), "main")
	}
	f.insert(f.tree.Name.End(), `; import `+here+` "`+explorePath+`"`)
	f.keep["var _ = "+here+".Go"] = true
	for _, spec := range f.tree.Imports {
		name, _ := strconv.Unquote(spec.Path.Value)
		switch name {
		case "sync", "sync/atomic":
			short := name[strings.LastIndex(name, "/")+1:]
			if spec.Name == nil {
				f.insert(spec.Path.Pos(), short+" ")
			}
			f.replace(spec.Path.Pos(), spec.Path.End(), `"`+explorePath+`"`)
		case "C", "unsafe":
			f.fail = fmt.Errorf("it uses %s", name)
		}
	}
}

const explorePath = "asynclab/internal/explore"

func (f *file) offset(p token.Pos) int { return f.tokens.Offset(p) }

func (f *file) insert(at token.Pos, text string) { f.replace(at, at, text) }

func (f *file) replace(from, to token.Pos, text string) {
	f.edits = append(f.edits, edit{f.offset(from), f.offset(to), text})
}

// wrap puts text before and behind a node, around what is rewritten inside it.
func (f *file) wrap(n ast.Node, before, behind string, inside func()) {
	f.insert(n.Pos(), before)
	inside()
	f.insert(n.End(), behind)
}

// render returns a part of the file with its edits, and forgets these.
func (f *file) render(from, to token.Pos) string {
	begin, end := f.offset(from), f.offset(to)
	var mine, others []edit
	for _, e := range f.edits {
		if e.from >= begin && e.to <= end {
			mine = append(mine, e)
		} else {
			others = append(others, e)
		}
	}
	f.edits = others
	slices.SortStableFunc(mine, func(a, b edit) int { return a.from - b.from })
	var b strings.Builder
	at := begin
	for _, e := range mine {
		if e.from < at {
			f.fail = fmt.Errorf("line %d: two changes of one place", f.tokens.Line(f.tokens.Pos(e.from)))
			continue
		}
		b.Write(f.text[at:e.from])
		b.WriteString(e.text)
		at = e.to
	}
	b.Write(f.text[at:end])
	return b.String()
}

// source is a node's text as the student wrote it.
func (f *file) source(n ast.Node) string {
	return string(f.text[f.offset(n.Pos()):f.offset(n.End())])
}

// site is the number of a place in the code: its file and line.
func (f *file) site(n ast.Node) string {
	return strconv.Itoa(f.number*1_000_000 + f.tokens.Line(n.Pos()))
}

// call is "explore_.Name(".
func call(name string) string { return here + "." + name + "(" }

// callAt is a call whose first argument is the place of n.
func (f *file) callAt(name string, n ast.Node) string { return call(name) + f.site(n) + ", " }

// findShared finds the local variables that a function literal uses and another function
// declares: goroutines can share these.
func (f *file) findShared() {
	f.shared = map[types.Object]bool{}
	home := map[types.Object]ast.Node{}
	var stack []ast.Node
	ast.Inspect(f.tree, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		stack = append(stack, n)
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		var around ast.Node
		for _, s := range slices.Backward(stack) {
			switch s.(type) {
			case *ast.FuncLit, *ast.FuncDecl:
				around = s
			}
			if around != nil {
				break
			}
		}
		if def := f.info.Defs[id]; def != nil {
			home[def] = around
		}
		if use, ok := f.info.Uses[id].(*types.Var); ok && !use.IsField() {
			if declared, known := home[use]; known && declared != around {
				f.shared[use] = true
			}
		}
		return true
	})
}

// isVariable reports whether a use of e is a use of a variable that goroutines can share.
func (f *file) isVariable(e ast.Expr) bool {
	if f.isTest {
		return false
	}
	tv, ok := f.info.Types[e]
	if !ok || !tv.Addressable() || tv.Type == nil {
		return false
	}
	if _, isArray := tv.Type.Underlying().(*types.Array); isArray {
		return false
	}
	if strings.Contains(tv.Type.String(), "invalid type") {
		return false
	}
	switch e := e.(type) {
	case *ast.SelectorExpr:
		s := f.info.Selections[e]
		return s != nil && s.Kind() == types.FieldVal || s == nil && f.isPackageVariable(e.Sel)
	case *ast.StarExpr:
		return true
	case *ast.IndexExpr:
		switch f.typeOf(e.X).(type) {
		case *types.Slice, *types.Array, *types.Pointer:
			return true
		}
		return false
	case *ast.Ident:
		return f.shared[f.info.Uses[e]] || f.isPackageVariable(e)
	}
	return false
}

func (f *file) isPackageVariable(id *ast.Ident) bool {
	v, ok := f.info.Uses[id].(*types.Var)
	return ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope()
}

// typeOf returns the underlying type: nil where it is not known.
func (f *file) typeOf(e ast.Expr) types.Type {
	t := f.info.TypeOf(e)
	if t == nil {
		return nil
	}
	if p, ok := types.Unalias(t).(*types.TypeParam); ok {
		return coreOf(p)
	}
	return t.Underlying()
}

// coreOf is the one underlying type of a type parameter's type set, if it has one.
func coreOf(p *types.TypeParam) types.Type {
	i, _ := p.Constraint().Underlying().(*types.Interface)
	if i == nil || i.NumEmbeddeds() != 1 {
		return nil
	}
	if inner, ok := i.EmbeddedType(0).Underlying().(*types.Interface); ok && inner.NumEmbeddeds() == 1 {
		i = inner
	}
	u, _ := i.EmbeddedType(0).(*types.Union)
	if u == nil || u.Len() != 1 {
		return nil
	}
	return u.Term(0).Type().Underlying()
}

// isBuiltin reports whether e names this predeclared function.
func (f *file) isBuiltin(e ast.Expr, name string) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok || id.Name != name {
		return false
	}
	_, ok = f.info.Uses[id].(*types.Builtin)
	return ok
}

// imported returns the path of the package whose name is e, and the name behind it.
func (f *file) imported(e ast.Expr) (pkgPath, name string) {
	sel, ok := e.(*ast.SelectorExpr)
	if !ok {
		return "", ""
	}
	id, ok := sel.X.(*ast.Ident)
	if !ok {
		return "", ""
	}
	if p, ok := f.info.Uses[id].(*types.PkgName); ok {
		return p.Imported().Path(), sel.Sel.Name
	}
	return "", ""
}

func sorted(set map[string]bool) (all []string) {
	for s := range set {
		all = append(all, s)
	}
	slices.Sort(all)
	return all
}
