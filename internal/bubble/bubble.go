// Package bubble runs a test in virtual time and explains what went wrong with
// its goroutines: a deadlock, a leak, a hang or a panic fails the one test that
// has it, with the line of the student's code and what that line waits for.
//
//	bubble.Run(t, bubble.Lesson{Rule: "Run returns once ..."}, func(t *bubble.T) {
//		...
//	})
//
// It stands on testing/synctest, and on goleak for what is left behind.
package bubble

import (
	"cmp"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"asynclab/internal/explore"
)

// A Lesson is what a test teaches. Every failure of the test repeats it.
type Lesson = explore.Lesson

// T is the testing.T of one test body. Its failures carry the Lesson and what
// the test has noted. Like testing.T: only the goroutine that runs the body may
// call Fatalf or FailNow, everything else may be called from any goroutine.
type T struct {
	*testing.T
	lesson   Lesson
	dir      string // the folder of the test: the student's files are here
	done     string // which parts of the lab are done, if this is the first red test of the next
	explores bool   // it is the test of every order: its own question says more than the finding's
	*course
	*diary
	*verdict
	*group
}

// Run runs body in a synctest bubble: time is virtual and starts at 0s, and when
// body is over, every goroutine that it started must be gone or about to end.
func Run(t *testing.T, lesson Lesson, body func(t *T)) {
	t.Helper()
	run(t, synctest.Test, patience, lesson, body)
}

// RunReal is Run for what needs the real network or real processes: the clock
// is the real one, and a body that takes longer than a minute counts as stuck.
func RunReal(t *testing.T, lesson Lesson, body func(t *T)) {
	t.Helper()
	realTime := func(t *testing.T, body func(*testing.T)) { body(t) }
	run(t, realTime, time.Minute, lesson, body)
}

func run(t *testing.T, world func(*testing.T, func(*testing.T)), limit time.Duration, lesson Lesson, body func(t *T)) {
	t.Helper()
	_, file, _, _ := runtime.Caller(2)
	outer := &T{T: t, lesson: lesson, dir: filepath.Dir(file), done: parts.before(t.Name()), course: new(course), diary: new(diary), verdict: new(verdict), group: new(group)}
	announce(outer)
	defer func() { parts.count(t.Name(), t.Failed()) }()

	// The body has a goroutine of its own: if it never ends, this one still reports.
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer func() {
			if r := recover(); r != nil && !t.Failed() && !outer.over { // else only an echo
				outer.found(outer.explainDeadlock(fmt.Sprint(r)))
			}
		}()
		world(t, func(t *testing.T) {
			inner := *outer
			inner.T = t
			inner.live(body)
			outer.lived = true
		})
	}()
	limit = patient(limit, hangs.Load()) // a search without an end may be slow, and no more
	if !endsInTime(ended, limit, outer.noted) {
		hangs.Add(1)
		outer.found(outer.explainHang(limit))
		outer.giveUp()
	} else if !outer.lived && !t.Failed() && !t.Skipped() {
		outer.found("the code has ended the goroutine of the test: runtime.Goexit does not return")
	}
	if finding := outer.finding(); finding != "" {
		if outer.isFirst() {
			outer.sayWrong(finding)
		}
		t.FailNow()
	}
	if t.Failed() {
		t.FailNow()
	}
}

// live is the life of a body's goroutine: the body, then the look for leaks.
func (t *T) live(body func(t *T)) {
	defer t.close()
	t.join()
	t.open()
	before := t.Mark()
	t.try(func() { body(t) })
	if t.Failed() || t.finding() != "" {
		return
	}
	for _, end := range slices.Backward(t.ends) {
		t.try(end)
	}
	if t.over = t.lenient; !t.lenient {
		t.found(t.left(before))
	}
}

// A course is how a test comes to its end. It belongs to the body's goroutine.
type course struct {
	ends    []func()
	lenient bool
	over    bool // and what is left behind does not matter
	lived   bool // the body's goroutine came to its own end
}

// AtEnd has f run when body is over and has not failed, before the look for leaks. The
// last one goes first.
func (c *course) AtEnd(f func()) { c.ends = append(c.ends, f) }

// LeaveLeaksToOthers makes this test blind for what it leaves behind, so that it fails
// for its own Rule alone. NothingLeftSince still sees.
func (c *course) LeaveLeaksToOthers() { c.lenient = true }

// Go runs f in a goroutine. A panic in f fails this test and does not end the others.
func (t *T) Go(f func()) { go t.try(f) }

func (t *T) try(f func()) {
	defer func() {
		if r := recover(); r != nil {
			t.fail(t.explainPanic(r, debug.Stack()))
		}
	}()
	f()
}

// CatchServerPanics lets the test fail for a panic in a handler of net/http, which
// recovers it and only logs it.
func (t *T) CatchServerPanics() {
	log.SetOutput(serverLog{t})
	t.Cleanup(func() { log.SetOutput(serverLog{}) })
}

// A serverLog is where package log writes in a test. Without one, what has outlived a test that
// failed may still panic: that is only an echo.
type serverLog struct{ t *T }

func (l serverLog) Write(line []byte) (int, error) {
	reason, stack, _ := strings.Cut(string(line), "\n")
	_, what, isPanic := strings.Cut(reason, "panic serving ")
	switch {
	case !isPanic && l.t != nil:
		keepLog(line)
	case !isPanic:
		return os.Stderr.Write(line)
	case l.t != nil:
		_, value, _ := strings.Cut(what, ": ") // what begins with the client's address
		l.t.fail(l.t.explainPanic(value, []byte(stack)))
	}
	return len(line), nil
}

// A Mark remembers which goroutines there were at one moment of a test.
type Mark struct {
	there   goleak.Option
	members []goroutine
}

