// Given: the tests of executor.go. Read them, there is nothing to edit.

package main

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"asynclab/internal/bubble"
)

func TestMain(m *testing.M) { bubble.Main(m) }

// nap is a task that takes a while and notes its beginning and its end.
func nap(t *bubble.T, name string, pause time.Duration) func() {
	return func() {
		t.Note("%s begins", name)
		time.Sleep(pause)
		t.Note("%s ends", name)
	}
}

// runAll spawns tasks, closes the spawner, runs them and notes when Run returns.
func runAll(t *bubble.T, tasks ...func()) {
	executor, spawner := New()
	for _, task := range tasks {
		spawner.Spawn(task)
	}
	spawner.Close()
	executor.Run()
	t.Note("Run returns")
}

// Three tasks of two seconds take two seconds, not six.
func TestThreeTasksTakeAsLongAsOne(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Tasks run concurrently: three tasks of two seconds take two seconds, not six.",
		Look:  (*Executor).Run,
		Think: "While one task sleeps, who could start the next? What starts something without waiting for it?",
	}, func(t *bubble.T) {
		runAll(t, nap(t, "one", 2*time.Second), nap(t, "two", 2*time.Second), nap(t, "three", 2*time.Second))
		require.Len(t, t.Events(), 7, "three tasks begin and end, then Run returns, and nothing else happens")
		require.Equal(t, 2*time.Second, t.Elapsed(), "the time that Run took")
	})
}

// Run returns when every task is over, however late that one was started or ends.
func TestRunReturnsWhenAllAreDone(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Run returns when the last task is over: no sooner, and no later.",
		Look:  (*Executor).Run,
		Think: "How does Run know how many tasks are still running? When exactly is a task counted, and by whom?",
	}, func(t *bubble.T) {
		runAll(t, nap(t, "long", 5*time.Second), nap(t, "short", time.Second))
		events := t.Events()
		t.Note("the test looks")
		require.Equal(t, 5, len(events), "both tasks begin and end, then Run returns")
		require.Equal(t, "5s    Run returns", events[4].String(), "the last thing that happened")
	})
}

// Run waits for a task even if it has only just been started.
func TestRunWaitsForATaskJustStarted(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Run waits even for a task that has only just been started: 500 times out of 500.",
		Look:  (*Executor).Run,
		Think: "A new goroutine does not run at once. Who must have counted the task before Run begins to wait?",
	}, func(t *bubble.T) {
		for range 500 {
			executor, spawner := New()
			var done atomic.Bool
			spawner.Spawn(func() { done.Store(true) })
			spawner.Close()
			executor.Run()
			require.True(t, done.Load(), "Run has returned before the only task was done")
		}
		runAll(t, nap(t, "one", time.Second), nap(t, "two", time.Second))
		require.Equal(t, time.Second, t.Elapsed(), "the time that two tasks of a second take together")
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
				tasks = append(tasks, nap(t, fmt.Sprintf("task of %ds", seconds), time.Duration(seconds)*time.Second))
			}
			runAll(t, tasks...)
			var ends []string
			for _, e := range t.Events()[begin:] {
				if name, isEnd := strings.CutSuffix(e.What, " ends"); isEnd {
					ends = append(ends, name)
				}
			}
			require.Equal(t, "task of 1s, task of 2s, task of 3s", strings.Join(ends, ", "), "the order in which they end, spawned as %v", spawned)
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
		executor, spawner := New()
		t.Go(executor.Run)
		spawner.Spawn(nap(t, "long", 10*time.Second))
		time.Sleep(time.Second)
		spawner.Spawn(func() {
			t.Note("parent begins")
			spawner.Spawn(nap(t, "child", time.Second))
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
		Think: "Two things must be true before Run may return. Which ones?",
	}, func(t *bubble.T) {
		executor, spawner := New()
		t.Go(func() {
			executor.Run()
			t.Note("Run returns")
		})
		time.Sleep(time.Second + 1234567*time.Nanosecond)
		t.RequireEvents() // the queue is empty, but open

		spawner.Spawn(nap(t, "one", 5*time.Second))
		spawner.Spawn(func() {})
		time.Sleep(time.Second)
		t.Note("the spawner is closed")
		spawner.Close()
		synctest.Wait()
		events := t.Events()
		require.Equal(t, "the spawner is closed", events[len(events)-1].What, "a task still runs: Run must wait for it")

		time.Sleep(10 * time.Second)
		events = t.Events()
		require.Equal(t, "6.001s  Run returns", events[len(events)-1].String(), "the last thing that happened")

		runAll(t, nap(t, "two", time.Second), nap(t, "three", time.Second))
		require.Equal(t, 13*time.Second+1234567*time.Nanosecond, t.Elapsed(), "two tasks of a second each run at the same time")
	})
}

// Ten thousand tasks, and none is lost.
func TestTenThousandTasks(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "10,000 tasks of a second, 5,000 at a time, take two seconds, and none is lost.",
		Look:  (*Executor).Run,
		Think: "Is there a limit to how many tasks run at once? Does every task get counted, in whatever goroutine?",
	}, func(t *bubble.T) {
		const half = 5_000
		executor, spawner := New()
		var done atomic.Int64
		task := func() {
			time.Sleep(time.Second)
			if done.Add(1) == 2*half {
				spawner.Close()
			}
		}
		for range half - 1 {
			spawner.Spawn(task)
		}
		spawner.Spawn(func() { // this one spawns the other half, while all run
			time.Sleep(time.Second)
			for range half {
				spawner.Spawn(task)
			}
			done.Add(1)
		})
		executor.Run()
		require.EqualValues(t, 2*half, done.Load(), "the number of tasks that were done when Run returned")
		require.Equal(t, 2*time.Second, t.Elapsed(), "the time that Run took")
	})
}
