// Package counted has a tiny program for each thing at which goroutines meet. How many orders
// it has is in its name, and was counted on paper.
//
// A goroutine takes a turn at each point. Of two that never wait for each other and take a and
// b turns there are as many orders as ways to choose a of a+b: of two and two, six. Who waits
// for something is no choice, so there are fewer.
package counted

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"asynclab/internal/explore"
)

// two explores two goroutines.
func two(t *testing.T, prepare func(x *explore.X) (a, b func())) {
	explore.Run(t, explore.Lesson{}, func(x *explore.X) {
		a, b := prepare(x)
		x.Go("A", a)
		x.Go("B", b)
		x.Wait()
	})
}

// same has both do the same.
func same(t *testing.T, prepare func(x *explore.X) func()) {
	two(t, func(x *explore.X) (a, b func()) {
		both := prepare(x)
		return both, both
	})
}

func TestNothingHas1Order(t *testing.T) {
	same(t, func(x *explore.X) func() { return func() {} })
}

func TestTwoNotesHave6Orders(t *testing.T) {
	same(t, func(x *explore.X) func() {
		return func() { x.Note("one"); x.Note("two") }
	})
}

// B can go first; while A is inside, it can do nothing.
func TestMutexHas2Orders(t *testing.T) {
	same(t, func(x *explore.X) func() {
		var mu sync.Mutex
		return func() { mu.Lock(); x.Note("inside"); mu.Unlock() }
	})
}

func TestTwoReadersHave6Orders(t *testing.T) {
	same(t, func(x *explore.X) func() {
		var mu sync.RWMutex
		return func() { mu.RLock(); x.Note("inside"); mu.RUnlock() }
	})
}

// As with the mutex: who comes second waits until it is done.
func TestOnceHas2Orders(t *testing.T) {
	same(t, func(x *explore.X) func() {
		var once sync.Once
		return func() { once.Do(func() { x.Note("inside") }) }
	})
}

// B can only wait until A is done.
func TestWaitGroupHas1Order(t *testing.T) {
	two(t, func(x *explore.X) (a, b func()) {
		var wg sync.WaitGroup
		wg.Add(1)
		return wg.Done, wg.Wait
	})
}

// A has the lock until it waits, B until its end. It goes as with the mutex.
func TestCondHas2Orders(t *testing.T) {
	two(t, func(x *explore.X) (a, b func()) {
		var mu sync.Mutex
		changed, ok := sync.NewCond(&mu), false
		a = func() {
			mu.Lock()
			for !ok {
				changed.Wait()
			}
			mu.Unlock()
		}
		b = func() {
			mu.Lock()
			ok = true
			changed.Signal()
			mu.Unlock()
		}
		return a, b
	})
}

func TestChannelHas2Orders(t *testing.T) {
	two(t, func(x *explore.X) (a, b func()) {
		c := make(chan int)
		return func() { c <- 1 }, func() { <-c }
	})
}

func TestChannelWithRoomHas2Orders(t *testing.T) {
	same(t, func(x *explore.X) func() {
		c := make(chan int, 2)
		return func() { c <- 1 }
	})
}

func TestCloseHas2Orders(t *testing.T) {
	two(t, func(x *explore.X) (a, b func()) {
		c := make(chan int)
		return func() { close(c) }, func() {
			for range c {
			}
		}
	})
}

func TestSelectWithDefaultHas2Orders(t *testing.T) {
	same(t, func(x *explore.X) func() {
		c := make(chan int, 1)
		return func() {
			select {
			case c <- 1:
			default:
			}
		}
	})
}

// One goroutine, and a choice between two cases.
func TestSelectHas2Orders(t *testing.T) {
	explore.Run(t, explore.Lesson{}, func(x *explore.X) {
		c, d := make(chan int, 1), make(chan int, 1)
		c <- 1
		d <- 1
		x.Go("A", func() {
			select {
			case <-c:
			case <-d:
			}
		})
		x.Wait()
	})
}

func TestAtomicHas2Orders(t *testing.T) {
	same(t, func(x *explore.X) func() {
		var n atomic.Int64
		return func() { n.Add(1) }
	})
}

// Keys that come while a loop goes on may be seen.
func TestMapRangeHas3Orders(t *testing.T) {
	two(t, func(x *explore.X) (a, b func()) {
		var m sync.Map
		m.Store("key", 1)
		return func() { m.Range(func(any, any) bool { return true }) }, func() { m.Store("other", 1) }
	})
}

func TestChannelsLengthHas2Orders(t *testing.T) {
	two(t, func(x *explore.X) (a, b func()) {
		c := make(chan int, 1)
		return func() { c <- 1 }, func() { _ = len(c) }
	})
}

func TestContextsErrorHas2Orders(t *testing.T) {
	two(t, func(x *explore.X) (a, b func()) {
		ctx, cancel := context.WithCancel(context.Background())
		return func() { cancel() }, func() { _ = ctx.Err() }
	})
}

func TestContextsCauseHas2Orders(t *testing.T) {
	two(t, func(x *explore.X) (a, b func()) {
		ctx, cancel := context.WithCancelCause(context.Background())
		return func() { cancel(nil) }, func() { _ = context.Cause(ctx) }
	})
}

func TestMapHas2Orders(t *testing.T) {
	same(t, func(x *explore.X) func() {
		var m sync.Map
		return func() { m.LoadOrStore("key", 1) }
	})
}

// The clock goes on only when both sleep.
func TestSleepHas2Orders(t *testing.T) {
	two(t, func(x *explore.X) (a, b func()) {
		return func() { time.Sleep(time.Second) }, func() { time.Sleep(2 * time.Second) }
	})
}

func TestContextHas2Orders(t *testing.T) {
	two(t, func(x *explore.X) (a, b func()) {
		ctx, cancel := context.WithCancel(context.Background())
		return func() { cancel() }, func() { <-ctx.Done() }
	})
}

// The note of the goroutine that A starts comes after A's note, or before it.
func TestGoHas2Orders(t *testing.T) {
	explore.Run(t, explore.Lesson{}, func(x *explore.X) {
		x.Go("A", func() {
			go x.Note("started")
			x.Note("after it")
		})
		x.Wait()
	})
}
