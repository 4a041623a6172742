package explore

import (
	"runtime"
	"slices"
	"sync"
)

// What follows has the names and the behaviour of package sync, as points. In the copy that
// is explored, the import of "sync" leads here.

// Locker is sync.Locker.
type Locker = sync.Locker

// A hold is a lock that a goroutine has: alone, or as one of several readers.
type hold struct {
	lock  any
	alone bool
	at    row // where it took it
}

// take notes that the goroutine that runs has the lock now.
func take(lock any, alone bool) {
	if o := now; o != nil {
		g := o.current
		g.locks = append(g.locks, hold{lock, alone, newRow(g, "lock")})
		g.wants = nil
	}
}

// lockPoint is the point before a lock is taken.
func lockPoint(kind string, lock any, isFree func() bool) {
	if o := now; o != nil {
		o.current.wants = lock
	}
	point(kind, isFree)
}

// release notes that it has it no more; another one may have taken it.
func release(lock any) {
	o := now
	if o == nil {
		return
	}
	for _, g := range append([]*goroutine{o.current}, o.all...) {
		if i := slices.IndexFunc(g.locks, func(h hold) bool { return h.lock == lock }); i >= 0 {
			g.locks = slices.Delete(slices.Clone(g.locks), i, i+1)
			return
		}
	}
}

// tries is the place in the code that stands for "somebody tries a lock": then letting go of
// one is a point too, since it matters whether a lock is free.
const tries = -1

func tryPoint(kind string) {
	if o := now; o != nil && o.exploring && !o.hot[tries] {
		o.hot[tries], o.foundHot = true, true
	}
	point(kind, nil)
}

// unlockPoint is what comes before a lock is free again.
func unlockPoint() {
	if o := now; o != nil && o.hot[tries] {
		point("unlock", nil)
	} else {
		mention("unlock")
	}
}

// isDying reports whether the goroutine only runs what it has deferred, after its order.
func isDying() bool { return now != nil && now.over }

// fatal is what ends a whole program: no recover can stop it.
func fatal(what string) {
	if o := now; o != nil {
		last := newRow(o.current, "fatal")
		o.rows = append(o.rows, last)
		o.fail("fatal error: " + what + "\n  " + last.place() + "  " + last.function())
		runtime.Goexit()
	}
	panic("fatal error: " + what)
}

// A Mutex is a sync.Mutex.
type Mutex struct{ locked bool }

// Lock is sync.Mutex.Lock.
func (m *Mutex) Lock() {
	if isDying() {
		return
	}
	lockPoint("sync.Mutex.Lock", m, func() bool { return !m.locked })
	m.locked = true
	take(m, true)
}

// TryLock is sync.Mutex.TryLock.
func (m *Mutex) TryLock() bool {
	tryPoint("sync.Mutex.TryLock")
	if m.locked {
		return false
	}
	m.locked = true
	take(m, true)
	return true
}

// Unlock is sync.Mutex.Unlock.
func (m *Mutex) Unlock() {
	if isDying() {
		return
	}
	if !m.locked {
		fatal("sync: unlock of unlocked mutex")
	}
	unlockPoint()
	m.locked = false
	release(m)
}

// An RWMutex is a sync.RWMutex: a writer that waits keeps new readers out.
type RWMutex struct {
	writing bool
	waiting int
	readers int
}

// Lock is sync.RWMutex.Lock.
func (m *RWMutex) Lock() {
	if isDying() {
		return
	}
	point("sync.RWMutex.Lock", nil)
	if m.writing || m.readers > 0 {
		m.waiting++
		lockPoint("sync.RWMutex.Lock", m, func() bool { return !m.writing && m.readers == 0 })
		m.waiting--
	}
	m.writing = true
	take(m, true)
}

// TryLock is sync.RWMutex.TryLock.
func (m *RWMutex) TryLock() bool {
	tryPoint("sync.RWMutex.TryLock")
	if m.writing || m.readers > 0 {
		return false
	}
	m.writing = true
	take(m, true)
	return true
}

// Unlock is sync.RWMutex.Unlock.
func (m *RWMutex) Unlock() {
	if isDying() {
		return
	}
	if !m.writing {
		fatal("sync: Unlock of unlocked RWMutex")
	}
	unlockPoint()
	m.writing = false
	release(m)
}

// RLock is sync.RWMutex.RLock.
func (m *RWMutex) RLock() {
	if isDying() {
		return
	}
	lockPoint("sync.RWMutex.RLock", m, func() bool { return !m.writing && m.waiting == 0 })
	m.readers++
	take(m, false)
}

// TryRLock is sync.RWMutex.TryRLock.
func (m *RWMutex) TryRLock() bool {
	tryPoint("sync.RWMutex.TryRLock")
	if m.writing || m.waiting > 0 {
		return false
	}
	m.readers++
	take(m, false)
	return true
}

// RUnlock is sync.RWMutex.RUnlock.
func (m *RWMutex) RUnlock() {
	if isDying() {
		return
	}
	if m.readers == 0 {
		fatal("sync: RUnlock of unlocked RWMutex")
	}
	unlockPoint()
	m.readers--
	release(m)
}

// RLocker is sync.RWMutex.RLocker.
func (m *RWMutex) RLocker() Locker { return (*readLocker)(m) }

type readLocker RWMutex

func (m *readLocker) Lock()   { (*RWMutex)(m).RLock() }
func (m *readLocker) Unlock() { (*RWMutex)(m).RUnlock() }

// A Cond is a sync.Cond.
type Cond struct {
	L       Locker
	waiting []*bool // of each who waits, whether it has been woken
}

// NewCond is sync.NewCond.
func NewCond(l Locker) *Cond { return &Cond{L: l} }

