package explore

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing/synctest"
	"time"
	"unsafe"
)

// What a goroutine is doing.
type state int

const (
	running state = iota
	parked        // at a point, until the scheduler gives it the turn
	blocked       // in a real channel operation or asleep, until somebody wakes it
	dormant       // a timer's, which has not fired
	done
)

// A goroutine is one that the scheduler knows.
type goroutine struct {
	o      *order
	id     int    // in the order of starting; 0 is the test's body
	name   string // what the test calls it; "": the student's code has started it
	state  state
	turn   chan struct{} // gets a value for each step; closed to end the goroutine
	ready  func() bool   // parked: can it take its step? nil: yes
	isNew  bool          // parked before its first step
	onHold bool          // and that until the body waits
	row    row           // the step before which it has parked last
	at     access        // parked: the variable that it is about to use
	waits  []operation   // blocked: on what
	locks  []hold
	wants  any  // parked: the lock that it waits for
	steps  int  // so many in a row
	yields bool // it lets others go first
	burst  bool // it lets nobody go first
}

// An order is one run of the body.
type order struct {
	prefix    []byte // the choices that are given; after them comes the first choice
	choices   []byte // of how many there was one to make; parallel to taken
	free      []bool // the choices that cost no switch; parallel to taken
	taken     []byte
	hot       map[int]bool // the places in the code whose variables several goroutines use
	foundHot  bool
	closely   bool // rows know their lines, and each use of a variable gets one
	cells     map[unsafe.Pointer]*cell
	keys      map[any]int // the keys of maps, in the order in which they were first seen
	closed    map[unsafe.Pointer]bool
	all       []*goroutine
	current   *goroutine
	behind    *goroutine    // has the turn, while a new goroutine comes to its first point
	arrived   chan struct{} // gets a value when a goroutine has parked
	exploring bool
	over      bool
	gaveUp    string
	failure   string
	race      string
	raceRows  []row
	rows      []row
	waiting   []row // of those who wait when the test finds fault
	unfair    bool  // to one who would not stop
	switches  int   // where a goroutine that could have gone on had to wait for another one
	outcomes  map[string]int
	leaves    bool // goroutines, and may
	lived     bool // the body came to its own end
	notes     []string
	steps     int
}

// now is the order that runs: one at a time.
var now *order

// forever is longer than any pause of a program, for what never comes.
const forever = 200 * 365 * 24 * time.Hour

// most is how many steps an order may have, and inARow how many one goroutine may take while
// others could go on: a loop that polls must not keep the turn.
const (
	most   = 20_000
	inARow = 60
)

// run runs body in this order. It must be called in a bubble of its own.
func (o *order) run(body func(x *X)) {
	now = o
	defer func() { now = nil }()
	o.arrived = make(chan struct{}, 1)
	o.spawn("the test", func() {
		body(&X{o})
		o.lived = true
	})
	for o.steps = 1; o.failure == "" && o.gaveUp == ""; o.steps++ {
		synctest.Wait()
		if o.current != nil && o.current.state == running {
			o.current.state = blocked
		}
		if o.failure != "" {
			break
		}
		if o.steps > most {
			o.gaveUp = "it never comes to an end"
			break
		}
		if o.behind != nil {
			o.current, o.behind = o.behind, nil
		}
		switch g := o.next(); {
		case g != nil:
			o.give(g)
		case o.timePasses():
		default:
			o.judgeTheEnd()
			o.end()
			return
		}
	}
	o.end()
}

// next returns who takes the next step: nil, if nobody can. What a new goroutine does before its
// first point matters to nobody, so it is done at once.
func (o *order) next() *goroutine {
	for _, g := range o.all[1:] {
		if g.isNew && g.isReady() {
			g.isNew, o.behind = false, o.current
			return g
		}
	}
	ready := o.ready()
	if len(ready) == 0 {
		return nil
	}
	return ready[o.choose(len(ready))]
}

// ready returns those who can take a step, the first choice first: who has the turn, then
// the others in the order of starting. The body goes on only when nobody else can.
func (o *order) ready() (list []*goroutine) {
	last := o.current
	if last != nil && (last.yields || last.steps > last.mayTake()) {
		o.unfair = o.unfair || !last.yields
		last = nil // let others go first
	}
	if last != nil && last.id != 0 && last.isReady() {
		if list = append(list, last); last.burst {
			return list
		}
	}
	others := o.all[1:]
	if c := o.current; c != nil && c != last && c.id > 0 { // each gets its turn: after it come those behind it
		others = slices.Concat(o.all[c.id:], o.all[1:c.id])
	}
	for _, g := range others {
		if g != last && g != o.current && g.isReady() {
			list = append(list, g)
		}
	}
	if c := o.current; c != nil && c != last && c.id != 0 && c.isReady() {
		list = append(list, c)
	}
	body := o.all[0]
	waits := body.row.kind == "" // for all others
	if body.isReady() && (len(list) == 0 || !o.exploring && body == o.current && !waits) {
		return []*goroutine{body}
	}
	return list
}

