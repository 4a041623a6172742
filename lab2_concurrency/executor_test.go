// Given: the tests of executor.go. Read them, there is nothing to edit.

package main

import (
	"fmt"
	"sort"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"asynclab/internal/bubble"
)

func TestMain(m *testing.M) { bubble.Main(m) }

// nap is a task that takes a while and notes its beginning and its end.
func aNap(t *bubble.T, name string, pause time.Duration) func() {
	return func() {
		t.Note("%s begins", name)
		time.Sleep(pause)
		t.Note("%s ends", name)
	}
}

// runAll spawns tasks and runs them. It closes the spawner when all of them have begun,
// and returns when Run does.
func runThem(t *bubble.T, tasks ...func()) {
	executor, spawner := New()
	for _, task := range tasks {
		spawner.Spawn(task)
	}
	returned := make(chan bool)
	t.Go(func() {
		executor.Run()
		t.Note("Run returns")
		close(returned)
	})
	synctest.Wait() // every goroutine has gone as far as it can
	spawner.Close()
	<-returned
}

// starts tells which tasks began at what time.
func startsSeen(t *bubble.T) (names []string) {
	for _, e := range t.Events() {
		if name, isStart := strings.CutSuffix(e.What, " begins"); isStart {
			names = append(names, fmt.Sprintf("%s at %v", name, e.At))
		}
	}
	sort.Strings(names)
	return names
}

// Three tasks of two seconds take two seconds, not six.
func TestThreeTasksRunAtTheSameTime(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Nothing runs before Run; then tasks run concurrently: three tasks of two seconds take two seconds, not six.",
		Look:  (*Executor).Run,
		Think: "While one task sleeps, who could start the next? What starts something without waiting for it?",
	}, func(t *bubble.T) {
		t.LeaveLeaksToOthers()
		executor, spawner := New()
		for _, name := range []string{"one", "three", "two"} {
			spawner.Spawn(aNap(t, name, 2*time.Second))
		}
		synctest.Wait() // let every other goroutine go as far as it can
		t.RequireEqual(0, len(startsSeen(t)), "Run has not been called, and tasks have begun")
		t.Go(executor.Run)
		time.Sleep(time.Minute)
		spawner.Close()
		t.RequireEqual([]string{"one at 0s", "three at 0s", "two at 0s"}, startsSeen(t), "each task begins once, and at once, although the spawner is still open")
	})
}

// Run returns when every task is over, however late that one was started or ends.
func TestRunReturnsWhenAllAreDone(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Run returns when the last task is over: no sooner, and no later. Then no goroutine is left.",
		Look:  (*Executor).Run,
		Think: "How does Run learn that a task is over? How does it know how many are still running?",
	}, func(t *bubble.T) {
		for _, long := range []time.Duration{1234567 * time.Microsecond, 24 * time.Hour} { // no round number that a polling loop could hit
			began := t.Elapsed()
			runThem(t, aNap(t, "a long task", long), aNap(t, "a short task", time.Second))
			took := t.Elapsed() - began
			time.Sleep(time.Hour) // let the clock show what still runs
			if late := took - long; late > 0 {
				t.Fatalf("the last task was over after %v, and Run returned %v later: does it sleep and look again, in place of being told?", long, late)
			}
			t.RequireEqual(long, took, "the time that Run took, with a task of 1s and one of %v", long)
		}
	})
}

// A task that is spawned while others run starts at once.
func TestANewTaskStartsAtOnce(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A task that is spawned while others run starts at once, whoever spawned it: another goroutine or a task.",
		Look:  (*Executor).Run,
		Think: "What is Run doing while tasks run? Is it back at the queue, or does it wait for somebody?",
	}, func(t *bubble.T) {
		t.LeaveLeaksToOthers()
		executor, spawner := New()
		spawner.Spawn(aNap(t, "long", 10*time.Second))
		t.Go(executor.Run)
		time.Sleep(time.Second)
		spawner.Spawn(func() {
			t.Note("parent begins")
			spawner.Spawn(aNap(t, "child", time.Second))
			time.Sleep(2 * time.Second)
			t.Note("parent ends")
			spawner.Close()
		})
		time.Sleep(20 * time.Second)
		t.RequireEvents(
			bubble.Event{At: 0 * time.Second, What: "long begins"},
			bubble.Event{At: 1 * time.Second, What: "parent begins"},
			bubble.Event{At: 1 * time.Second, What: "child begins"},
			bubble.Event{At: 2 * time.Second, What: "child ends"},
			bubble.Event{At: 3 * time.Second, What: "parent ends"},
			bubble.Event{At: 10 * time.Second, What: "long ends"},
		)
	})
}

