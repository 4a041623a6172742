// Package explore runs a test in every order in which its goroutines can take their steps,
// and shows the shortest order that breaks the rule.
//
// How: package rewrite makes a copy of the student's files in which each step where
// goroutines meet (a lock, a channel operation, an atomic, a variable that several use)
// first calls a function of this package: a point. There the goroutine parks. One goroutine
// runs at a time; when it has parked, ended or is blocked (synctest.Wait knows), the
// scheduler chooses who takes the next step. The first choice is to let the same goroutine
// go on; the search runs every order with up to two departures from that, fewest first (of
// very many, a fixed choice), and every other one too if there are no more than 200, as in
// most right designs; else 200 with a third departure and no third switch, which is a departure
// where the same goroutine could have gone on.
// Channels, timers and contexts are the real ones; package sync is replaced by types that
// look the same (sync.go, atomic.go), since synctest cannot see through a mutex.
package explore

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"slices"
	"testing"
)

// A Lesson is what a test teaches. Every failure of the test repeats it.
type Lesson struct {
	Rule  string // the behaviour, in one sentence
	Look  any    // the student's function to look at first, or its name; nil: none
	Think string // a question that leads on and does not give the code away
}

// Elsewhere, if not nil, takes the place of Run: only the rewritten copy of a lab's tests
// can explore, so what runs in the plain tests hands each exploring test over to it.
var Elsewhere func(t *testing.T, lesson Lesson)

// ResultFile is the environment variable that names the file for what Run has to say: a
// line with "holds" or "fails", and then what there is to tell.
const ResultFile = "ASYNCLAB_ORDERS_RESULT"

// Run runs body once for each order of the goroutines that it starts, and fails the test
// if one of the orders breaks the rule, deadlocks, panics or leaves a goroutine behind.
func Run(t *testing.T, lesson Lesson, body func(x *X)) {
	t.Helper()
	if Elsewhere != nil {
		Elsewhere(t, lesson)
		return
	}
	path := os.Getenv(ResultFile)
	if path == "" {
		t.Skip("not explored: only go test makes the copy that can be")
	}
	s := &search{t: t, body: body}
	if err := tell(path, s.run()); err != nil {
		t.Fatal(err)
	}
}

// tell writes the file for what Run has to say: it is there when it is whole.
func tell(path, text string) error {
	draft := path + ".part"
	if err := os.WriteFile(draft, []byte(text), 0o666); err != nil {
		return err
	}
	return os.Rename(draft, path)
}

// Main is the program of the copy. It runs the tests that it is asked for: of two lines on its
// stdin the first names one, and the second is for ResultFile. When that test is over, there
// is such a file, and a line comes on stdout.
func Main(tests map[string]func(t *testing.T)) {
	answer := func(t *testing.T) {
		for in := bufio.NewScanner(os.Stdin); in.Scan(); {
			name := in.Text()
			in.Scan()
			os.Setenv(ResultFile, in.Text())
			if test := tests[name]; test != nil {
				t.Run(name, test)
			} else {
				tell(in.Text(), "unknown\nit stands in no file whose name ends in orders_test.go")
			}
			if _, err := os.Stat(in.Text()); err != nil {
				tell(in.Text(), "")
			}
			fmt.Println()
		}
	}
	every := func(string, string) (bool, error) { return true, nil }
	testing.Main(every, []testing.InternalTest{{Name: "TestEveryOrder", F: answer}}, nil, nil)
}

// An X is one run of a body. Its methods may be called by the body and by every goroutine
// that the body or the student's code starts.
type X struct{ o *order }

// A Goroutine is one that the body has started.
type Goroutine struct{ g *goroutine }

// Ended reports whether the goroutine is over.
func (g Goroutine) Ended() bool { return g.g.state == done }

// Go starts f in a goroutine that the message calls by this name. It takes its first step
// when the body calls Wait or Settle.
func (x *X) Go(name string, f func()) Goroutine {
	g := x.o.spawn(name, f)
	g.onHold = true
	return Goroutine{g}
}

// Burst is Go for a goroutine that goes on for as long as it can, once it has begun: so it may do
// much at one moment of the others.
func (x *X) Burst(name string, f func()) Goroutine {
	g := x.Go(name, f)
	g.g.burst = true
	return g
}

// Wait lets all goroutines run, in the order that is to be tried, until those that the body
// has started are over and nobody else can go on. If that never comes, it is a deadlock.
func (x *X) Wait() {
	x.o.explore(func() bool { return x.o.namedAreDone() })
}

// Settle is Wait for goroutines that may still wait for something when nobody can go on. It
// lets no time pass.
func (x *X) Settle() {
	x.o.explore(func() bool { return true })
}

// Note remembers a text for Notes. Who notes first matters, so it is a point.
func (x *X) Note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if g := point("note", nil); g != nil && len(x.o.rows) > 0 && x.o.exploring {
		last := &x.o.rows[len(x.o.rows)-1]
		last.minor, last.said = true, text
	}
	x.o.notes = append(x.o.notes, text)
}

// Sorted returns a copy of the texts, sorted. (It is not generic, so it is compiled already.)
func Sorted(texts []string) []string {
	texts = slices.Clone(texts)
	slices.Sort(texts)
	return texts
}

// Notes returns what has been noted, in order.
func (x *X) Notes() []string { return x.o.notes }

// MayLeave lets goroutines of the student's be left when the body is over.
func (x *X) MayLeave() { x.o.leaves = true }

// Outcome says how this order has ended. When all orders are tried, so many different
// outcomes must have come as are possible.
func (x *X) Outcome(text string, possible int) {
	x.o.outcomes = map[string]int{text: possible}
}

// Fatalf fails the test: this order breaks the rule.
func (x *X) Fatalf(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	for _, g := range x.o.all[1:] {
		if g.state == blocked || g.state == parked && !g.isReady() {
			x.o.waiting = append(x.o.waiting, g.row)
			if held := x.o.holder(g); held != "" && x.o.ready() == nil { // for ever, as everybody waits
				text += fmt.Sprintf("\n%s\n  %s  waits: %s%s", g.title(), g.row.place(), g.row.kind, held)
				x.o.rows = append(x.o.rows, g.forever())
			}
		}
	}
	x.o.fail(text)
	runtime.Goexit()
}
