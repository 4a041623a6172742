package judge

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A Lab is a lab's folder and its solution's.
type Lab struct {
	Name     string   // lab3_chat
	Folder   string   // .../lab3_chat
	Solution string   // .../solutions/lab3_chat
	Yours    []string // the Go files that are a student's to edit, from Folder
	Given    []string // all others, tests among them
}

// Root returns the top folder of the module in which the working directory is.
func Root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("no folder above this one has a go.mod")
		}
	}
}

// Labs finds all labs below root, in the order of their names.
func Labs(root string) (all []*Lab, err error) {
	folders, _ := filepath.Glob(filepath.Join(root, "lab[0-9]*"))
	for _, folder := range folders {
		l, err := Find(root, filepath.Base(folder))
		if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, nil
}

// Find finds the lab called name below root and sorts its files by their first lines. A file
// without such a line is a student's too: added by one, or written anew. No test is.
func Find(root, name string) (*Lab, error) {
	l := &Lab{Name: name, Folder: filepath.Join(root, name), Solution: filepath.Join(root, "solutions", name)}
	for _, pattern := range []string{"*.go", "*/*.go"} {
		files, _ := filepath.Glob(filepath.Join(l.Folder, pattern))
		for _, file := range files {
			if Ignored(file) {
				continue
			}
			relative, _ := filepath.Rel(l.Folder, file)
			line, err := FirstLine(file)
			switch {
			case err != nil:
				return nil, err
			case strings.HasPrefix(line, "// Given:"), strings.HasSuffix(file, "_test.go"):
				l.Given = append(l.Given, relative)
			default:
				l.Yours = append(l.Yours, relative)
			}
		}
	}
	if len(l.Yours) == 0 {
		return nil, fmt.Errorf("%s has no file for the student", name)
	}
	return l, nil
}

// Files returns the files that are a student's to edit, with slashes; the stretch ones only
// if they count.
func (l *Lab) Files(stretch bool) (files []string) {
	for _, file := range l.Yours {
		if stretch || filepath.Base(file) != "stretch.go" {
			files = append(files, filepath.ToSlash(file))
		}
	}
	return files
}

// Sources returns the paths of all Go files of the lab, and of the solution's in the place
// of the student's.
func (l *Lab) Sources() (files []string) {
	for _, file := range slices.Concat(l.Yours, l.Given) {
		files = append(files, filepath.Join(l.Folder, file))
	}
	for _, file := range l.Yours {
		files = append(files, filepath.Join(l.Solution, file))
	}
	return files
}

// Reference is the overlay that puts the solution in the place of the starter.
func (l *Lab) Reference() Overlay {
	files := Overlay{}
	for _, file := range l.Yours {
		files[filepath.Join(l.Folder, file)] = filepath.Join(l.Solution, file)
	}
	return files
}

// Ignored reports whether the go command passes over a file by its name: an editor's own,
// perhaps.
func Ignored(file string) bool {
	name := filepath.Base(file)
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
}

// FirstLine returns the first line of a file, without the blanks around it.
func FirstLine(file string) (string, error) {
	text, err := os.ReadFile(file)
	line, _, _ := strings.Cut(string(text), "\n")
	return strings.TrimSpace(line), err
}
