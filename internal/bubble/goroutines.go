package bubble

import (
	"bytes"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
)

// A goroutine is one goroutine of a stack dump.
type goroutine struct {
	id     string
	bubble uint64 // the number of its bubble; 0: none
	state  string // what it waits for, as the runtime calls it: "chan receive", "sleep", "running" ...
	calls  []call // innermost first; the last is where it was started
}

// A call is one line of a goroutine's stack.
type call struct {
	function string // asynclab/lab3_chat.(*Hub).Broadcast
	file     string
	line     int
	started  bool // "created by": the go statement
}

var (
	header   = regexp.MustCompile(`^goroutine (\d+) .*\[([^\],]+?)(?: \(durable\))?(?:, \d+ minutes)?(?:, locked to thread)?(?:, synctest bubble (\d+))?\]:$`)
	position = regexp.MustCompile(`^\t(.+):(\d+)(?: \+0x[0-9a-f]+)?(?: fp=.*)?$`)
	args     = regexp.MustCompile(`\([^()]*\)$`)
	inner    = regexp.MustCompile(`(\.func\d+|\.gowrap\d+|\.deferwrap\d+|\.\d+|-range\d+|\[\.\.\.\])+$`)
)

// inlined is the function into which the compiler has put another one.
var inlined = regexp.MustCompile(`^.*\.func\d+\.`)

// parse reads a dump as runtime.Stack, a panic or the race detector prints it.
func parse(dump []byte) (all []goroutine) {
	for block := range bytes.SplitSeq(dump, []byte("\n\n")) {
		lines := strings.Split(strings.TrimSpace(string(block)), "\n")
		head := header.FindStringSubmatch(lines[0])
		if head == nil {
			continue
		}
		g := goroutine{id: head[1], state: head[2]}
		g.bubble, _ = strconv.ParseUint(head[3], 10, 64)
		for i := 1; i+1 < len(lines); i++ {
			at := position.FindStringSubmatch(lines[i+1])
			if at == nil {
				continue
			}
			name, started := strings.CutPrefix(lines[i], "created by ")
			name, _, _ = strings.Cut(name, " in goroutine ")
			line, _ := strconv.Atoi(at[2])
			g.calls = append(g.calls, call{args.ReplaceAllString(name, ""), filepath.ToSlash(at[1]), line, started})
			i++
		}
		all = append(all, g)
	}
	return all
}

// name is the function without its package and without the number of a closure in it.
func (c call) name() string {
	name := c.function[strings.LastIndex(c.function, "/")+1:]
	_, name, _ = strings.Cut(name, ".")
	name = inner.ReplaceAllString(name, "")
	return inlined.ReplaceAllString(name, "")
}

func (c call) isTest() bool { return strings.HasSuffix(c.file, "_test.go") }

// inside reports whether the call's file lies in dir or below.
func (c call) inside(dir string) bool {
	return strings.HasPrefix(c.file, filepath.ToSlash(dir)+"/")
}

// place is what a student calls the line: server/main.go:12.
func (c call) place(dir string) string {
	file := filepath.Base(c.file)
	if c.inside(dir) {
		file = strings.TrimPrefix(c.file, filepath.ToSlash(dir)+"/")
	}
	return file + ":" + strconv.Itoa(c.line)
}

// own returns the innermost call into the student's files, else into the test.
func (g goroutine) own(dir string) (c call, ok bool) {
	for _, c := range g.calls {
		if c.inside(dir) && !c.isTest() {
			return c, true
		}
	}
	for _, c := range g.calls {
		if c.inside(dir) {
			return c, true
		}
	}
	return call{}, false
}

// stands says where the goroutine is in the student's files, and what it waits for.
func (g goroutine) stands(dir string) string {
	c, _ := g.own(dir)
	return c.place(dir) + g.state
}

// isBusy reports whether the goroutine waits for nothing.
func (g goroutine) isBusy() bool { return g.state == "running" || g.state == "runnable" }

// busyIn is 1 if the goroutine is busy in the student's files, else 0.
func (g goroutine) busyIn(dir string) int {
	if c, ok := g.own(dir); ok && g.isBusy() && !c.isTest() {
		return 1
	}
	return 0
}

// circle is a line for each call by which a function has called itself again.
func (g goroutine) circle(dir string) (lines string) {
	seen := map[string]bool{}
	for _, c := range g.calls[1:] { // the first has come no further than its head
		line := "\n  " + c.place(dir) + "  " + c.name()
		if seen[line] {
			break
		}
		if seen[line] = true; c.inside(dir) && !c.isTest() && len(seen) <= mostGoroutines {
			lines += line
		}
	}
	return lines
}

// A group is the goroutines of one test's bubble.
type group struct{ bubble atomic.Uint64 }

// join makes the calling goroutine's bubble the group's.
func (g *group) join() {
	buf := make([]byte, 1<<16)
	buf = buf[:runtime.Stack(buf, false)]
	for _, me := range parse(buf) {
		g.bubble.Store(me.bubble)
	}
}

// members returns the goroutines of the bubble as they are now. In real time there
// is no bubble: then it returns all that are in none.
func (g *group) members() (in []goroutine) {
	buf := make([]byte, 1<<15)
	n := runtime.Stack(buf, true)
	for n == len(buf) && n < 1<<26 {
		buf = make([]byte, 4*len(buf))
		n = runtime.Stack(buf, true)
	}
	for _, one := range parse(buf[:n]) {
		if one.bubble == g.bubble.Load() {
			in = append(in, one)
		}
	}
	return in
}
