package explore

import (
	"context"
	"iter"
	"reflect"
	"runtime"
	"unsafe"
)

// An operation is what a goroutine that is blocked waits for.
type operation struct {
	channel unsafe.Pointer
	sends   bool
}

// identity tells whether two channels are the same, whatever their direction.
func identity[C any](c C) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&c)) }

// Send is c <- v.
func Send[T any](c chan<- T) func(T) {
	return func(v T) {
		g := point("chan send", nil)
		if g == nil {
			mourn()
			c <- v
			return
		}
		g.waits = []operation{{identity(c), true}}
		select {
		case c <- v:
		case <-g.turn:
		}
		g.back()
	}
}

// Recv is <-c.
func Recv[T any](c <-chan T) T {
	v, _ := Recv2(c)
	return v
}

// Recv2 is <-c, and whether the channel was still open.
func Recv2[T any](c <-chan T) (v T, ok bool) {
	g := point("chan receive", nil)
	if g == nil {
		mourn()
		v, ok = <-c
		return v, ok
	}
	g.waits = []operation{{identity(c), false}}
	select {
	case v, ok = <-c:
	case <-g.turn:
	}
	g.back()
	return v, ok
}

// mourn ends a goroutine that would wait again, though its order is over.
func mourn() {
	if isDying() {
		runtime.Goexit()
	}
}

// Range is what a loop over a channel goes through.
func Range[T any](c <-chan T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for v, ok := Recv2(c); ok && yield(v); v, ok = Recv2(c) {
		}
	}
}

// Close is close(c).
func Close[T any](c chan<- T) {
	if isDying() {
		return
	}
	point("close", nil)
	close(c)
	if now != nil {
		now.closed[identity(c)] = true
	}
}

// Look stands around what is asked how it is: a channel for its length, a context for its error.
func Look[T any](v T) T {
	point("look", nil)
	return v
}

// Forever is select {}.
func Forever() {
	var never chan int
	Recv(never)
}

// A Case is one of those between which a select chooses.
type Case struct {
	line  int // on which it stands
	c     reflect.Value
	sends bool
	v     reflect.Value // what it sends, or what has come
	taken bool          // by isReady, which had no other way to find out
	OK    bool
}

// A Receipt is a case that receives.
type Receipt[T any] Case

// OnRecv is case <-c.
func OnRecv[T any](line int, c <-chan T) *Receipt[T] {
	return &Receipt[T]{line: line, c: reflect.ValueOf(c)}
}

// OnSend is case c <- v.
func OnSend[T any](line int, c chan<- T) func(T) *Case {
	return func(v T) *Case {
		return &Case{line: line, c: reflect.ValueOf(c), sends: true, v: reflect.ValueOf(&v).Elem()}
	}
}

// Self is what Select gets.
func (r *Receipt[T]) Self() *Case { return (*Case)(r) }

// Self is what Select gets.
func (c *Case) Self() *Case { return c }

// V is what has come.
func (r *Receipt[T]) V() T {
	v, _ := r.v.Interface().(T) // of an interface type it may be nil
	return v
}

func (c *Case) operation() operation { return operation{c.c.UnsafePointer(), c.sends} }

func (c *Case) isReady(o *order) bool {
	if o.isWaitedFor(operation{c.c.UnsafePointer(), !c.sends}) {
		return true
	}
	if c.sends {
		return c.c.Len() < c.c.Cap() || o.closed[c.c.UnsafePointer()]
	}
	if c.c.Len() > 0 {
		return true
	}
	// Nobody sends. If something comes all the same, the channel is closed, or a timer's.
	c.taken = c.take()
	return c.taken
}

// must reports whether isReady has done it already, and it cannot be done again.
func (c *Case) must() bool { return c.taken && c.OK }

// take does it without waiting, if it can.
func (c *Case) take() bool {
	switch {
	case c.taken:
	case c.sends:
		return c.c.TrySend(c.v)
	default:
		c.v, c.OK = c.c.TryRecv()
	}
	return c.v.IsValid()
}

// isWaitedFor reports whether some goroutine is blocked in this operation.
func (o *order) isWaitedFor(op operation) bool {
	for _, g := range o.all {
		for _, w := range g.waits {
			if g.state == blocked && w == op {
				return true
			}
		}
	}
	return false
}

// Select is a select statement. It returns the number of the case that it took, -1 for the
// default. Where several can be taken, the scheduler chooses.
func Select(hasDefault bool, cases ...*Case) int {
	g := point("select", nil)
	if g == nil {
		mourn()
	}
	if g != nil {
		var ready []int
		for i, c := range cases {
			if c.isReady(g.o) {
				ready = append(ready, i)
			}
			if c.must() {
				ready = []int{i}
				break
			}
		}
		for len(ready) > 0 {
			k := g.o.choose(len(ready))
			i := ready[k]
			g.chose(cases[i].line)
			if cases[i].take() {
				return i
			}
			ready = append(ready[:k:k], ready[k+1:]...)
		}
		if hasDefault {
			if n := len(g.o.rows); n > 0 && g.o.rows[n-1].g == g {
				g.o.rows[n-1].kind = "default"
			}
			return -1
		}
	}
	var all []reflect.SelectCase
	for _, c := range cases {
		way := reflect.SelectCase{Dir: reflect.SelectRecv, Chan: c.c}
		if c.sends {
			way.Dir, way.Send = reflect.SelectSend, c.v
		}
		all = append(all, way)
	}
	if g != nil {
		g.waits = nil
		for _, c := range cases {
			g.waits = append(g.waits, c.operation())
		}
		all = append(all, reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(g.turn)})
	} else if hasDefault {
		all = append(all, reflect.SelectCase{Dir: reflect.SelectDefault})
	}
	i, v, ok := reflect.Select(all)
	if g != nil {
		g.back()
	}
	if i == len(cases) {
		return -1
	}
	if g != nil {
		g.chose(cases[i].line)
	}
	if v.IsValid() {
		cases[i].v, cases[i].OK = v, ok
	}
	return i
}

// chose lets the step show the case that a select took.
func (g *goroutine) chose(line int) {
	g.row.line = line
	if n := len(g.o.rows); n > 0 && g.o.rows[n-1].g == g {
		g.o.rows[n-1].line = line
	}
}

// Cancels stands around context.WithCancel and its relatives: to cancel is a point.
func Cancels(ctx context.Context, cancel context.CancelFunc) (context.Context, context.CancelFunc) {
	return ctx, func() {
		point("cancel", nil)
		cancel()
	}
}

// CancelsCause is Cancels for context.WithCancelCause.
func CancelsCause(ctx context.Context, cancel context.CancelCauseFunc) (context.Context, context.CancelCauseFunc) {
	return ctx, func(cause error) {
		point("cancel", nil)
		cancel(cause)
	}
}

// OnDone is context.AfterFunc.
func OnDone(ctx context.Context, f func()) (stop func() bool) {
	return context.AfterFunc(ctx, fires(f))
}
