package odd

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"asynclab/internal/explore"
)

func run(t *testing.T, body func(x *explore.X)) { explore.Run(t, explore.Lesson{}, body) }

// Two goroutines with one point each: A B and B A.
func TestHoldsTwoOrders(t *testing.T) {
	run(t, func(x *explore.X) {
		var b Box[int]
		x.Go("A", func() { b.Set(1) })
		x.Go("B", func() { b.Set(2) })
		x.Wait()
		if b.Get() == 0 {
			x.Fatalf("nobody has set it")
		}
	})
}

func TestFailsTwoAdds(t *testing.T) {
	run(t, func(x *explore.X) {
		c := &Count{}
		x.Go("A", func() { c.Add() })
		x.Go("B", func() { c.Add() })
		x.Wait()
		if c.Add() != 3 {
			x.Fatalf("one was lost")
		}
	})
}

func TestFailsPlus(t *testing.T) {
	run(t, func(x *explore.X) {
		c := &Count{}
		x.Go("A", func() { c.Plus(2) })
		x.Go("B", func() { c.Plus(2) })
		x.Wait()
		if c.Add() != 5 {
			x.Fatalf("one was lost")
		}
	})
}

func TestFailsMapIsShared(t *testing.T) {
	run(t, func(x *explore.X) {
		c := &Count{seen: map[string]int{}}
		x.Go("A", func() { c.Note("a") })
		x.Go("B", func() { c.Note("b") })
		x.Wait()
	})
}

func TestFailsLookThenAct(t *testing.T) {
	run(t, func(x *explore.X) {
		var b Box[int]
		free := func(n int) bool { return n == 0 }
		var a, c bool
		x.Go("A", func() { a = b.Twice(free, 1) })
		x.Go("B", func() { c = b.Twice(free, 2) })
		x.Wait()
		if a && c {
			x.Fatalf("both got it")
		}
	})
}

func TestHoldsServer(t *testing.T) {
	run(t, func(x *explore.X) {
		s := NewServer()
		x.Go("A", func() { s.Add(1) })
		x.Go("B", func() { s.Add(2) })
		x.Wait()
		if n := s.Get(); n != 3 {
			x.Fatalf("%d", n)
		}
		close(s.stop)
	})
}

func TestFailsLeftBehind(t *testing.T) {
	run(t, func(x *explore.X) {
		s := NewServer()
		x.Go("A", func() { s.Add(1) })
		x.Wait()
	})
}

func TestHoldsSum(t *testing.T) {
	run(t, func(x *explore.X) {
		total := 0
		x.Go("Sum", func() { total = Sum(1, 2, 3) })
		x.Wait()
		if total != 6 {
			x.Fatalf("%d", total)
		}
	})
}

func TestHoldsNames(t *testing.T) {
	run(t, func(x *explore.X) {
		m := map[string]bool{"c": true, "a": true}
		m["b"] = true
		if got := fmt.Sprint(Names(m)); got != "[a b c a b c]" {
			x.Fatalf("%s", got)
		}
		x.Wait()
	})
}

func TestHoldsGate(t *testing.T) {
	run(t, func(x *explore.X) {
		g := NewGate()
		x.Go("Pass", g.Pass)
		x.Go("Open", func() { g.Open("a") })
		x.Go("Open again", func() { g.Open("b") })
		x.Wait()
		if g.Names() != 2 || g.hits.Load() != 2 || atomic.LoadInt32(&g.raw) != 2 || !slices.Contains([]string{"a", "b"}, *g.last.Load()) {
			x.Fatalf("not all came through")
		}
	})
}

func TestHoldsLater(t *testing.T) {
	run(t, func(x *explore.X) {
		x.Go("Later", func() { Later(func() { x.Note("fired") }) })
		x.Wait()
		if n := len(x.Notes()); n != 1 && n != 2 { // stop may come first
			x.Fatalf("%d", n)
		}
	})
}

func TestHoldsSpin(t *testing.T) {
	run(t, func(x *explore.X) {
		var flag atomic.Bool
		x.Go("Spin", func() { Spin(&flag) })
		x.Go("Set", func() { flag.Store(true) })
		x.Wait()
	})
}

func TestFailsLocal(t *testing.T) {
	run(t, func(x *explore.X) {
		n := 0
		x.Go("Local", func() { n = Local() })
		x.Wait()
		if n != 2 {
			x.Fatalf("one was lost")
		}
	})
}

func TestFailsDeadlock(t *testing.T) {
	run(t, func(x *explore.X) {
		var one, other Box[int]
		both := func(a, b *Box[int]) func() {
			return func() {
				a.Lock()
				b.Set(1)
				a.Unlock()
			}
		}
		x.Go("A", both(&one, &other))
		x.Go("B", both(&other, &one))
		x.Wait()
	})
}

func TestFailsPanic(t *testing.T) {
	run(t, func(x *explore.X) {
		c := make(chan int, 1)
		x.Go("A", func() { close(c) })
		x.Go("B", func() { close(c) })
		x.Wait()
	})
}

func TestHoldsTry(t *testing.T) {
	run(t, func(x *explore.X) {
		var mu sync.Mutex
		var a, b bool
		x.Go("A", func() { a = Try(&mu) })
		x.Go("B", func() { b = Try(&mu) })
		x.Wait()
		x.Outcome(fmt.Sprint(a, b), 3) // both, or one of them
	})
}

func TestFailsStruct(t *testing.T) {
	run(t, func(x *explore.X) {
		b := &Board{}
		x.Go("A", func() { b.Put(Pair{"a", "b"}) })
		x.Go("B", func() { b.Get() })
		x.Wait()
	})
}

func TestHoldsDesk(t *testing.T) {
	run(t, func(x *explore.X) {
		d := NewDesk()
		call := func() {
			if err := d.Call(1); err != nil {
				x.Fatalf("there is no error: %v", err)
			}
		}
		x.Go("A", call)
		x.Go("B", call)
		x.Wait()
		close(d.calls)
	})
}

func TestFailsTray(t *testing.T) {
	run(t, func(x *explore.X) {
		tray := &Tray{}
		tray.Put(1)
		sum := 0
		x.Go("A", func() { sum = tray.Sum() })
		x.Go("B", func() { tray.Put(2) })
		x.Wait()
		if sum += tray.Sum(); sum != 3 {
			x.Fatalf("the sum is %d", sum)
		}
	})
}

func TestFailsHeld(t *testing.T) {
	run(t, func(x *explore.X) {
		var mu sync.Mutex
		x.Go("A", func() { mu.Lock() })
		x.Go("B", func() { mu.Lock() })
		x.Wait()
	})
}