// While the spawner is open, Run waits for more, even when every task is over.
func TestRunWaitsWhileTheSpawnerIsOpen(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "While the spawner is open, Run waits for more tasks; once it is closed, Run waits only for those that still run.",
		Look:  (*Executor).Run,
		Think: "Two things must be true before Run may return. Which ones? And what wakes Run when one of them comes true?",
	}, func(t *bubble.T) {
		executor, spawner := New()
		var returned atomic.Bool
		t.Go(func() {
			executor.Run()
			t.Note("Run returns")
			returned.Store(true)
		})
		synctest.Wait()
		t.Require(!returned.Load(), "the queue is empty but the spawner is open, and Run has returned")

		time.Sleep(123456789 * time.Nanosecond) // no round number that a polling loop could hit
		spawner.Spawn(aNap(t, "one", time.Second))
		spawner.Spawn(aNap(t, "two", time.Second))
		synctest.Wait()
		t.RequireEqual([]string{"one at 123.456789ms", "two at 123.456789ms"}, startsSeen(t), "two tasks were spawned at this moment while Run waited: both begin at once")

		time.Sleep(24 * time.Hour)
		t.Require(!returned.Load(), "every task is over but the spawner is open, and Run has returned")

		spawner.Spawn(aNap(t, "three", time.Second))
		synctest.Wait()
		spawner.Close()
		synctest.Wait()
		t.Require(!returned.Load(), "the spawner is closed but a task still runs, and Run has returned")
		time.Sleep(time.Second)
		synctest.Wait()
		t.Require(returned.Load(), "the spawner is closed and the last task has just ended, and Run still waits")
	})
}

// Tasks begin and end at different times.
func TestRunWaitsForTheOneThatCameLast(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Run waits for each task that still runs, also for one that was spawned when another had ended.",
		Look:  (*Executor).Run,
		Think: "How does Run know what still runs: by a number, by a list? What becomes of it when a task ends between two others?",
	}, func(t *bubble.T) {
		executor, spawner := New()
		t.Go(func() {
			spawner.Spawn(aNap(t, "one", 2*time.Second))
			time.Sleep(time.Second)
			spawner.Spawn(aNap(t, "two", 3*time.Second))
			time.Sleep(1500 * time.Millisecond)
			spawner.Spawn(aNap(t, "three", 3*time.Second))
			spawner.Close()
		})
		executor.Run()
		t.RequireEqual(5500*time.Millisecond, t.Elapsed(), "when Run returns: the third task was spawned after 2.5s, and takes 3s")
	})
}

// Two executors at the same time do not notice each other.
func TestTwoExecutorsAtTheSameTime(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Executors can run at the same time, and none waits for the tasks of another.",
		Look:  New,
		Think: "Where does Run keep what it knows of the tasks that still run? Who else finds it there?",
	}, func(t *bubble.T) {
		pauses := []time.Duration{time.Hour, time.Second, 2 * time.Hour}
		returned := make([]time.Duration, len(pauses))
		for i, pause := range pauses {
			executor, spawner := New()
			for range 2 {
				spawner.Spawn(func() { time.Sleep(pause) })
			}
			t.Go(func() {
				executor.Run()
				returned[i] = t.Elapsed()
			})
			synctest.Wait() // its tasks have begun
			spawner.Close()
			synctest.Wait()
		}
		time.Sleep(5 * time.Hour)
		synctest.Wait()
		t.RequireEqual(fmt.Sprint(pauses), fmt.Sprint(returned), "when each of three Runs returns: each has two tasks, which take so long")
	})
}

// The order of done follows the timers, whatever the order of spawning.
func TestDoneFollowsTheTimers(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A task with a shorter pause is done sooner, in whatever order the tasks were spawned.",
		Look:  (*Executor).Run,
		Think: "Does one task's end have to wait for another's?",
	}, func(t *bubble.T) {
		for _, spawned := range [][3]int{{1, 2, 3}, {1, 3, 2}, {2, 1, 3}, {2, 3, 1}, {3, 1, 2}, {3, 2, 1}} {
			begin := len(t.Events())
			var tasks []func()
			for _, seconds := range spawned {
				tasks = append(tasks, aNap(t, fmt.Sprintf("task of %ds", seconds), time.Duration(seconds)*time.Second))
			}
			runThem(t, tasks...)
			var ends []string
			for _, e := range t.Events()[begin:] {
				if name, isEnd := strings.CutSuffix(e.What, " ends"); isEnd {
					ends = append(ends, name)
				}
			}
			t.RequireEqual("task of 1s, task of 2s, task of 3s", strings.Join(ends, ", "), "the order in which they end, spawned as %v", spawned)
		}
	})
}