// mayTake is how many steps in a row g may take while others could go on.
func (g *goroutine) mayTake() int {
	if g.burst {
		return most / 4
	}
	return inARow
}

func (g *goroutine) isReady() bool {
	return g.state == parked && !g.onHold && (g.ready == nil || g.ready())
}

// choose returns which of n to take, and remembers that there was a choice.
func (o *order) choose(n int) int {
	if n < 2 || !o.exploring {
		return 0
	}
	n = min(n, 255)
	choice := byte(0)
	if i := len(o.taken); i < len(o.prefix) {
		choice = o.prefix[i] % byte(n)
	}
	o.taken = append(o.taken, choice)
	o.choices = append(o.choices, byte(n))
	o.free = append(o.free, o.current == nil || !o.current.isReady())
	return int(choice)
}

// give lets g take its step.
func (o *order) give(g *goroutine) {
	last := o.current
	if g.steps++; g != last {
		g.steps = 0
	}
	g.yields = false
	if o.exploring && o.behind == nil {
		if last != nil && last != g && last.id != 0 && last.isReady() {
			o.switches++
		}
		if g.row.kind != "" {
			o.rows = append(o.rows, g.row)
		}
	}
	g.state, o.current = running, g
	g.turn <- struct{}{}
}

// timePasses lets the bubble's clock go on until somebody has something to do. It reports
// false if that never comes.
func (o *order) timePasses() bool {
	select {
	case <-o.arrived: // an old one
	default:
	}
	timer := time.NewTimer(forever)
	defer timer.Stop()
	select {
	case <-o.arrived:
		return true
	case <-timer.C:
		return false
	}
}

// judgeTheEnd fails the order if somebody is left when nobody can go on.
func (o *order) judgeTheEnd() {
	var waiting, left []string
	for _, g := range o.all {
		if g.state == done || g.state == dormant || g.onHold || g.id == 0 && g.row.kind == "" {
			continue // the last is the body, which waits for the others
		}
		text := fmt.Sprintf("\n  %s  waits: %s%s", g.row.place(), g.row.kind, o.holder(g))
		if g.name != "" {
			waiting = append(waiting, g.name+text)
			o.rows = append(o.rows, g.forever())
		} else {
			left = append(left, fmt.Sprintf("a goroutine of %s", g.row.starter)+text)
		}
	}
	switch {
	case o.all[0].state == done && !o.lived:
		o.fail("the code has ended the goroutine of the test: runtime.Goexit does not return")
	case len(waiting) > 0:
		o.fail(fmt.Sprintf("deadlock: nobody is left who could wake %s", strings.Join(waiting, "\n")))
	case len(left) > 0 && !o.leaves:
		o.fail(fmt.Sprintf("leak: when all is over, there is still %s", strings.Join(left, "\n")))
	}
}

// forever is the step at which g waits for ever.
func (g *goroutine) forever() row {
	last := g.row
	last.kind = "forever"
	return last
}

// holder says who has the lock for which g waits.
func (o *order) holder(g *goroutine) string {
	for _, other := range o.all {
		for _, h := range other.locks {
			if g.state == parked && h.lock == g.wants && h.at.place() != "" {
				if !h.alone && strings.HasSuffix(g.row.kind, "RLock") {
					return fmt.Sprintf("\n  %s  %s has an RLock, and a Lock that waits lets no other RLock in", h.at.place(), other.title())
				}
				if other == g {
					return fmt.Sprintf("\n  %s  %s itself has locked it, and has not unlocked it", h.at.place(), other.title())
				}
				return fmt.Sprintf("\n  %s  %s has locked it, and has not unlocked it", h.at.place(), other.title())
			}
		}
	}
	return ""
}

func (g *goroutine) title() string {
	if g.name != "" {
		return g.name
	}
	return fmt.Sprintf("goroutine of %s", g.row.starter)
}

// quoted is the title for a sentence, where the commas of "Join, Leave" would mislead.
func (g *goroutine) quoted() string {
	if strings.Contains(g.title(), ",") {
		return fmt.Sprintf("%q", g.title())
	}
	return g.title()
}

func (o *order) namedAreDone() bool {
	for _, g := range o.all[1:] {
		if g.name != "" && g.state != done {
			return false
		}
	}
	return true
}

