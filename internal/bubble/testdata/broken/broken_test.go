package broken

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"asynclab/internal/bubble"
)

func TestMain(m *testing.M) { bubble.Main(m) }

func lesson(look any) bubble.Lesson {
	return bubble.Lesson{Rule: "the rule of it", Look: look, Think: "what would help?"}
}

func TestDeadlock(t *testing.T) {
	bubble.Run(t, lesson(Deadlock), func(t *bubble.T) { Deadlock() })
}

func TestWaits(t *testing.T) {
	bubble.Run(t, lesson(Waits), func(t *bubble.T) { Waits() })
}

func TestLeak(t *testing.T) {
	bubble.Run(t, lesson(Leak), func(t *bubble.T) { Leak() })
}

func TestSleeper(t *testing.T) {
	bubble.Run(t, lesson(Sleeper), func(t *bubble.T) { Sleeper() })
}

func TestMutex(t *testing.T) {
	bubble.Run(t, lesson(Mutex), func(t *bubble.T) { Mutex() })
}

func TestBusy(t *testing.T) {
	bubble.Run(t, lesson(Busy), func(t *bubble.T) { Busy() })
}

func TestEmpty(t *testing.T) {
	bubble.Run(t, lesson(Empty), func(t *bubble.T) { Empty(1) })
}

func TestFlood(t *testing.T) {
	bubble.Run(t, lesson(Flood), func(t *bubble.T) {
		t.Cleanup(func() { t.Note("who comes after the end is not kept there") })
		Flood(func() { t.Note("again") })
	})
}

func TestTogether(t *testing.T) {
	bubble.Run(t, lesson(nil), func(t *bubble.T) {
		for _, name := range []string{"Citra", "Ana", "Budi"} {
			t.Note("%s hears %q", name, "hi")
		}
		t.Fatalf("who was first is luck")
	})
}

func TestPanic(t *testing.T) {
	bubble.Run(t, lesson(Panic), func(t *bubble.T) { Panic() })
}

func TestRealGoexit(t *testing.T) {
	bubble.RunReal(t, lesson(Away), func(t *bubble.T) { Away() })
}

func TestPanicInGo(t *testing.T) {
	bubble.Run(t, lesson(Panic), func(t *bubble.T) { t.Go(Panic) })
}

func TestAssertion(t *testing.T) {
	bubble.Run(t, lesson(Five), func(t *bubble.T) {
		time.Sleep(2 * time.Second)
		t.Note("slept")
		require.Equal(t, 5, Five(), "five should be %d", 5)
	})
}

func TestLeakAfterFailure(t *testing.T) {
	bubble.Run(t, lesson(Leak), func(t *bubble.T) {
		Leak()
		t.Fatalf("only this")
	})
}

func TestLateFailure(t *testing.T) {
	bubble.Run(t, lesson(Five), func(t *bubble.T) {
		t.Go(func() {
			time.Sleep(time.Hour)
			t.Errorf("too late")
			t.Fatalf("too late")
		})
		require.Equal(t, 5, Five(), "five should be %d", 5)
	})
}

func TestLateRealFailure(t *testing.T) {
	bubble.RunReal(t, lesson(Five), func(t *bubble.T) {
		over := make(chan bool)
		t.Go(func() {
			<-over
			t.Errorf("too late")
			t.Fatalf("too late")
		})
		later = func() { close(over) }
		require.Equal(t, 5, Five(), "five should be %d", 5)
	})
}

// later lets what was left of TestLateRealFailure go on, in the middle of other tests.
var later func()

func TestPart1Green(t *testing.T) {
	later()
	bubble.Run(t, lesson(nil), func(*bubble.T) {})
}

func TestPart1AlsoGreen(t *testing.T) {
	for _, name := range []string{"one", "two"} {
		t.Run(name, func(t *testing.T) { bubble.Run(t, lesson(nil), func(*bubble.T) {}) })
	}
}

func TestPart2FirstRed(t *testing.T) {
	bubble.Run(t, lesson("broken.go Five"), func(t *bubble.T) { t.Fatalf("the first of its part") })
}

func TestPart2SecondRed(t *testing.T) {
	bubble.Run(t, lesson("broken.go Nowhere"), func(t *bubble.T) { t.Fatalf("the second of its part") })
}

func TestPart3Red(t *testing.T) {
	bubble.Run(t, lesson("broken.go"), func(t *bubble.T) { t.Fatalf("part 2 is not done") })
}

func TestRealLeak(t *testing.T) {
	bubble.RunReal(t, lesson(Leak), func(t *bubble.T) { Leak() })
}

// TestPass passes, after all those.
func TestPass(t *testing.T) {
	bubble.Run(t, lesson(nil), func(t *bubble.T) {
		done := make(chan bool)
		go func() { time.Sleep(time.Hour); close(done) }()
		<-done
		require.Equal(t, time.Hour, t.Elapsed())
	})
}

func TestRealPass(t *testing.T) {
	bubble.RunReal(t, lesson(nil), func(t *bubble.T) { require.Equal(t, 6, Five()) })
}

// TestZCrash comes last: it ends the process.
func TestZCrash(t *testing.T) {
	bubble.Run(t, lesson(Crash), func(t *bubble.T) { Crash() })
}

// The rest end the process too: each runs alone.
func TestZZCircle(t *testing.T) {
	bubble.Run(t, lesson(Circle), func(t *bubble.T) { Circle(0) })
}

func TestZZCrowd(t *testing.T) {
	bubble.Run(t, lesson(Crowd), func(t *bubble.T) { Crowd(make(chan int)) })
}

func TestZZExit(t *testing.T) {
	bubble.Run(t, lesson(Exit), func(t *bubble.T) {
		t.CatchServerPanics()
		Exit()
	})
}
