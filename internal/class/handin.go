package class

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"asynclab/internal/judge"
)

// A handin is what one student has handed in for one lab: the files that are a student's to
// edit, those that the student has added to them, and nothing else.
type handin struct {
	student     string
	lab         *judge.Lab
	files       map[string][]byte // by their paths from the lab's folder, with slashes
	added       []string          // those of them that the kit does not know
	odd         []string
	untouched   bool // as they were handed out
	explanation string
}

// Limits of what is read. A file for a student has a few hundred lines.
const (
	mostOfAFile = 1 << 20
	mostEntries = 20_000
)

// A folder is a student's folder: its files, by their paths with slashes, shortest first.
type folder struct {
	path  string
	paths []string
	info  map[string]fs.FileInfo
	odd   []string
}

// openFolder lists a student's folder. It follows no link, and leaves out what is no
// student's work: hidden folders, and the kit's own solutions.
func openFolder(dir string) folder {
	f := folder{path: dir, info: map[string]fs.FileInfo{}}
	err := filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			f.odd = append(f.odd, "cannot be read: "+err.Error())
			return fs.SkipDir
		}
		if file != dir && d.IsDir() && (strings.HasPrefix(d.Name(), ".") || slices.Contains([]string{"solutions", "internal", "testdata", "node_modules"}, d.Name())) {
			return fs.SkipDir
		}
		if len(f.paths) >= mostEntries {
			f.odd = append(f.odd, fmt.Sprintf("more than %d files: the rest is not looked at", mostEntries))
			return fs.SkipAll
		}
		info, err := d.Info()
		if err != nil || d.IsDir() {
			return nil
		}
		relative, _ := filepath.Rel(dir, file)
		relative = filepath.ToSlash(relative)
		f.paths = append(f.paths, relative)
		f.info[relative] = info
		return nil
	})
	if err != nil {
		f.odd = append(f.odd, "cannot be read: "+err.Error())
	}
	slices.SortStableFunc(f.paths, func(a, b string) int {
		if n := strings.Count(a, "/") - strings.Count(b, "/"); n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	return f
}

// namesOf returns the names of the labs' files, without their folders.
func namesOf(labs []*judge.Lab) map[string]bool {
	names := map[string]bool{}
	for _, l := range labs {
		for _, file := range slices.Concat(l.Files(true), l.Given) {
			names[path.Base(file)] = true
		}
	}
	return names
}

// strays returns files that may be meant for a lab, by a name that no lab has: executor (1).go,
// hub.go.txt, an archive. Of many, it returns the first three.
func (f folder) strays(labs []*judge.Lab) []string {
	known := namesOf(labs)
	var strays []string
	for _, p := range f.paths {
		name := path.Base(p)
		if !known[name] && !judge.Ignored(name) && (strings.Contains(name, ".go") || isArchive(name)) {
			strays = append(strays, p)
		}
	}
	return first(strays, 3)
}

// read reads a file, if it is one and not too long. why says why not.
func (f folder) read(file string) (text []byte, why string) {
	info := f.info[file]
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, "is a symbolic link"
	case !info.Mode().IsRegular():
		return nil, "is no file"
	case info.Size() > mostOfAFile:
		return nil, fmt.Sprintf("has %d MB, more than the 1 MB that is read", (info.Size()+mostOfAFile-1)/mostOfAFile)
	}
	text, err := os.ReadFile(filepath.Join(f.path, filepath.FromSlash(file)))
	if err != nil {
		return nil, "cannot be read"
	}
	return text, ""
}

// places returns where the lab's file stands in the folder: in a folder with the lab's name,
// or, for one who handed in just the files, in none with the name of a lab. The first one counts.
func (f folder) places(lab *judge.Lab, file string, all []*judge.Lab) (places []string) {
	for _, place := range f.paths {
		if before, ok := strings.CutSuffix("/"+place, "/"+lab.Name+"/"+file); ok && !inALab(before, all) {
			places = append(places, place)
		}
	}
	if places != nil {
		return places
	}
	for _, place := range f.paths {
		if before, ok := strings.CutSuffix("/"+place, "/"+file); ok && !inALab(before, all) && f.belongs(place, lab, file, all) {
			places = append(places, place)
		}
	}
	return places
}

