package class

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"asynclab/internal/judge"
	"asynclab/internal/judge/bank"
)

// Options say what is judged, and how.
type Options struct {
	Root    string   // of the kit
	Dir     string   // a folder for each student
	Labs    []string // their names, or lab3_chat/part1 for a part; none: all of which something is there
	Stretch bool
	Race    bool
	Jobs    int           // how many at the same time
	Timeout time.Duration // for one submission of a lab
	Shard   int           // judge the students of this shard alone, 1 to Shards
	Shards  int           // 0: all students
	// Progress is called when a submission begins, and when it is over, from one goroutine
	// at a time.
	Progress func(Progress)
}

// Progress says how far a class is judged.
type Progress struct {
	Done, All int // submissions
	Running   []string
}

// A lab is one that is judged, with what all of its submissions need.
type lab struct {
	*judge.Lab
	name  string // in the rows: the lab's, or that of a part
	part  string
	tests []judge.Test
	guard *guard
}

// Grade judges the class, and returns a row for each student and lab, sorted by both. When
// ctx ends it ends too, and leaves nothing running.
func Grade(ctx context.Context, o Options) ([]Row, error) {
	all, err := judge.Labs(o.Root)
	if err != nil {
		return nil, err
	}
	students, err := Students(o.Dir)
	if err != nil {
		return nil, err
	}
	c := class{Options: o, all: all, folders: map[string]folder{}, judged: map[string]func() judged{}}
	for _, student := range students {
		c.folders[student] = openFolder(filepath.Join(o.Dir, student))
	}
	if err := c.chooseLabs(); err != nil {
		return nil, err
	}
	if o.Shards > 0 {
		students = slices.Collect(func(yield func(string) bool) {
			for i := o.Shard - 1; i < len(students) && yield(students[i]); i += o.Shards {
			}
		})
	}
	return c.judgeAll(ctx, students)
}

// Students lists what stands in a class's folder. What is no folder gets its row too.
func Students(dir string) (names []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && (e.IsDir() || !e.Type().IsRegular() || isArchive(e.Name())) {
			names = append(names, e.Name())
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s has no folder of a student", dir)
	}
	return names, nil
}

func isArchive(name string) bool {
	return slices.Contains([]string{".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar"}, strings.ToLower(filepath.Ext(name)))
}

type class struct {
	Options
	all     []*judge.Lab
	labs    []*lab
	folders map[string]folder

	mu      sync.Mutex
	judged  map[string]func() judged // by the handin's key: the same files are judged once
	port    sync.Mutex               // lab 4 needs its port for itself
	done    int
	running []string
}

// chooseLabs takes the labs that were asked for, or those on which a student has worked; if there
// are none, those of which a student has something.
func (c *class) chooseLabs() error {
	if c.Labs == nil {
		c.Labs = c.handedIn(func(h *handin) bool { return !h.untouched })
	}
	if c.Labs == nil {
		c.Labs = c.handedIn(func(*handin) bool { return true })
	}
	if c.Labs == nil {
		return fmt.Errorf("no student has a file of a lab (-lab names one)")
	}
	for _, name := range c.Labs {
		folder, part, _ := strings.Cut(name, "/")
		i := slices.IndexFunc(c.all, func(l *judge.Lab) bool { return l.Name == folder || strings.HasPrefix(l.Name, folder+"_") })
		if i < 0 {
			var names []string
			for _, l := range c.all {
				names = append(names, l.Name)
			}
			return fmt.Errorf("there is no lab %q; there are %s", name, strings.Join(names, ", "))
		}
		l := &lab{Lab: c.all[i], name: strings.Replace(name, folder, c.all[i].Name, 1), part: part}
		var err error
		if l.tests, err = l.Tests(c.Stretch); err != nil {
			return err
		}
		if part != "" {
			l.tests = slices.DeleteFunc(l.tests, func(t judge.Test) bool { return t.Part != part })
		}
		if len(l.tests) == 0 {
			return fmt.Errorf("%s has no part %q", l.Name, part)
		}
		if l.guard, err = newGuard(l.Lab); err != nil {
			return err
		}
		c.labs = append(c.labs, l)
	}
	return nil
}

