package explore

import (
	"cmp"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// A row is one step of a goroutine.
type row struct {
	g       *goroutine
	kind    string    // of the step: "chan send"; "": none
	calls   []uintptr // when somebody will look closely
	line    int       // if it is not that of the call
	minor   bool      // it may be left out
	cell    *cell     // the variable that it uses without a point: told if several goroutines do
	starter string    // of a goroutine without a name: the function that has started it
	said    string    // what it notes
}

// ofTheTest is the kind of a step that the test's body takes by itself: its own line tells more
// than the student's.
const ofTheTest = "test"

// newRow is the step that the code is about to take that has called this package.
func newRow(g *goroutine, kind string) row {
	r := row{g: g, kind: kind}
	if g != nil && g.o.closely {
		r.starter = g.row.starter
		r.calls = make([]uintptr, 16)
		r.calls = r.calls[:runtime.Callers(3, r.calls)]
	}
	return r
}

// mention adds a row for a step that is no point.
func mention(kind string) {
	if o := now; o != nil && o.exploring {
		r := newRow(o.current, kind)
		r.minor = true
		o.rows = append(o.rows, r)
	}
}

// where returns the innermost call outside of this package: the student's line, or the test's.
func (r row) where() (f runtime.Frame) {
	frames := runtime.CallersFrames(r.calls)
	for {
		f, more := frames.Next()
		ours := strings.HasSuffix(path.Dir(f.File), "/internal/explore") || strings.HasPrefix(f.Function, "runtime.") || strings.HasPrefix(f.Function, "reflect.")
		if f.File != "" && !ours && (r.kind != ofTheTest || strings.HasSuffix(f.File, "_test.go")) {
			if r.line != 0 {
				f.Line = r.line
			}
			return f
		}
		if !more {
			return runtime.Frame{}
		}
	}
}

// unwinds reports whether a deferred function takes the step, on the way out of a panic.
func (r row) unwinds() bool {
	frames := runtime.CallersFrames(r.calls)
	for {
		f, more := frames.Next()
		if f.Function == "runtime.gopanic" || !more {
			return f.Function == "runtime.gopanic"
		}
	}
}

// place is what a student calls the line: hub.go:12.
func (r row) place() string {
	f := r.where()
	if f.File == "" {
		return ""
	}
	return fmt.Sprintf("%s:%d", filepath.Base(f.File), f.Line)
}

// function is the name of the function around the line, without its package.
func (r row) function() string { return short(r.where().Function) }

// starterName is the function that starts a goroutine, without its receiver.
func (r row) starterName() string {
	name := r.function()
	return name[strings.LastIndex(name, ".")+1:]
}

func short(name string) string {
	name = name[strings.LastIndex(name, "/")+1:]
	_, name, _ = strings.Cut(name, ".")
	for _, part := range []string{".func", "-range", ".gowrap", "[...]"} {
		if i := strings.Index(name, part); i > 0 {
			name = name[:i]
		}
	}
	return name
}

// SourcesDir is the environment variable that names the folder with the files as the
// student wrote them.
const SourcesDir = "ASYNCLAB_ORDERS_SOURCES"

var sources = map[string][]string{}

// text is what stands on the line.
func (r row) text() string {
	f := r.where()
	name := filepath.Base(f.File)
	lines, ok := sources[name]
	if !ok {
		data, _ := os.ReadFile(filepath.Join(os.Getenv(SourcesDir), name))
		lines = strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
		sources[name] = lines
	}
	if f.Line < 1 || f.Line > len(lines) {
		return ""
	}
	if r.said != "" {
		return fmt.Sprintf("x.Note(%q)", r.said)
	}
	text := strings.TrimSpace(lines[f.Line-1])
	if i := strings.LastIndex(text, " //"); i > 0 && !strings.ContainsAny(text[i:], "\"`") {
		text = strings.TrimSpace(text[:i])
	}
	switch before, body, ok := strings.Cut(text, " { "); { // a function on one line
	case ok && strings.HasPrefix(text, "func "):
		text = strings.TrimSuffix(body, " }")
	case ok && strings.HasSuffix(before, "func()") && strings.HasSuffix(f.File, "_test.go"):
		text = strings.TrimSuffix(body, " })")
	}
	return text
}

// Sizes of a table.
const (
	mostRows  = 12
	fit       = 14 // on a screen, if there is no way to show less
	mostWidth = 96 // of all columns
)

// A line of the table: one goroutine's.
type line struct {
	g     *goroutine
	place string
	text  string
	note  string // "": none; else the text, and what it does there
	kind  string
	minor bool
	times int // that it comes again at once
}

// again reports whether l does the same at the same place once more, with others.
func (l line) again(next line) bool {
	return l.kind == next.kind && (l.kind == "chan send" || l.kind == "chan receive" || l.kind == "select")
}

// lines returns the rows as lines of text: each line of code once in a row, and no more than
// fit. It marks where those wait who still do in the end.
func lines(rows, waiting []row) []line {
	var list []line
	for _, r := range withoutTheEnd(rows) {
		if r.cell != nil && !(r.cell.shared && r.cell.writes) {
			continue
		}
		l := line{g: r.g, place: r.place(), text: r.text(), kind: r.kind, minor: r.minor}
		switch isEnd := l.text == "}" || strings.HasPrefix(l.text, "})") || strings.HasPrefix(l.text, "}(") || l.text == "return"; {
		case l.place == "", isEnd && r.kind == "woken", l.text == "}" && strings.HasSuffix(r.kind, ".Done"):
			continue
		case isEnd && r.kind == "unlock": // a deferred one
			l.note = "%s (unlocks here)"
		case r.kind == "default":
			l.note = "%s (default)"
		case r.kind == "race":
			l.note = "%s (at the same moment)"
		case isEnd && l.minor:
			continue
		case isEnd && strings.HasPrefix(r.kind, "sync."): // deferred too
			l.text += "  " + r.kind
		case isEnd && r.kind == "atomic":
			l.note = "%s (defer)"
		}
		list = append(list, l)
	}
	var kept []line
	for i, l := range list {
		if l.minor && !isFollowed(list[i:]) {
			continue
		}
		if n := len(kept); n == 0 || kept[n-1].g != l.g || kept[n-1].place != l.place {
			kept = append(kept, l)
		} else if kept[n-1].again(l) {
			kept[n-1].times++
		} else if l.kind == "forever" || l.kind == "write" && kept[n-1].kind == "read" {
			kept[n-1].kind = l.kind
		}
	}
	for i, l := range kept {
		if l.times > 0 && l.note == "" {
			kept[i].note = fmt.Sprintf("%s  (%d times)", "%s", l.times+1)
		}
	}
	markWaits(kept)
	for _, r := range waiting {
		for i, l := range slices.Backward(kept) {
			if l.g == r.g {
				if l.place == r.place() && l.note == "" {
					kept[i].note = "%s (waits here)"
				}
				break
			}
		}
	}
	return theLast(withoutLooks(inOne(shorten(withoutLocks(kept)))))
}

// withoutTheEnd leaves out what the test's body does when all others have taken their steps: it
// looks what has become of them.
func withoutTheEnd(rows []row) []row {
	last := len(rows)
	for last > 0 && rows[last-1].g.id == 0 {
		last--
	}
	end := slices.DeleteFunc(slices.Clone(rows[last:]), func(r row) bool { return r.kind == ofTheTest })
	return append(rows[:last:last], end...)
}

// isFollowed reports whether another goroutine comes before this one locks again: only there
// does a minor first line, an unlock, say something.
func isFollowed(list []line) bool {
	for _, l := range list[1:] {
		if l.g != list[0].g || strings.HasSuffix(l.kind, "Lock") {
			return l.g != list[0].g
		}
	}
	return false
}

// markWaits says of a step that stands there twice, since others came in between, where it
// waits and where it goes on.
func markWaits(list []line) {
	last := map[*goroutine]int{}
	for i, l := range list {
		before, ok := last[l.g]
		switch {
		case l.kind == "forever":
			list[i].note = "%s (waits for ever)"
			if ok && list[before].kind == "sync.Cond.Wait" && list[before].place == l.place {
				list[before].note = "%s (waits here)"
			}
		case ok && list[before].place == l.place && (l.kind == "woken" || l.kind == "sync.Cond.Wait"):
			list[before].note, list[i].note = "%s (waits here)", "%s (goes on)"
		case l.kind == "goes on":
			list[i].note = "%s (goes on)"
		}
		last[l.g] = i
	}
}

// withoutLocks takes the locks out of a table that is too long: first where the same goroutine
// goes on to what it locks for, then where they are let go.
func withoutLocks(list []line) []line {
	unlocks := func(i int) bool { return list[i].minor }
	locks := func(i int) bool {
		return strings.HasSuffix(list[i].kind, "Lock") && i+1 < len(list) && list[i+1].g == list[i].g
	}
	for _, is := range []func(i int) bool{locks, unlocks} {
		for i := 0; i < len(list) && len(list) > mostRows; {
			if is(i) {
				list = slices.Delete(list, i, i+1)
			} else {
				i++
			}
		}
	}
	return list
}

// shorten takes lines out of the middle of the longest stretch of one goroutine, until the
// table fits.
func shorten(list []line) []line {
	for len(list) > mostRows {
		from, to := longest(list)
		if to-from < 3 {
			break
		}
		middle := dullest(list, from, to)
		list = slices.Delete(list, middle, middle+1)
		if at := middle - 1; at > from && list[at].text != "..." && list[middle].text != "..." && !list[at].decides() {
			list[at] = line{g: list[at].g, text: "..."}
		}
	}
	return list
}

// inOne makes one line of two in a table that is still too long, where somebody who goes on comes
// back to the same line.
func inOne(list []line) []line {
	for i := 0; i+1 < len(list) && len(list) > mostRows; i++ {
		a, b := list[i], list[i+1]
		if a.g == b.g && a.place == b.place && a.note == "%s (goes on)" && b.note == "%s (waits here)" {
			list[i].note = "%s (goes on, waits again)"
			list = slices.Delete(list, i+1, i+2)
		}
	}
	return list
}

// withoutLooks takes the looks out of a table that is still too long, where the same goroutine
// goes on to something else.
func withoutLooks(list []line) []line {
	for i := 0; i+1 < len(list) && len(list) > mostRows; {
		if list[i].kind == "read" && list[i].note == "" && list[i+1].g == list[i].g {
			list = slices.Delete(list, i, i+1)
		} else {
			i++
		}
	}
	return list
}

// theLast leaves out the beginning of a table that does not fit.
func theLast(list []line) []line {
	if len(list) > fit {
		list = list[len(list)-fit:]
		list[0] = line{g: list[0].g, text: "..."}
	}
	return list
}

// dullest returns the line between the first and the last of a stretch that says least: the
// nearest to its middle that decides nothing for others, if there is one.
func dullest(list []line, from, to int) int {
	middle := (from + to) / 2
	for away := range to - from {
		for _, i := range []int{middle + away, middle - away} {
			if i > from && i < to-1 && list[i].text != "..." && !list[i].decides() {
				return i
			}
		}
	}
	return middle
}

// decides reports whether a line says which way it took, changes what others see, or wakes somebody.
func (l line) decides() bool {
	return l.kind == "write" || l.note != "" && l.kind != "unlock" || l.kind == "sync.Cond.Signal" || l.kind == "sync.Cond.Broadcast"
}

// longest returns the longest stretch of lines of one goroutine.
func longest(list []line) (from, to int) {
	begin := 0
	for i := range list {
		if list[i].g != list[begin].g {
			begin = i
		}
		if i+1-begin > to-from {
			from, to = begin, i+1
		}
	}
	return from, to
}

// table draws the rows, with a column for each goroutine.
func table(rows, waiting []row) string {
	list := lines(rows, waiting)
	var columns []*goroutine
	for _, l := range list {
		if !slices.Contains(columns, l.g) {
			columns = append(columns, l.g)
		}
	}
	slices.SortFunc(columns, func(a, b *goroutine) int { return cmp.Compare(a.id, b.id) })
	titles, width := titles(columns), map[*goroutine]int{}
	for _, g := range columns {
		width[g] = len(titles[g])
	}
	if len(columns) > 2 {
		leaveOutTheFile(list)
	}
	cells := make([]string, len(list))
	for i, l := range list {
		cells[i] = strings.TrimSpace(fmt.Sprintf("%s  %s", l.place, l.text))
		most := mostWidth / len(columns)
		if len(columns) > 2 {
			most -= max(0, len(l.note)-len("%s"))
		}
		if r, most := []rune(cells[i]), max(24, most); len(r) > most {
			cells[i] = string(r[:most-3]) + "..."
		}
		if l.note != "" {
			cells[i] = fmt.Sprintf(l.note, cells[i])
		}
		width[l.g] = max(width[l.g], len([]rune(cells[i])))
	}
	var b strings.Builder
	draw := func(texts func(g *goroutine) string) {
		var row strings.Builder
		for _, g := range columns {
			text := texts(g)
			row.WriteString(text + strings.Repeat(" ", width[g]-len([]rune(text))+3))
		}
		b.WriteString("  " + strings.TrimRight(row.String(), " ") + "\n")
	}
	draw(func(g *goroutine) string { return titles[g] })
	for i, l := range list {
		draw(func(g *goroutine) string {
			if g == l.g {
				return cells[i]
			}
			return ""
		})
	}
	return b.String()
}

// titles returns what the columns are called: goroutines with one title have a number besides.
func titles(columns []*goroutine) map[*goroutine]string {
	titles, times := map[*goroutine]string{}, map[string]int{}
	for _, g := range columns {
		times[g.title()]++
	}
	last := map[string]int{}
	for _, g := range columns {
		if titles[g] = g.title(); times[g.title()] > 1 {
			last[g.title()]++
			titles[g] = fmt.Sprintf("%s (%d)", g.title(), last[g.title()])
		}
	}
	return titles
}

// leaveOutTheFile leaves the student's file out of the places: three columns have no room for
// it, and the message names it elsewhere. Of a line of the test's, the text alone is left.
func leaveOutTheFile(list []line) {
	for i := range list {
		if file, number, ok := strings.Cut(list[i].place, ":"); ok {
			if list[i].place = number; strings.HasSuffix(file, "_test.go") {
				list[i].place = ""
			}
		}
	}
}

func plural(n int, thing string) string {
	switch {
	case n == 1:
		return "1 " + thing
	case strings.HasSuffix(thing, "ch"):
		return fmt.Sprintf("%d %ses", n, thing)
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
