package bubble

import (
	"cmp"
	"fmt"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"asynclab/internal/say"
)

// At most so many lines of a kind stand in one report: it must fit on a screen.
const (
	mostGoroutines = 5
	mostEvents     = 8
)

// report is the text of a failure: the rule, what went wrong, what happened before,
// where to look, what to think about.
func (t *T) report(wrong string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", t.lesson.Rule)
	section(&b, "", t.done)
	section(&b, "", plain(wrong))
	happened := t.happened()
	clock := "what happened, by the test's clock:"
	if len(happened) > 0 && t.bubble.Load() == 0 {
		clock = "what happened, in real time:"
	}
	section(&b, clock, strings.Join(happened, "\n"))
	look, think := t.lookAt(), t.lesson.Think
	if f, ok := findingOf(wrong); ok && (!t.explores || f.begins == race || f.contains == itself) {
		think = f.question(think)
		if namesALine.MatchString(wrong) && !t.explores {
			look = "" // the finding itself says where
		}
	}
	section(&b, "look at:", look)
	section(&b, "think:", think)
	return say.In(strings.TrimRight(b.String(), "\n"))
}

// happened is a line for each of the last events; the same again and again is one.
func (t *T) happened() (lines []string) {
	events, width := calm(t.Events()), 4
	for _, e := range events {
		width = max(width, len(e.clock()))
	}
	i := len(events) - 1
	for ; i >= 0 && len(lines) < mostEvents; i-- {
		line, times := events[i].line(width), 1
		for ; i > 0 && events[i-1].line(width) == line; i-- {
			times++
		}
		if times > 1 {
			line = fmt.Sprintf("%s  (%d times)", line, times)
		}
		lines = append(lines, line)
	}
	if i >= 0 {
		lines = append(lines, "...")
	}
	slices.Reverse(lines)
	return lines
}

// What a test in every order finds, and says of it.
const (
	race   = "data race:"
	itself = "itself has locked it"
)

// A finding is what the bubble itself sees go wrong. The same mistake means the same in
// every test, so it has a question of its own.
type finding struct{ begins, contains, think string }

var findings = []finding{
	{race, "", "What keeps the two apart: which lock do both have at these lines, or which channel hands the variable on? (A copy of a slice or a map still shares what is in it.)"},
	{"deadlock:", itself, "A mutex does not know who has locked it: whoever locks it twice waits for itself. Which function calls which?"},
	{"deadlock:", "", "Who should have woken it up, and what is that one waiting for, or has it ended already?"},
	{"leak:", "", "What tells this goroutine that its work is over? Can that still happen?"},
	{"hang:", "endless", "Which loop does the same again and again, and what tells it that its work is over?"},
	{"hang:", "mutex", "Who holds the lock? Does it unlock on every way out? Is it perhaps the same goroutine? (A test of EveryOrder names it, if it can.)"},
	{"hang:", "still runs", "What is this loop waiting for? Something that lets a goroutine sleep could wait for it."},
	{"hang:", "", "What does it wait for, and who could make that happen?"},
	{"panic:", "concurrent write to websocket", "gorilla allows one goroutine at a time to write messages to a connection. Which two do it here?"},
	{"panic:", "repeated read on failed", "After an error a connection is over. What does the loop do when ReadMessage returns one?"},
	{"panic:", "of memory", "Which loop does the same again and again, and what tells it that its work is over?"},
	{"panic:", "os.Exit", "Who else runs in this program, and what becomes of them? Which way out does a function have that ends nobody else?"},
	{"panic:", "close of closed channel", "A channel can be closed once. Who closes it, and who knows whether that has been done?"},
	{"panic:", "send on closed channel", "Who closes the channel, and how could the sender know, or be kept from sending at that moment?"},
	{"panic:", "synctest channel", "Something made in one test is used in another one. Is there a package-level variable?"},
	{"panic:", "nil channel", "Who makes the channel, and has that happened yet?"},
	{"panic:", "nil map", "Who makes the map, and has that happened yet?"},
	{"panic:", "nil pointer", "Which of the values on this line can be nil, and when?"},
	{"panic:", "negative WaitGroup", "Each Done needs an Add of its own. Which one is missing?"},
	{"fatal error:", "concurrent map", "Two goroutines use one map at the same moment. What keeps the others away while one changes it?"},
	{"fatal error:", "synctest", "Something made in one test is used in another one. Is there a package-level variable?"},
	{"fatal error:", "sync.Cond.Wait", "Wait unlocks the lock while it waits, and has locked it again when it returns. Who has the lock when Wait is called?"},
	{"fatal error:", "unlock of unlocked", "Each Unlock needs a Lock of its own. Which one is missing?"},
	{"fatal error:", "stack overflow", "Each of these calls the next one, and that has no end. What should end it?"},
	{"the program has ended", "", "Who else runs in this program, and what becomes of them? Which way out does a function have that ends nobody else?"},
	{"panic:", "out of range", "What was seen before this line, and is it still so here? Also after a wait?"},
	{"panic:", "", "What was true at this line that should not be?"},
	{"fatal error:", "", "What was true at this line that should not be?"},
}