// handedIn names the labs of which some student has something that counts.
func (c *class) handedIn(counts func(*handin) bool) (labs []string) {
	for _, l := range c.all {
		for _, f := range c.folders {
			if h := f.collect("", l, c.all, c.Stretch); h != nil && counts(h) {
				labs = append(labs, l.Name)
				break
			}
		}
	}
	return labs
}

// amongst are the labs to which a file that stands by itself can belong.
func (c *class) amongst() []*judge.Lab {
	if len(c.labs) == 1 {
		return []*judge.Lab{c.labs[0].Lab}
	}
	return c.all
}

// judgeAll judges some students, several at the same time.
func (c *class) judgeAll(ctx context.Context, students []string) ([]Row, error) {
	rows := make([]Row, len(students)*len(c.labs))
	next := make(chan int)
	var workers sync.WaitGroup
	for range max(1, c.Jobs) {
		workers.Go(func() {
			for i := range next {
				student, l := students[i/len(c.labs)], c.labs[i%len(c.labs)]
				c.report(student+" "+l.name, "", len(rows))
				rows[i] = c.row(ctx, student, l)
				if ctx.Err() == nil {
					c.report("", student+" "+l.name, len(rows))
				}
			}
		})
	}
	for i := range rows {
		if ctx.Err() == nil {
			next <- i
		}
	}
	close(next)
	workers.Wait()
	noteCopies(rows)
	return rows, ctx.Err()
}

// noteCopies tells who has handed in the same files as others.
func noteCopies(rows []Row) {
	who := map[string][]string{}
	for _, r := range rows {
		who[r.files] = append(who[r.files], r.Student)
	}
	for i, r := range rows {
		others := slices.DeleteFunc(slices.Clone(who[r.files]), func(s string) bool { return s == r.Student })
		if r.files != "" && len(others) > 0 {
			rows[i].Problem = append(r.Problem, "the same files as "+strings.Join(first(others, 3), ", "))
		}
	}
}

func (c *class) report(begins, ends string, all int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if begins != "" {
		c.running = append(c.running, begins)
	} else {
		c.done++
		c.running = slices.DeleteFunc(c.running, func(s string) bool { return s == ends })
	}
	if c.Progress != nil {
		c.Progress(Progress{c.done, all, slices.Clone(c.running)})
	}
}

// row judges what one student has handed in for one lab.
func (c *class) row(ctx context.Context, student string, l *lab) Row {
	row := Row{Student: student, Lab: l.name}
	f := c.folders[student]
	h := f.collect(student, l.Lab, c.amongst(), c.Stretch)
	if h == nil {
		row.Problem = append([]string{"nothing handed in"}, f.odd...)
		if strays := f.strays(c.all); strays != nil {
			row.Problem = append(row.Problem, "no lab has a file of this name: "+strings.Join(strays, ", "))
		}
		if isArchive(student) {
			row.Problem = []string{"an archive, not a folder: unpack it first"}
		}
		for _, t := range l.tests {
			row.Tests = append(row.Tests, Result{Test: t})
		}
		return row
	}
	j := c.judgeOnce(ctx, l, h)
	row.Seconds, row.Explanation = j.seconds, h.explanation
	row.Problem = append(slices.Clone(j.problem), h.odd...)
	row.take(l, j)
	if !h.untouched {
		row.files = l.name + h.key()
		row.misunderstood(l, h)
	}
	return row
}

// A judged is what is known of some files, whoever has handed them in.
type judged struct {
	verdict judge.Verdict
	problem []string
	suspect bool // something that looks like an attempt on the verdict, or a loop without an end
	seconds float64
}

// judgeOnce judges the same files once.
func (c *class) judgeOnce(ctx context.Context, l *lab, h *handin) judged {
	c.mu.Lock()
	key := l.name + h.key()
	once, ok := c.judged[key]
	if !ok {
		once = sync.OnceValue(func() judged {
			start := time.Now()
			j := c.judge(ctx, l, h)
			j.seconds = time.Since(start).Seconds()
			return j
		})
		c.judged[key] = once
	}
	c.mu.Unlock()
	return once()
}

