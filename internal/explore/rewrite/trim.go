package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const module = "asynclab/"

// trimImports takes out of the packages in solutions that the files import what they do not
// use, if they use nothing but types: what is not there need not be linked. So the copy of
// lab 5, which fills in a field of the finished server, needs neither net/http nor gorilla.
func (l *lab) trimImports(files []*file, b *builder) error {
	used := map[string]map[string]bool{}
	for _, f := range files {
		ast.Inspect(f.tree, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				if pkg, name := f.imported(e); strings.HasPrefix(pkg, module+"solutions/") {
					if used[pkg] == nil {
						used[pkg] = map[string]bool{}
					}
					used[pkg][name] = true
				}
			}
			return true
		})
	}
	for pkg, names := range used {
		dir := filepath.Join(filepath.Dir(l.dir), strings.TrimPrefix(pkg, module))
		if text, ok := trimmed(dir, names); ok {
			file, err := b.write("trimmed_"+filepath.Base(dir)+".go", text)
			if err != nil {
				return err
			}
			if err := b.compile(pkg, file); err != nil {
				return err
			}
		}
	}
	return nil
}

// trimmed returns a package that has nothing but these types, and the types in them.
func trimmed(dir string, names map[string]bool) (text string, ok bool) {
	paths, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	fset := token.NewFileSet()
	types, imports, packageName := map[string]string{}, map[string]string{}, ""
	uses := map[string][]string{} // the identifiers in a type
	for _, path := range paths {
		source, err := os.ReadFile(path)
		tree, parseErr := parser.ParseFile(fset, path, source, parser.SkipObjectResolution)
		if err != nil || parseErr != nil {
			return "", false
		}
		if strings.HasSuffix(path, "_test.go") || isLeftOut(source) {
			continue
		}
		packageName = tree.Name.Name
		for _, spec := range tree.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			imports[filepath.Base(name)] = spec.Path.Value
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			spec, isType := n.(*ast.TypeSpec)
			if !isType {
				return true
			}
			types[spec.Name.Name] = string(source[fset.Position(spec.Pos()).Offset:fset.Position(spec.End()).Offset])
			ast.Inspect(spec.Type, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					uses[spec.Name.Name] = append(uses[spec.Name.Name], id.Name)
				}
				return true
			})
			return false
		})
	}
	needed, all := map[string]bool{}, slices.Sorted(maps.Keys(names))
	var b, head strings.Builder
	for i := 0; i < len(all); i++ {
		name := all[i]
		switch declaration, isType := types[name]; {
		case names[name] && !isType:
			return "", false // a function, or a constant
		case needed[name]:
		case isType:
			fmt.Fprintf(&b, "type %s\n", declaration)
			all = append(all, uses[name]...)
		case imports[name] != "":
			fmt.Fprintf(&head, "import %s\n", imports[name])
		}
		needed[name] = true
	}
	return "package " + packageName + "\n" + head.String() + b.String(), true
}