// Mark notes which goroutines there are, for NothingLeftSince. In virtual time it first
// lets everyone do what there is to do, and so perhaps start more.
func (t *T) Mark() Mark {
	t.Settle()
	return Mark{goleak.IgnoreCurrent(), t.members()}
}

// Settle lets every goroutine do what there is to do now. In real time it does nothing:
// there one cannot know when that is.
func (t *T) Settle() {
	if t.bubble.Load() != 0 {
		synctest.Wait()
	}
}

// NothingLeftSince fails the test if a goroutine that was started since the mark
// is still there, and has not taken the place of one that was there then.
func (t *T) NothingLeftSince(mark Mark) {
	t.Helper()
	if leak := t.left(mark); leak != "" {
		t.Fatalf("%s", leak)
	}
}

// Goroutines lists those of this test that stand in the student's files, a line each,
// with what they wait for.
func (t *T) Goroutines() string {
	return t.list(slices.DeleteFunc(t.members(), func(g goroutine) bool {
		c, _ := g.own(t.dir)
		return c.isTest()
	}))
}

func (t *T) left(since Mark) string {
	if err := goleak.Find(since.there); err != nil {
		return t.explainLeak(since, err)
	}
	return ""
}

// Errorf reports a failure together with the Lesson and what happened before it: in the
// place of it a panic, if one of the test's goroutines has had one, since that is the cause.
// The test goes on, but only its first failure is reported: the others follow from it.
func (t *T) Errorf(format string, args ...any) {
	t.Helper()
	t.stayIfGivenUp()
	t.whileOpen(func() {
		t.Helper()
		if t.isFirst() {
			t.sayWrong(cmp.Or(t.finding(), fmt.Sprintf(format, args...)))
		}
	})
}

// Fatalf is Errorf, and ends the test.
func (t *T) Fatalf(format string, args ...any) {
	t.Helper()
	t.Errorf(format, args...)
	t.FailNow()
}

// Require ends the test with this message unless ok.
func (t *T) Require(ok bool, format string, args ...any) {
	t.Helper()
	if !ok {
		t.Fatalf(format, args...)
	}
}

// RequireEqual ends the test unless got is what was wanted. The message says what the two
// are. It is for labs that have no other use of a network: testify brings one along.
func (t *T) RequireEqual(want, got any, format string, args ...any) {
	t.Helper()
	if !reflect.DeepEqual(want, got) {
		t.Fatalf("%s\nNot equal:\nexpected: %s\nactual  : %s", fmt.Sprintf(format, args...), shown(want), shown(got))
	}
}

// shown is a value as a test's author would write it.
func shown(value any) string {
	if s, ok := value.(fmt.Stringer); ok {
		return s.String()
	}
	return fmt.Sprintf("%#v", value)
}

// FailNow ends the test.
func (t *T) FailNow() {
	t.stayIfGivenUp()
	t.whileOpen(t.T.FailNow)
	runtime.Goexit()
}

// fail lets the test fail for something that its body cannot report.
func (t *T) fail(what string) {
	t.stayIfGivenUp()
	t.found(what)
	t.whileOpen(t.T.Fail)
}

// patience is how long, in real time, a test in virtual time may seem stuck.
const patience = 3 * time.Second

// endsInTime waits for ended, but not for ever: goroutines that wait for a mutex
// (which synctest cannot see through) and loops that spin have no end. It counts
// ticks, not time: a machine too busy for the test is too busy for the ticks. A test
// that notes something is not stuck, nor is one that needs more memory, for more goroutines
// or calls: it may take ten times the limit, but not note too much.
func endsInTime(ended <-chan struct{}, limit time.Duration, noted func() int) bool {
	const tick = 50 * time.Millisecond
	ticks := time.NewTicker(tick)
	defer ticks.Stop()
	patience, seen, most := int(limit/tick), 0, memory()
	for left, all := patience, 10*patience; left > 0 && all > 0; left, all = left-1, all-1 {
		select {
		case <-ended:
			return true
		case <-ticks.C:
		}
		now, taken := noted(), memory()
		if now == tooMany {
			return false
		}
		if now != seen || taken > most {
			seen, most, left = now, max(most, taken), patience
		}
	}
	return false
}

// A verdict holds the first thing found wrong that the body itself cannot report.
type verdict struct {
	mu       sync.Mutex
	first    string
	reported bool
	givenUp  bool

	door   sync.Mutex // held while something is reported
	closed bool       // nothing may be reported any more
}

// close ends the time in which the body's test takes reports. A goroutine that goes on
// after its test has failed has nothing more to say, and testing would panic.
func (v *verdict) close() {
	v.door.Lock()
	defer v.door.Unlock()
	v.closed = true
}

func (t *T) whileOpen(report func()) {
	t.Helper()
	t.door.Lock()
	defer t.door.Unlock()
	if !t.closed {
		report()
	}
}

// giveUp is for a body that hangs: it must not disturb the tests that come after.
func (v *verdict) giveUp() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.givenUp = true
}

// stayIfGivenUp keeps a body that was given up, and goes on after all, where it is.
func (v *verdict) stayIfGivenUp() {
	v.mu.Lock()
	givenUp := v.givenUp
	v.mu.Unlock()
	if givenUp {
		<-never
	}
}

// never is made outside every bubble, so that whoever waits here is not a deadlock.
var never = make(chan struct{})

// isFirst reports whether it is called for the first time.
func (v *verdict) isFirst() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	defer func() { v.reported = true }()
	return !v.reported
}

func (v *verdict) found(what string) {
	if what == "" {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.first == "" {
		v.first = what
	}
}

func (v *verdict) finding() string {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.first
}