// judge looks at the files first, and then runs the lab's tests on them.
func (c *class) judge(ctx context.Context, l *lab, h *handin) (j judged) {
	var refused, tried []string
	unreadable, reflects := false, reflects(h.files)
	for _, file := range slices.Sorted(maps.Keys(h.files)) {
		text := h.files[file]
		if i := bytes.IndexByte(text, 0); i >= 0 {
			j.problem = []string{fmt.Sprintf("does not compile: %s:%d: this is no UTF-8 text; UTF-16, perhaps, or no text at all", file, 1+bytes.Count(text[:i], []byte("\n")))}
			return j
		}
		found, ok := l.guard.look(file, text, reflects)
		unreadable = unreadable || !ok
		for _, f := range found {
			if f.refused {
				refused = append(refused, f.what)
			} else {
				tried = append(tried, f.what)
			}
		}
	}
	if refused != nil {
		j.problem = append([]string{"not judged: " + strings.Join(first(refused, 3), "; ")}, tried...)
		return j
	}
	files, clean, err := h.write()
	defer clean()
	if err == nil {
		o := judge.Options{Race: c.Race, Stretch: c.Stretch, Timeout: c.Timeout, BuildAlone: unreadable}
		if l.part != "" {
			o.Run = "^(" + strings.Join(l.names(), "|") + ")$"
		}
		if l.Name == "lab4_port8080" {
			c.port.Lock()
			defer c.port.Unlock()
		}
		j.verdict, err = l.Judge(ctx, files, o)
	}
	if err != nil {
		j.problem = []string{"could not be judged: " + err.Error()}
		return j
	}
	if len(h.added) > 0 && !j.verdict.Built && !j.verdict.Stopped && ctx.Err() == nil {
		if alone := c.judge(ctx, l, h.withoutAdded()); alone.verdict.Built {
			alone.problem = append(alone.problem, "not taken, since it does not compile with the rest: "+strings.Join(first(h.added, 3), ", "))
			return alone
		}
	}
	for name := range files { // where this happens is nobody's business
		relative, _ := filepath.Rel(l.Folder, name)
		j.verdict.Problem = strings.ReplaceAll(j.verdict.Problem, name, filepath.ToSlash(relative))
	}
	j.verdict.Problem = strings.ReplaceAll(j.verdict.Problem, filepath.Dir(l.Folder)+string(filepath.Separator), "")
	j.suspect = len(tried) > 0 || firstHang(j.verdict) != ""
	j.problem = append(l.wentWrong(j.verdict, c.Timeout, j.suspect), first(tried, 3)...)
	return j
}

// names are those of the lab's tests that count.
func (l *lab) names() (names []string) {
	for _, t := range l.tests {
		names = append(names, t.Name)
	}
	return names
}

func first(list []string, most int) []string {
	if len(list) > most {
		return append(list[:most:most], fmt.Sprintf("and %d more", len(list)-most))
	}
	return list
}

// write writes the files where the compiler can read them.
func (h *handin) write() (files judge.Overlay, clean func(), err error) {
	dir, err := os.MkdirTemp("", "asynclab-class-")
	clean = func() { os.RemoveAll(dir) }
	files = judge.Overlay{}
	for name, text := range h.files {
		place := filepath.Join(dir, strings.ReplaceAll(name, "/", "_"))
		files[filepath.Join(h.lab.Folder, filepath.FromSlash(name))] = place
		if err == nil {
			err = os.WriteFile(place, text, 0o666)
		}
	}
	return files, clean, err
}

// wentWrong says what kept the tests from running to their end.
func (l *lab) wentWrong(v judge.Verdict, limit time.Duration, suspect bool) (problem []string) {
	var early []string
	for _, test := range v.Tests {
		if v.Action[test] == "" {
			early = append(early, test)
		}
	}
	at := ""
	if early != nil {
		at = ", in " + strings.Join(first(early, 1), " ")
	}
	switch {
	case v.Stopped && !v.Built:
		problem = append(problem, fmt.Sprintf("stopped: not built after %v", limit))
	case !v.Built:
		problem = append(problem, "does not compile: "+compilerSays(v.Problem))
	case v.Stopped:
		problem = append(problem, fmt.Sprintf("stopped: not over after %v%s", limit, at))
	case len(v.Action) == 0 && at == "":
		problem = append(problem, "ended before the first test: "+orElse(lineWith(v.Problem, "panic: ", "fatal error: "), "by os.Exit, perhaps"))
	case at != "":
		said := v.Output[early[0]] + v.Problem
		problem = append(problem, "ended early"+at+": "+orElse(lineWith(said, "panic: ", "fatal error: ", "the program has ended"), "nothing is said of why"))
	}
	if hang := firstHang(v); hang != "" {
		problem = append(problem, hang)
	}
	if len(v.Claimed) > 0 {
		problem = append(problem, fmt.Sprintf("prints that tests pass which do not (%s)", strings.Join(first(v.Claimed, 2), ", ")))
	}
	for _, t := range l.tests {
		if v.Action[t.Name] == "skip" && !suspect {
			problem = append(problem, "skipped: "+skipSays(v.Output[t.Name]))
			break
		}
	}
	return problem
}

