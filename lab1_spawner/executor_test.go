// Given: the tests of executor.go. Read them, there is nothing to edit.

package main

import (
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"asynclab/internal/bubble"
)

func TestMain(m *testing.M) { bubble.Main(m) }

// Spawn only queues a task: nothing runs before Run.
func TestSpawnRunsNothing(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Spawn only queues a task: nothing runs before Run.",
		Look:  (*Spawner).Spawn,
		Think: "Spawn is handed a func(). What can one do with it, other than call it? And who calls it later?",
	}, func(t *bubble.T) {
		executor, spawner := New()
		ran := false
		spawner.Spawn(func() { ran = true })
		synctest.Wait() // let every other goroutine go as far as it can
		require.False(t, ran, "the task ran before Run was called: Spawn ran it, or started a goroutine that did")
		spawner.Close()
		synctest.Wait()
		require.False(t, ran, "the task ran before Run was called: Close ran it")
		executor.Run()
		require.True(t, ran, "the task did not run: Run returned without it")
	})
}

// Tasks run in the order in which they were spawned.
func TestTasksRunInTheOrderSpawned(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Tasks run in the order in which they were spawned: first in, first out.",
		Look:  (*Executor).Run,
		Think: "At which end of the queue does Spawn add, and from which end does Run take?",
	}, func(t *bubble.T) {
		executor, spawner := New()
		var order []string
		for _, name := range []string{"first", "second", "third", "fourth"} {
			spawner.Spawn(func() { order = append(order, name) })
		}
		spawner.Close()
		executor.Run()
		require.Equal(t, []string{"first", "second", "third", "fourth"}, order, "the tasks ran in another order, or not all of them did")
	})
}

// Tasks run one after another.
func TestTasksRunOneAfterAnother(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "In this lab a task starts only when the one before it is over, and Run returns when the last is.",
		Look:  (*Executor).Run,
		Think: "In which goroutine does Run call the task?",
	}, func(t *bubble.T) {
		executor, spawner := New()
		for _, name := range []string{"first", "second"} {
			spawner.Spawn(func() {
				t.Note("%s begins", name)
				time.Sleep(time.Second)
				t.Note("%s ends", name)
			})
		}
		spawner.Close()
		executor.Run()
		t.Note("Run returns")
		t.RequireEvents(
			bubble.Event{At: 0 * time.Second, What: "first begins"},
			bubble.Event{At: 1 * time.Second, What: "first ends"},
			bubble.Event{At: 1 * time.Second, What: "second begins"},
			bubble.Event{At: 2 * time.Second, What: "second ends"},
			bubble.Event{At: 2 * time.Second, What: "Run returns"},
		)
	})
}

// Close does not throw away what is queued, and Run returns when all of it ran.
func TestRunReturnsOnceClosedAndDrained(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Run returns once the spawner is closed and the queue is empty: no sooner, no later.",
		Look:  (*Executor).Run,
		Think: "How does Run learn that nothing more will come? And may it stop while tasks are still queued?",
	}, func(t *bubble.T) {
		executor, spawner := New()
		ran := 0
		for range 3 {
			spawner.Spawn(func() { ran++ })
		}
		spawner.Close()
		executor.Run()
		require.Equal(t, 3, ran, "3 tasks were queued before Close, and all of them must run")

		executor, spawner = New()
		spawner.Close()
		executor.Run() // has nothing to do: this must not wait
	})
}

// Spawn never waits, however many tasks are queued already.
func TestSpawnNeverWaits(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Spawn never waits: 10,000 tasks can be queued before Run takes the first, and all of them run.",
		Look:  (*Spawner).Spawn,
		Think: "How many tasks does your queue hold? Who makes room in it while Run has not begun?",
	}, func(t *bubble.T) {
		executor, spawner := New()
		var ran []int
		for i := range 10_000 {
			spawner.Spawn(func() { ran = append(ran, i) })
		}
		spawner.Close()
		executor.Run()
		require.Len(t, ran, 10_000, "every spawned task runs exactly once")
		require.True(t, slices.IsSorted(ran), "the tasks ran in another order than they were spawned in")
	})
}

// A running task may spawn more tasks.
func TestATaskMaySpawnATask(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A running task may spawn more tasks; they queue up behind those that wait already.",
		Look:  (*Executor).Run,
		Think: "What does Run still hold while it runs a task? Does Spawn need the same thing?",
	}, func(t *bubble.T) {
		executor, spawner := New()
		var order []string
		spawner.Spawn(func() {
			order = append(order, "parent")
			spawner.Spawn(func() {
				order = append(order, "child")
				spawner.Close()
			})
		})
		spawner.Spawn(func() { order = append(order, "neighbour") })
		executor.Run()
		require.Equal(t, []string{"parent", "neighbour", "child"}, order, "the tasks ran in another order, or not all of them did")
	})
}

// While the spawner is open, Run waits for more: this is what a forgotten Close
// (in Rust: a forgotten drop) feels like.
func TestRunWaitsWhileTheSpawnerIsOpen(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "While the spawner is open, Run waits for more tasks, and runs one as soon as it is spawned.",
		Look:  (*Executor).Run,
		Think: "An empty queue and a closed spawner are two things. And who wakes a Run that waits?",
	}, func(t *bubble.T) {
		executor, spawner := New()
		returned, ran := false, time.Duration(0)
		t.Go(func() {
			executor.Run()
			returned = true
		})
		synctest.Wait()
		require.False(t, returned, "the queue is empty but the spawner is open, and Run has returned")

		const spawned = 10*time.Second + 123456789*time.Nanosecond // no round number that a polling loop could hit
		time.Sleep(spawned)
		spawner.Spawn(func() { ran = t.Elapsed() })
		synctest.Wait()
		require.Equal(t, spawned, ran, "a task was spawned while Run waited; it did not run at that moment")
		require.False(t, returned, "the spawner is still open, and Run has returned")

		spawner.Close()
		synctest.Wait()
		require.True(t, returned, "the spawner was closed while Run waited, and Run still waits")
	})
}

// The spawner may be used by several goroutines at once.
func TestManyGoroutinesMaySpawn(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Many goroutines may spawn at the same time while Run runs, and no task is lost.",
		Look:  (*Spawner).Spawn,
		Think: "What happens when two goroutines change the queue at the same moment? (go test -race shows where.)",
	}, func(t *bubble.T) {
		executor, spawner := New()
		const goroutines, each = 50, 200
		var spawned, ran atomic.Int64
		for range goroutines {
			t.Go(func() {
				for range each {
					spawner.Spawn(func() { ran.Add(1) })
				}
				if spawned.Add(1) == goroutines {
					spawner.Close()
				}
			})
		}
		executor.Run()
		require.EqualValues(t, goroutines*each, ran.Load(), "every spawned task runs exactly once")
	})
}

// Each New makes a queue of its own.
func TestTwoQueuesAreTwo(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Two calls of New make two queues that know nothing of each other.",
		Look:  New,
		Think: "Where does the queue live: in a package-level variable, or in what New makes?",
	}, func(t *bubble.T) {
		oneExecutor, oneSpawner := New()
		otherExecutor, otherSpawner := New()
		ran := ""
		oneSpawner.Spawn(func() { ran += "one " })
		otherSpawner.Spawn(func() { ran += "other " })
		otherSpawner.Close()
		otherExecutor.Run()
		require.Equal(t, "other ", ran, "the other executor must run the other spawner's task and no more")
		oneSpawner.Close()
		oneExecutor.Run()
		require.Equal(t, "other one ", ran, "now the first executor must run the first spawner's task")
	})
}