// namesALine is the beginning of the line in a finding that names a line of the student's.
var namesALine = regexp.MustCompile(`(?m)^  \S*[^t ]\.go:\d+|^  \S*[^s]t\.go:\d+`)

func findingOf(wrong string) (finding, bool) {
	for _, f := range findings {
		if strings.HasPrefix(wrong, f.begins) && strings.Contains(wrong, f.contains) {
			return f, true
		}
	}
	return finding{}, false
}

// question adds the finding's question to the lesson's. What ends a program has nothing to do
// with what the lesson asks.
func (f finding) question(lesson string) string {
	if f.begins == race || f.contains == itself || f.begins == "panic:" || f.begins == "fatal error:" || f.begins == "the program has ended" {
		return f.think
	}
	return strings.TrimSpace(lesson + "\n" + f.think)
}

func section(b *strings.Builder, title, text string) {
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	indent := "    "
	switch {
	case title == "":
		indent = "  "
	case strings.Contains(text, "\n") || len(title) > 8:
		fmt.Fprintf(b, "  %s\n", title)
	default:
		indent = fmt.Sprintf("  %-8s ", title)
	}
	for line := range strings.SplitSeq(text, "\n") {
		fmt.Fprintf(b, "%s%s\n", indent, line)
	}
}

// lookAt names the lesson's function and the line where it begins.
func (t *T) lookAt() string {
	if name, ok := t.lesson.Look.(string); ok {
		return cmp.Or(t.placeOf(name), name)
	}
	v := reflect.ValueOf(t.lesson.Look)
	if v.Kind() != reflect.Func {
		return ""
	}
	f := runtime.FuncForPC(v.Pointer())
	file, line := f.FileLine(f.Entry())
	c := call{function: f.Name(), file: file, line: line}
	return c.place(t.dir) + " " + c.name()
}

// testify's report: labels of one width, their text after a tab.
var label = regexp.MustCompile(`^\t(Error Trace|Error|Test|Messages):\s*\t(.*)$`)

// empty is what testify says that adds nothing to a message.
var empty = regexp.MustCompile(`^Should be (true|false)|^Expected value not to be nil`)

// plain takes out of testify's report what this one says already: the place and
// the name of the test. What the test's author says comes first.
func plain(text string) string {
	if !strings.HasPrefix(text, "\n\tError Trace:") {
		return text
	}
	parts := map[string][]string{}
	current := ""
	for line := range strings.SplitSeq(strings.Trim(text, "\n"), "\n") {
		if l := label.FindStringSubmatch(line); l != nil {
			current, line = l[1], l[2]
		}
		parts[current] = append(parts[current], strings.TrimLeft(line, "\t "))
	}
	said, found := parts["Messages"], parts["Error"]
	if len(said) > 0 && empty.MatchString(found[0]) {
		found = nil
	}
	if i := slices.Index(found, "Diff:"); i >= 0 {
		found = found[:i]
	}
	return strings.Join(append(said, found...), "\n")
}

func (t *T) explainDeadlock(reason string) string {
	if !strings.HasPrefix(reason, "deadlock:") {
		return "panic: " + reason
	}
	return "deadlock: every goroutine waits, and none is left that could wake another\n" + t.list(t.members())
}