func inALab(dir string, all []*judge.Lab) bool {
	parts := strings.Split(dir, "/")
	return slices.ContainsFunc(all, func(l *judge.Lab) bool { return slices.Contains(parts, l.Name) })
}

// belongs reports whether a file that stands by itself is meant for this lab: several labs
// have an executor.go or a server.go. It is the one whose starter and solution have most lines in common with it.
func (f folder) belongs(place string, lab *judge.Lab, file string, all []*judge.Lab) bool {
	text, _ := f.read(place)
	best, most := lab, -1
	for _, l := range all {
		name := filepath.FromSlash(file)
		if common := linesInCommon(text, filepath.Join(l.Folder, name), filepath.Join(l.Solution, name)); common > most {
			best, most = l, common
		}
	}
	return best == lab
}

// linesInCommon counts the lines of a text that stand in one of the files too; -1 if there
// is no such file.
func linesInCommon(text []byte, files ...string) int {
	there := map[string]bool{}
	for _, file := range files {
		other, _ := os.ReadFile(file)
		for line := range strings.Lines(string(other)) {
			there[strings.TrimSpace(line)] = true
		}
	}
	if len(there) == 0 {
		return -1
	}
	n := 0
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); len(line) > 3 && there[line] {
			n++
		}
	}
	return n
}

// collect takes the files for a lab out of a student's folder. all are the labs among which
// a file that stands by itself may belong. Without any file there is no handin.
func (f folder) collect(student string, lab *judge.Lab, all []*judge.Lab, stretch bool) *handin {
	h := &handin{student: student, lab: lab, files: map[string][]byte{}}
	var missing []string
	base := ""
	for _, file := range lab.Files(stretch) {
		places := f.places(lab, file, all)
		if places == nil {
			missing = append(missing, file)
			continue
		}
		place := places[0]
		base = strings.TrimSuffix(strings.TrimSuffix(place, file), "/")
		text, why := f.read(place)
		if why != "" {
			h.odd = append(h.odd, fmt.Sprintf("%s %s: the starter's is judged in its place", file, why))
			continue
		}
		h.files[file] = text
		for _, other := range places[1:] {
			if more, _ := f.read(other); !bytes.Equal(more, text) {
				h.odd = append(h.odd, fmt.Sprintf("there are two: %s is judged, %s is another version", place, other))
				break
			}
		}
	}
	if len(h.files)+len(h.odd) == 0 {
		return nil
	}
	for _, file := range missing {
		h.odd = append(h.odd, file+" is missing: the starter's is judged in its place")
	}
	h.takeAdded(f, base, all)
	if h.untouched = h.isStarter(); h.untouched {
		h.odd = append(h.odd, "as it was handed out")
	}
	h.odd = append(h.odd, h.notTaken(f, base)...)
	h.odd = append(h.odd, f.odd...)
	for _, name := range []string{"EXPLANATION.md", "EXPLANATION.id.md"} {
		if text, why := f.readIfThere(path.Join(base, name)); why == "" && h.explanation == "" {
			h.explanation = written(string(text), filepath.Join(lab.Folder, name))
		}
	}
	return h
}

// takeAdded takes the files that the student has added beside the lab's, since these may need
// them: those of the same package that no lab knows.
func (h *handin) takeAdded(f folder, base string, all []*judge.Lab) {
	known, ours := namesOf(all), namesOf([]*judge.Lab{h.lab})
	packages := map[string]bool{}
	for _, text := range h.files {
		packages[packageOf(text)] = true
	}
	for _, place := range f.paths {
		name := path.Base(place)
		if path.Dir(place) != path.Join(base, ".") || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") || judge.Ignored(name) || known[name] || ours[name] {
			continue
		}
		if text, why := f.read(place); why == "" && (path.Base(base) == h.lab.Name || packages[packageOf(text)]) {
			h.files[name] = text
			h.added = append(h.added, name)
		}
	}
}

