package proof

import (
	"bytes"
	"go/ast"
	"go/doc"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"asynclab/internal/judge"
)

// checkFiles compares starter and solution as texts.
func (l lab) checkFiles(t *testing.T) {
	for _, file := range slices.Concat(l.Yours, l.Given) {
		line, err := judge.FirstLine(filepath.Join(l.Folder, file))
		require.NoError(t, err)
		require.Regexp(t, "^// (Yours to edit|Given):", line, "the first line of %s must say whose it is", file)
	}
	for _, file := range l.Yours {
		t.Run(filepath.ToSlash(file), func(t *testing.T) {
			starter, solution := parse(t, filepath.Join(l.Folder, file)), parse(t, filepath.Join(l.Solution, file))
			require.Equal(t, exported(solution), exported(starter), "exported names, signatures and doc comments of starter and solution must agree")
			require.True(t, starter.hasTODO(), "a file for the student has something to do")
			require.False(t, solution.hasTODO(), "a solution has nothing left to do")
			for name, piece := range starter.pieces() {
				if other, ok := solution.pieces()[name]; !ok {
					t.Errorf("%s stands in the starter and not in the solution", name)
				} else if piece != other && !strings.Contains(piece, "TODO") {
					t.Errorf("%s differs between starter and solution, and has no TODO", name)
				}
			}
		})
	}
	for _, file := range l.Given {
		if strings.HasSuffix(file, "_test.go") {
			t.Run(filepath.ToSlash(file), func(t *testing.T) { checkTests(t, parse(t, filepath.Join(l.Folder, file))) })
			continue
		}
		t.Run(filepath.ToSlash(file), func(t *testing.T) {
			starter, solution := parse(t, filepath.Join(l.Folder, file)), parse(t, filepath.Join(l.Solution, file))
			require.Equal(t, strings.ReplaceAll(solution.text, `"asynclab/solutions/`, `"asynclab/`),
				strings.ReplaceAll(starter.text, `"asynclab/solutions/`, `"asynclab/`), "a given file is the same in both places")
		})
	}
}

// checkTests requires of a file of tests that each runs in a bubble or in every order, and that none
// sleeps in real time.
func checkTests(t *testing.T, f source) {
	runs := regexp.MustCompile(`\b(bubble\.Run|bubble\.RunReal|explore\.Run|run)\(`)
	for name, piece := range f.pieces() {
		if strings.HasPrefix(name, "Test") && name != "TestMain" {
			require.Regexp(t, runs, piece, "%s must run in a bubble or in every order", name)
		}
		if strings.Contains(f.text, "bubble.RunReal(") {
			require.NotRegexp(t, `\btime\.(Sleep|After|Tick|NewTimer|NewTicker)\(`, piece, "%s would sleep in real time", name)
		}
	}
}

// A source is a Go file as text and as a tree.
type source struct {
	text  string
	files *token.FileSet
	tree  *ast.File
}

func parse(t *testing.T, path string) source {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	s := source{text: strings.ReplaceAll(string(text), "\r\n", "\n"), files: token.NewFileSet()}
	s.tree, err = parser.ParseFile(s.files, path, s.text, parser.ParseComments)
	require.NoError(t, err)
	return s
}

// hasTODO looks below the first line, which only says which TODOs there are.
func (s source) hasTODO() bool {
	_, rest, _ := strings.Cut(s.text, "\n")
	return strings.Contains(rest, "TODO")
}

// pieces returns the text of each declaration but the imports, by its name.
func (s source) pieces() map[string]string {
	all := map[string]string{}
	add := func(name string, node ast.Node) {
		all[name] = s.text[s.files.Position(node.Pos()).Offset:s.files.Position(node.End()).Offset]
	}
	for _, decl := range s.tree.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			name := d.Name.Name
			if d.Recv != nil {
				name = ast.Unparen(deref(d.Recv.List[0].Type)).(*ast.Ident).Name + "." + name
			}
			add(name, d)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					add(spec.Name.Name, spec)
				case *ast.ValueSpec:
					add(spec.Names[0].Name, spec)
				}
			}
		}
	}
	return all
}

func deref(e ast.Expr) ast.Expr {
	if star, ok := e.(*ast.StarExpr); ok {
		return star.X
	}
	return e
}

// exported is what `go doc -all` shows of a file: sorted, a string for each name.
func exported(s source) []string {
	// A tree of its own: doc strips it of what it does not show.
	s.files = token.NewFileSet()
	s.tree, _ = parser.ParseFile(s.files, "", s.text, parser.ParseComments)
	p, err := doc.NewFromFiles(s.files, []*ast.File{s.tree}, "p")
	if err != nil {
		return []string{err.Error()}
	}
	all := map[string]bool{"package: " + p.Doc: true}
	add := func(text string, decl ast.Decl) {
		var b bytes.Buffer
		format.Node(&b, s.files, decl)
		all[b.String()+"\n"+text] = true
	}
	values := func(vs []*doc.Value) {
		for _, v := range vs {
			add(v.Doc, v.Decl)
		}
	}
	funcs := func(fs []*doc.Func) {
		for _, f := range fs {
			add(f.Doc, f.Decl)
		}
	}
	values(p.Consts)
	values(p.Vars)
	funcs(p.Funcs)
	for _, typ := range p.Types {
		all[typ.Name+"\n"+typ.Doc] = true // its fields are the student's business, unless exported
		for _, field := range exportedFields(typ.Decl) {
			all[typ.Name+"."+field] = true
		}
		values(typ.Consts)
		values(typ.Vars)
		funcs(typ.Funcs)
		funcs(typ.Methods)
	}
	return slices.Sorted(maps.Keys(all))
}

func exportedFields(decl *ast.GenDecl) (names []string) {
	ast.Inspect(decl, func(n ast.Node) bool {
		if field, ok := n.(*ast.Field); ok {
			for _, name := range field.Names {
				if name.IsExported() {
					names = append(names, name.Name+": "+field.Doc.Text()+field.Comment.Text())
				}
			}
		}
		return true
	})
	return names
}