func (t *T) explainHang(limit fmt.Stringer) string {
	var busy, locked, rest []goroutine
	for _, g := range t.members() {
		switch {
		case g.isBusy():
			busy = append(busy, g)
		case strings.HasPrefix(g.state, "sync.Mutex") || strings.HasPrefix(g.state, "sync.RWMutex"):
			locked = append(locked, g)
		default:
			rest = append(rest, g)
		}
	}
	list := t.list(busy)
	if list != "" {
		// It takes a processor for good: give the tests after this one another.
		runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 1)
	}
	switch {
	case t.noted() == tooMany:
		return "hang: what happens here is endless\n" + t.list(slices.Concat(busy, rest, locked))
	case list != "":
		return fmt.Sprintf("hang: after %s of real time a goroutine still runs, in a loop that neither ends nor waits\n%s", limit, list)
	}
	if len(locked) > 0 {
		what := "hang: a goroutine waits for a mutex, and whoever holds it does not unlock it"
		if slices.ContainsFunc(rest, func(g goroutine) bool { return g.state == "sleep" || g.state == "synctest.Wait" }) {
			what += "\n(virtual time stands still while one waits for a mutex: to wait for something that comes later, use a channel or a Cond)"
		}
		return what + "\n" + t.list(append(locked, rest...))
	}
	return fmt.Sprintf("hang: not over after %s of real time\n%s", limit, t.list(rest))
}

var leaked = regexp.MustCompile(`Goroutine (\d+) in state`)

// explainLeak shortens goleak's finding to the lines of the student's files. It looks at
// this test's goroutines alone: another one, which hangs, may go on starting new ones.
func (t *T) explainLeak(since Mark, found error) string {
	var ids []string
	for _, m := range leaked.FindAllStringSubmatch(found.Error(), -1) {
		ids = append(ids, m[1])
	}
	members := t.members()
	left := slices.DeleteFunc(slices.Clone(members), func(g goroutine) bool { return !slices.Contains(ids, g.id) })
	for _, before := range since.members {
		if !slices.ContainsFunc(members, func(g goroutine) bool { return g.id == before.id }) {
			if i := slices.IndexFunc(left, func(g goroutine) bool { return g.stands(t.dir) == before.stands(t.dir) }); i >= 0 {
				left = slices.Delete(left, i, i+1)
			}
		}
	}
	if len(left) == 0 {
		return ""
	}
	return fmt.Sprintf("leak: %s left behind when it should be over\n%s", plural(len(left), "goroutine"), t.list(left))
}

func (t *T) explainPanic(value any, stack []byte) string {
	text := fmt.Sprintf("panic: %v", value)
	for _, g := range parse(stack) {
		for i, c := range g.calls {
			if c.function == "panic" {
				g.calls = slices.Delete(g.calls, 0, i+1)
				break
			}
		}
		if c, ok := g.own(t.dir); ok {
			text += fmt.Sprintf("\n  %s  %s", c.place(t.dir), c.name())
		}
	}
	return text
}

// list is a line for each goroutine that stands in the lab's files: where, in which
// function, and what it waits for. Equal lines are counted.
func (t *T) list(all []goroutine) string {
	var lines []string
	count := map[string]int{}
	for _, g := range all {
		c, ok := g.own(t.dir)
		if !ok {
			continue
		}
		if g.isBusy() {
			c.line = c.lineOfLoop()
		}
		line := fmt.Sprintf("%s  %s  %s", c.place(t.dir), c.name(), g.doing(c))
		switch {
		case c.started:
			line = fmt.Sprintf("%s  %s  started a goroutine that %s", c.place(t.dir), c.name(), g.doing(c))
		case c.isTest():
			line += "  (the test itself)"
		}
		if count[line]++; count[line] == 1 {
			lines = append(lines, line)
		}
	}
	slices.SortStableFunc(lines, func(a, b string) int { // the student's lines first
		return strings.Count(a, "_test.go") - strings.Count(b, "_test.go")
	})
	for i, line := range lines {
		if n := count[line]; n > 1 {
			lines[i] = fmt.Sprintf("%s  (%d goroutines)", line, n)
		}
		lines[i] = "  " + lines[i]
	}
	if hidden := len(lines) - mostGoroutines; hidden > 0 {
		lines = append(lines[:mostGoroutines], fmt.Sprintf("  and %s more", plural(hidden, "line")))
	}
	return strings.Join(lines, "\n")
}

// doing says what a goroutine waits for at one of its calls: not how the library that it
// has called does its waiting, but what it has called.
func (g goroutine) doing(at call) string {
	called := ""
	for _, c := range g.calls {
		if c == at {
			break
		}
		if !strings.Contains(c.file, "/src/runtime/") && !strings.Contains(c.file, "/src/sync/") && !strings.Contains(c.file, "/src/internal/") {
			called = c.name()
		}
	}
	switch {
	case g.isBusy():
		return "is running"
	case g.state == "sleep":
		return "is asleep (time.Sleep)"
	case g.state == "select (no cases)":
		return "waits for ever: select {}"
	case called != "" && !at.started:
		return fmt.Sprintf("waits in %s", called)
	}
	return fmt.Sprintf("waits: %s", g.state)
}

func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
