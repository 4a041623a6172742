package main

import (
	"fmt"
	"go/types"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

const module = "asynclab/"

// trimImports takes out of the packages in solutions that the files import what they do not
// use, if they use nothing but types: what is not there need not be linked. So the copy of
// lab 5, which fills in a field of the finished server, needs neither net/http nor gorilla.
func (l *lab) trimImports(files []*file, b *builder) error {
	used := map[*types.Package][]string{}
	for _, f := range files {
		for id, object := range f.info.Uses {
			p := object.Pkg()
			if l.fset.File(id.Pos()) == f.tokens && p != nil && object.Parent() == p.Scope() && strings.HasPrefix(p.Path(), module+"solutions/") {
				used[p] = append(used[p], object.Name())
			}
		}
	}
	for p, names := range used {
		if text, ok := trimmed(p, names); ok {
			file, err := b.write("trimmed_"+filepath.Base(p.Path())+".go", text)
			if err != nil {
				return err
			}
			if err := b.compile(p.Path(), file); err != nil {
				return err
			}
		}
	}
	return nil
}

// trimmed returns a package that has nothing but these types, and the types in them.
func trimmed(p *types.Package, names []string) (text string, ok bool) {
	all, imports := map[string]string{}, map[string]bool{}
	for i := 0; i < len(names); i++ {
		name := names[i]
		t, isType := p.Scope().Lookup(name).(*types.TypeName)
		switch {
		case all[name] != "":
			continue
		case !isType:
			return "", false // a function, or a constant
		}
		all[name] = fmt.Sprintf("type %s %s\n", name, types.TypeString(t.Type().Underlying(), func(other *types.Package) string {
			if other == p {
				return ""
			}
			imports[fmt.Sprintf("import %s %q\n", other.Name(), other.Path())] = true
			return other.Name()
		}))
		for _, other := range p.Scope().Names() {
			_, isType := p.Scope().Lookup(other).(*types.TypeName)
			if isType && regexp.MustCompile(`\b`+other+`\b`).MatchString(all[name]) {
				names = append(names, other)
			}
		}
	}
	text = "package " + p.Name() + "\n"
	for _, set := range [][]string{slices.Sorted(maps.Keys(imports)), slices.Sorted(maps.Values(all))} {
		text += strings.Join(set, "")
	}
	return text, true
}
