package judge

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
)

// A Test is one of a lab's tests.
type Test struct {
	Name string
	Part string // "part1" if it stands in a file like part1_hub_test.go; "" if the lab has no parts
	Says string // its comment: the behaviour that it wants
}

var inPart = regexp.MustCompile(`^part\d+`)

// Tests lists the lab's tests in the order in which they run.
func (l *Lab) Tests(stretch bool) (all []Test, err error) {
	context := build.Default
	if stretch {
		context.BuildTags = []string{"stretch"}
	}
	p, err := context.ImportDir(l.Folder, 0)
	if err != nil {
		return nil, err
	}
	for _, file := range append(p.TestGoFiles, p.XTestGoFiles...) {
		tree, err := parser.ParseFile(token.NewFileSet(), filepath.Join(l.Folder, file), nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		for _, decl := range tree.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && isTest(f.Name.Name) {
				says := strings.Join(strings.Fields(f.Doc.Text()), " ")
				all = append(all, Test{Name: f.Name.Name, Part: inPart.FindString(file), Says: says})
			}
		}
	}
	return all, nil
}

func isTest(name string) bool { return strings.HasPrefix(name, "Test") && name != "TestMain" }