var compilerLine = regexp.MustCompile(`\.go:\d+`)

// compilerSays returns the first line of the compiler that names a place, or says anything.
func compilerSays(text string) string {
	best := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "FAIL") {
			continue
		}
		line = strings.TrimPrefix(line, "./")
		if compilerLine.MatchString(line) {
			return line
		}
		if best == "" {
			best = line
		}
	}
	return orElse(best, "nothing is said of why")
}

func lineWith(text string, signs ...string) string {
	for line := range strings.Lines(text) {
		for _, sign := range signs {
			if strings.Contains(line, sign) {
				return strings.TrimSpace(line)
			}
		}
	}
	return ""
}

var skips = regexp.MustCompile(`(?m)^\s*\S+_test\.go:\d+: (?:skipped: )?(.+)$`)

// skipSays returns why a test skips: what stands there at a line of its own.
func skipSays(text string) string {
	all := skips.FindAllStringSubmatch(text, -1)
	if all == nil {
		return "nothing is said of why"
	}
	return all[len(all)-1][1]
}

var hang = regexp.MustCompile(`(?m)^ *(hang: .*)\n *(\S*\.go:\d+)?`)

// firstHang says what the first test that has met something without an end says of it.
func firstHang(v judge.Verdict) string {
	for _, test := range v.Tests {
		if m := hang.FindStringSubmatch(v.Output[test]); m != nil {
			return strings.TrimSuffix(fmt.Sprintf("%s, in %s: %s", m[1], test, m[2]), ": ")
		}
	}
	return ""
}

// take takes the results that count from a verdict. A test that skipped does not count, but for
// one who is suspect: an exploring test skips when the program ends in it, or never ends.
func (r *Row) take(l *lab, j judged) {
	for _, t := range l.tests {
		result := Result{Test: t, Passed: j.verdict.Action[t.Name] == "pass", Ran: j.verdict.Action[t.Name] != ""}
		if j.verdict.Action[t.Name] == "skip" && !j.suspect {
			continue
		}
		if !result.Passed {
			result.Said = plainMessage(j.verdict.Output[t.Name])
			if r.FirstFailure == "" && j.verdict.Built {
				r.FirstFailure = t.Name
			}
		}
		r.Tests = append(r.Tests, result)
	}
}

var ending = regexp.MustCompile(`(?m)^\s*--- (PASS|FAIL|SKIP): .*\n?`)

// plainMessage is what a test printed, without the frame around it, and not further to the right
// than it must be.
func plainMessage(text string) string {
	text = strings.Trim(ending.ReplaceAllString(text, ""), "\n")
	indent := len(text)
	for line := range strings.Lines(text) {
		if rest := strings.TrimLeft(line, " "); rest != "" && rest != "\n" {
			indent = min(indent, len(line)-len(rest))
		}
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = line[min(indent, len(line)):]
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// misunderstood looks up in the bank what the first failure tells. A file that is still the
// starter's tells of nothing but of work to be done.
func (r *Row) misunderstood(l *lab, h *handin) {
	read := func(folder, name string) string {
		text, _ := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
		return string(text)
	}
	files := func(name string) (attempt, reference string) {
		attempt = read(l.Folder, name)
		if text, ok := h.files[name]; ok {
			attempt = string(text)
		}
		return attempt, read(l.Solution, name)
	}
	for _, t := range r.Tests {
		if t.Name != r.FirstFailure {
			continue
		}
		for _, w := range bank.Fit(l.Name, t.Name, t.Said, files) {
			attempt, _ := files(w.File)
			if !sameText([]byte(attempt), filepath.Join(l.Folder, filepath.FromSlash(w.File))) {
				r.Misconception = append(r.Misconception, w.Mistake)
			}
		}
	}
}