// explore is how the body waits: until may holds and nobody else can go on.
func (o *order) explore(may func() bool) {
	o.exploring = !o.namedAreDone()
	for _, g := range o.all {
		g.onHold = false
	}
	g := o.current
	g.row = row{}
	g.park(may)
	o.exploring = false
}

// end ends the goroutines that are left, one after another: each runs what it has deferred.
func (o *order) end() {
	o.over = true
	for _, g := range o.all {
		if g.state != done {
			close(g.turn)
			synctest.Wait()
		}
	}
}

// spawn starts a goroutine, which waits for its first turn.
func (o *order) spawn(name string, f func()) *goroutine {
	g := o.enroll(name)
	g.state, g.isNew = parked, true
	go g.live(f)
	return g
}

func (o *order) enroll(name string) *goroutine {
	g := &goroutine{o: o, id: len(o.all), name: name, turn: make(chan struct{})}
	if name == "" && o.closely {
		g.row.starter = newRow(o.current, "start").starterName()
	}
	o.all = append(o.all, g)
	return g
}

// live is the life of a goroutine.
func (g *goroutine) live(f func()) {
	defer g.finish()
	g.wait()
	f()
}

// finish ends a goroutine. A panic in it fails the order, and nothing else.
func (g *goroutine) finish() {
	if r := recover(); r != nil && !g.o.over {
		last := newRow(g, "panic")
		g.o.rows = slices.DeleteFunc(g.o.rows, func(r row) bool { return r.g == g && r.unwinds() })
		for _, r := range slices.Backward(g.o.rows) {
			if r.g == g {
				chosen := r.line // the case that a select has taken
				if r.line = 0; r.place() == last.place() {
					last.line = chosen
				}
				break
			}
		}
		g.o.rows = append(g.o.rows, last)
		where := last.place() + "  " + last.function()
		if last.place() == "" { // a nil function, started
			where = "a " + g.title()
		}
		g.o.fail(fmt.Sprintf("panic: %v\n  %s", r, where))
	}
	g.state = done
}

// park waits at a point for the turn.
func (g *goroutine) park(ready func() bool) {
	g.ready, g.state = ready, parked
	select {
	case g.o.arrived <- struct{}{}:
	default:
	}
	g.wait()
	g.ready = nil
}

func (g *goroutine) wait() {
	if _, ok := <-g.turn; !ok {
		runtime.Goexit()
	}
}

// back is what comes after an operation that may have blocked: whoever was woken up waits
// for the turn again.
func (g *goroutine) back() {
	if g.o.over {
		runtime.Goexit()
	}
	if g.state == blocked {
		g.row.kind = "woken"
		g.park(nil)
	}
	g.waits = nil
}

// fail ends the order.
func (o *order) fail(what string) {
	if o.failure == "" && !o.over {
		o.failure = what
	}
}

// point is where a goroutine lets the scheduler choose. It returns the goroutine: nil where
// nothing is explored, and what an operation does is of no importance.
func point(kind string, ready func() bool) *goroutine {
	o := now
	if o == nil || o.over {
		return nil
	}
	g := o.current
	goesOn := !o.exploring && (ready == nil || ready())
	if goesOn && g.id == 0 { // the body, before the others, between their steps or after them
		g.row = row{g: g, kind: kind}
		if len(o.rows) > 0 {
			o.rows = append(o.rows, newRow(g, ofTheTest))
		}
		return g
	}
	g.row = newRow(g, kind)
	if !goesOn {
		g.park(ready)
	}
	return g
}

// Yield is runtime.Gosched: others go first.
func Yield() {
	if o := now; o != nil && !o.over {
		o.current.yields = true
		point("runtime.Gosched", nil)
	}
}

// Go is the go statement.
func Go(f func()) {
	if o := now; o != nil && !o.over {
		o.spawn("", f)
		return
	}
	if now == nil {
		go f()
	}
}

// Sleep is time.Sleep.
func Sleep(d time.Duration) {
	g := point("sleep", nil)
	if g == nil {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-g.turn:
	}
	g.back()
}

// AfterFunc is time.AfterFunc.
func AfterFunc(d time.Duration, f func()) *time.Timer {
	return time.AfterFunc(d, fires(f))
}

// fires returns f as something that starts by itself, in a goroutine of its own.
func fires(f func()) func() {
	o := now
	if o == nil || o.over {
		return f
	}
	g := o.enroll("")
	g.state = dormant
	return func() {
		if o.over {
			return
		}
		if g.state == done { // a timer that was reset
			g.turn = make(chan struct{})
		}
		defer g.finish()
		g.row.kind = ""
		g.park(nil)
		f()
	}
}
