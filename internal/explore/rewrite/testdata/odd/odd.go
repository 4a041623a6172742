// Package odd has each thing that the rewriter knows, in the forms that Go allows.
package odd

import (
	"context"
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// A Box is embedded, generic and locked.
type Box[T any] struct {
	sync.Mutex
	v T
}

func (b *Box[T]) Set(v T) {
	b.Lock()
	defer b.Unlock()
	b.v = v
}

func (b *Box[T]) Get() T {
	b.Lock()
	defer b.Unlock()
	return b.v
}

// A Count is a counter without any protection.
type Count struct {
	n    int
	seen map[string]int
}

func (c *Count) Add() int { c.n++; return c.n }

func (c *Count) Plus(d int) { c.n += d }

func (c *Count) Note(name string) { c.seen[name]++ }

// Twice looks under one lock and acts under the next.
func (b *Box[T]) Twice(want func(T) bool, v T) bool {
	b.Lock()
	ok := want(b.v)
	b.Unlock()
	if ok {
		b.Set(v)
	}
	return ok
}

// A Server is a goroutine that owns a number.
type Server struct {
	add  chan int
	get  chan (chan int)
	stop chan struct{}
}

func NewServer() *Server {
	s := &Server{make(chan int), make(chan (chan int)), make(chan struct{})}
	go s.serve(0, s.stop)
	return s
}

func (s *Server) serve(n int, stop <-chan struct{}) {
loop:
	for {
		select {
		case d, ok := <-s.add:
			if !ok {
				break loop
			}
			n += d
		case answer := <-s.get:
			answer <- n
		case <-stop:
			break loop
		}
	}
}

func (s *Server) Add(d int) {
	select {
	case s.add <- d:
	case <-s.stop:
	}
}

func (s *Server) Get() int {
	answer := make(chan int, 1)
	s.get <- answer
	return <-answer
}

// Sum uses a channel in every way.
func Sum(numbers ...int) (total int) {
	c := make(chan int, 1)
	var senders sync.WaitGroup
	for _, n := range numbers {
		senders.Go(func() { c <- n })
	}
	go func(c chan<- int, done interface{ Wait() }) {
		done.Wait()
		close(c)
	}(c, &senders)
	for n := range c {
		total += n
	}
	if _, ok := <-c; ok {
		panic("open")
	}
	return total
}

// Names are the keys of a map, in whatever order.
func Names(m map[string]bool) (names []string) {
	for name := range m {
		names = append(names, name)
	}
	more := maps.Clone(m)
	maps.Copy(more, m)
	clear(slices.Clone(names))
	maps.DeleteFunc(more, func(name string, _ bool) bool { return name == "" })
	return append(names, slices.Collect(maps.Keys(more))...)
}

// Gate opens once.
type Gate struct {
	once sync.Once
	mu   sync.RWMutex
	cond *sync.Cond
	open bool
	all  sync.Map
	hits atomic.Int64
	last atomic.Pointer[string]
	raw  int32
}

func NewGate() *Gate {
	g := &Gate{}
	g.cond = sync.NewCond(g.mu.RLocker())
	return g
}

func (g *Gate) Open(name string) {
	g.once.Do(func() {
		g.mu.Lock()
		g.open = true
		g.mu.Unlock()
		g.cond.Broadcast()
	})
	g.all.Store(name, true)
	g.hits.Add(1)
	g.last.Store(&name)
	atomic.AddInt32(&g.raw, 1)
}

func (g *Gate) Pass() {
	g.mu.RLock()
	defer g.mu.RUnlock()
	for !g.open {
		g.cond.Wait()
	}
}

func (g *Gate) Names() (n int) {
	g.all.Range(func(any, any) bool { n++; return true })
	return n
}

// Later uses timers and contexts.
func Later(f func()) {
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(time.Second, f)
	stop := context.AfterFunc(ctx, f)
	time.Sleep(2 * time.Second)
	cancel()
	stop()
	timeout, end := context.WithTimeout(context.Background(), time.Second)
	defer end()
	<-timeout.Done()
	select {
	case <-time.After(time.Minute):
	default:
		runtime.Gosched()
	}
}

// Spin waits without sleeping.
func Spin(flag *atomic.Bool) {
	for !flag.Load() {
		runtime.Gosched()
	}
}

// Local shares a variable of its own.
func Local() int {
	n, done := 0, make(chan bool)
	go func() {
		n++
		done <- true
	}()
	n++
	<-done
	return n
}

// Try tries a lock.
func Try(mu *sync.Mutex) (got bool) {
	if got = mu.TryLock(); got {
		defer mu.Unlock()
	}
	return got
}

// A Pair is copied as a whole.
type Pair struct{ name, text string }

// A Board holds one, without any protection.
type Board struct{ last Pair }

func (b *Board) Put(p Pair) { b.last = p }

func (b *Board) Get() Pair { return b.last }

type line []int

func (l *line) push(v int) { *l = append(*l, v) }

type place int8

const front place = 1

// A Desk takes what it is given in every way that the language allows.
type Desk struct {
	mu    sync.Mutex
	line  line
	at    map[place]int
	last  int
	ok    bool
	calls chan call
}

type call struct {
	v    int
	done chan error
}

// locked takes the lock.
func (d *Desk) locked() *Desk {
	d.mu.Lock()
	return d
}

func (d *Desk) number() (int, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.line.push(1)
	return len(d.line), true
}

// NewDesk starts one who answers each call with nil.
func NewDesk() *Desk {
	d := &Desk{at: map[place]int{front: 0, -1: 1}, calls: make(chan call)}
	go func() (n int) {
		for c := range d.calls {
			d.locked().last = c.v
			d.mu.Unlock()
			c.done <- nil
			n++
		}
		return n
	}()
	return d
}

func (d *Desk) both(n int, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.last, d.ok = n, ok
}

// Call is one visit.
func (d *Desk) Call(v int) error {
	done := make(chan error)
	select {
	case d.calls <- call{
		v:    v,
		done: done,
	}:
	}
	go d.both(d.number())
	d.visit()
	select {
	case err := <-done:
		return err
	}
}

// visit defers before it locks, and in the other order.
func (d *Desk) visit() {
	defer d.mu.Unlock()
	defer delete(d.at, front)
	d.mu.Lock()
	d.at[front]++
}

// A Tray gives all that lies on it, and is used again while the one who took it still reads.
type Tray struct {
	mu   sync.Mutex
	lies []int
}

func (t *Tray) Put(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lies = append(t.lies, n)
}

func (t *Tray) Sum() (sum int) {
	t.mu.Lock()
	all := t.lies
	t.lies = t.lies[:0]
	t.mu.Unlock()
	for _, n := range all {
		n := n
		sum += n
	}
	return sum
}