// packageOf is the name after "package", as long as only comments stand before it.
func packageOf(text []byte) string {
	file, err := parser.ParseFile(token.NewFileSet(), "", text, parser.PackageClauseOnly)
	if err != nil {
		return ""
	}
	return file.Name.Name
}

// withoutAdded is what is left without the files that the kit does not know.
func (h *handin) withoutAdded() *handin {
	less := *h
	less.files, less.added = maps.Clone(h.files), nil
	for _, name := range h.added {
		delete(less.files, name)
	}
	return &less
}

// written is what a student has written into the kit's page for it: that, and the questions.
// It is "" if that is nothing.
func written(text, page string) string {
	given := map[string]bool{}
	empty, _ := os.ReadFile(page)
	for line := range strings.Lines(string(empty)) {
		given[strings.TrimSpace(line)] = true
	}
	var b strings.Builder
	own, blank := false, true
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		isOwn := !given[line] && line != ""
		own = own || isOwn
		if isOwn || strings.HasPrefix(line, ">") || line == "" && !blank {
			b.WriteString(line + "\n")
			blank = line == ""
		}
	}
	if !own {
		return ""
	}
	return strings.TrimSpace(b.String())
}

// isStarter reports whether every file is the starter's.
func (h *handin) isStarter() bool {
	for file, text := range h.files {
		if !sameText(text, filepath.Join(h.lab.Folder, filepath.FromSlash(file))) {
			return false
		}
	}
	return len(h.files) > 0
}

func sameText(text []byte, file string) bool {
	other, err := os.ReadFile(file)
	plain := func(b []byte) string { return strings.ReplaceAll(string(b), "\r\n", "\n") }
	return err == nil && plain(text) == plain(other)
}

// notTaken names the files of Go beside those taken that differ from the kit's: tests, given
// files. Nobody is judged by them.
func (h *handin) notTaken(f folder, base string) []string {
	var names []string
	for _, place := range f.paths {
		name, ok := strings.CutPrefix(place, base)
		name = strings.TrimPrefix(name, "/")
		if base == "" {
			ok = true
		}
		if !ok || path.Ext(name) != ".go" && path.Base(name) != "go.mod" || strings.Count(name, "/") > 1 || judge.Ignored(name) || h.files[name] != nil || slices.Contains(h.lab.Files(true), name) {
			continue
		}
		if base == "" && strings.HasPrefix(name, "lab") && strings.Contains(name, "/") {
			continue // another lab
		}
		if text, why := f.read(place); why != "" || !sameText(text, filepath.Join(h.lab.Folder, filepath.FromSlash(name))) {
			names = append(names, name)
		}
	}
	if base != "" {
		if text, why := f.readIfThere(path.Join(path.Dir(base), "go.mod")); why == "" && !sameText(text, filepath.Join(filepath.Dir(h.lab.Folder), "go.mod")) {
			names = append(names, "go.mod")
		}
	}
	var ours, unknown, said []string
	for _, name := range names {
		if _, err := os.Stat(filepath.Join(h.lab.Folder, filepath.FromSlash(name))); err == nil || name == "go.mod" {
			ours = append(ours, name)
		} else {
			unknown = append(unknown, name)
		}
	}
	if ours != nil {
		said = append(said, "not taken, the kit's own counts: "+strings.Join(first(ours, 3), ", "))
	}
	if unknown != nil {
		said = append(said, "not taken: "+strings.Join(first(unknown, 3), ", "))
	}
	return said
}

// readIfThere is read for a file that may be missing.
func (f folder) readIfThere(file string) ([]byte, string) {
	if f.info[file] == nil {
		return nil, "is missing"
	}
	return f.read(file)
}

// key is the same for two handins that must be judged alike.
func (h *handin) key() string {
	var b bytes.Buffer
	for _, file := range slices.Sorted(maps.Keys(h.files)) {
		fmt.Fprintf(&b, "%s %d\n%s", file, len(h.files[file]), h.files[file])
	}
	return fmt.Sprintf("%s %x", h.lab.Name, sha256.Sum256(b.Bytes()))
}