// Wait is sync.Cond.Wait. There is a point before it: whoever signals without the lock may
// come between the look and the wait.
func (c *Cond) Wait() {
	if isDying() {
		runtime.Goexit()
	}
	point("sync.Cond.Wait", nil)
	woken := new(bool)
	c.waiting = append(c.waiting, woken)
	c.L.Unlock()
	point("sync.Cond.Wait", func() bool { return *woken })
	c.L.Lock()
}

// Signal is sync.Cond.Signal.
func (c *Cond) Signal() {
	point("sync.Cond.Signal", nil)
	if len(c.waiting) > 0 {
		*c.waiting[0] = true
		c.waiting = c.waiting[1:]
	}
}

// Broadcast is sync.Cond.Broadcast.
func (c *Cond) Broadcast() {
	point("sync.Cond.Broadcast", nil)
	for _, woken := range c.waiting {
		*woken = true
	}
	c.waiting = nil
}

// A WaitGroup is a sync.WaitGroup.
type WaitGroup struct {
	n       int
	waiting []*bool // of each who waits, whether the counter has been zero since
}

// Add is sync.WaitGroup.Add.
func (w *WaitGroup) Add(delta int) { w.add("sync.WaitGroup.Add", delta) }

// Done is sync.WaitGroup.Done.
func (w *WaitGroup) Done() { w.add("sync.WaitGroup.Done", -1) }

func (w *WaitGroup) add(what string, delta int) {
	if isDying() {
		return
	}
	point(what, nil)
	w.n += delta
	switch {
	case w.n < 0:
		panic("sync: negative WaitGroup counter")
	case w.n == 0:
		for _, released := range w.waiting {
			*released = true
		}
		w.waiting = nil
	}
}

// Wait is sync.WaitGroup.Wait. Whoever comes while the counter is not zero waits from then on.
func (w *WaitGroup) Wait() {
	if isDying() {
		runtime.Goexit()
	}
	if w.n == 0 {
		point("sync.WaitGroup.Wait", func() bool { return w.n == 0 })
		return
	}
	released := false
	w.waiting = append(w.waiting, &released)
	point("sync.WaitGroup.Wait", func() bool { return released })
	if w.n != 0 {
		panic("sync: WaitGroup is reused before previous Wait has returned")
	}
}

// Go is sync.WaitGroup.Go.
func (w *WaitGroup) Go(f func()) {
	w.Add(1)
	Go(func() {
		defer w.Done()
		f()
	})
}

// A Once is a sync.Once.
type Once struct{ done, busy bool }

// Do is sync.Once.Do.
func (o *Once) Do(f func()) {
	if isDying() {
		return
	}
	point("sync.Once.Do", func() bool { return !o.busy })
	if o.done {
		return
	}
	o.busy = true
	defer func() { o.busy, o.done = false, true }()
	f()
}

// OnceFunc is sync.OnceFunc, but for a panic, which is not repeated.
func OnceFunc(f func()) func() {
	once := new(Once)
	return func() { once.Do(f) }
}

// OnceValue is sync.OnceValue, with the same exception.
func OnceValue[T any](f func() T) func() T {
	var v T
	once := OnceFunc(func() { v = f() })
	return func() T { once(); return v }
}

// OnceValues is sync.OnceValues, with the same exception.
func OnceValues[T, U any](f func() (T, U)) func() (T, U) {
	var v T
	var u U
	once := OnceFunc(func() { v, u = f() })
	return func() (T, U) { once(); return v, u }
}

// A Map is a sync.Map. Its Range goes in the order in which the keys were first seen.
type Map struct{ real sync.Map }

// Load is sync.Map.Load, and likewise below.
func (m *Map) Load(key any) (value any, ok bool) { return m.at("Load").Load(key) }
func (m *Map) Store(key, value any)              { m.Swap(key, value) }
func (m *Map) Swap(key, value any) (previous any, loaded bool) {
	return m.at("Swap").Swap(Key(key), value)
}
func (m *Map) LoadOrStore(key, value any) (actual any, loaded bool) {
	return m.at("LoadOrStore").LoadOrStore(Key(key), value)
}
func (m *Map) LoadAndDelete(key any) (value any, loaded bool) {
	return m.at("LoadAndDelete").LoadAndDelete(key)
}
func (m *Map) Delete(key any) { m.LoadAndDelete(key) }
func (m *Map) CompareAndSwap(key, old, new any) bool {
	return m.at("CompareAndSwap").CompareAndSwap(key, old, new)
}
func (m *Map) CompareAndDelete(key, old any) bool {
	return m.at("CompareAndDelete").CompareAndDelete(key, old)
}
func (m *Map) Clear() { m.at("Clear").Clear() }
func (m *Map) Range(f func(key, value any) bool) {
	keys := map[any]bool{}
	m.at("Range").Range(func(key, _ any) bool { keys[key] = true; return true })
	for _, key := range ordered(keys) {
		if value, ok := m.Load(key); ok && !f(key, value) {
			return
		}
	}
}

// at is the point before a method of the map.
func (m *Map) at(method string) *sync.Map {
	point("sync.Map."+method, nil)
	return &m.real
}

// A Pool is a sync.Pool that forgets nothing.
type Pool struct {
	New  func() any
	rest []any
}

// Get is sync.Pool.Get.
func (p *Pool) Get() any {
	point("sync.Pool.Get", nil)
	if n := len(p.rest); n > 0 {
		x := p.rest[n-1]
		p.rest = p.rest[:n-1]
		return x
	}
	if p.New == nil {
		return nil
	}
	return p.New()
}

// Put is sync.Pool.Put.
func (p *Pool) Put(x any) {
	point("sync.Pool.Put", nil)
	p.rest = append(p.rest, x)
	point("goes on", nil) // another one may have x now, and what is done with it here may be no point
}
