// Given: the tests of executor.go. Read them, there is nothing to edit.

package main

import (
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"asynclab/internal/bubble"
)

func TestMain(m *testing.M) { bubble.Main(m) }

// Spawn only queues a task: nothing runs before Run.
func TestSpawnRunsNothing(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Spawn only queues a task: nothing runs before Run, and Run runs what is queued.",
		Look:  (*Spawner).Spawn,
		Think: "Spawn is handed a func(). What can one do with it, other than call it? Where is it kept until Run calls it?",
	}, func(t *bubble.T) {
		t.LeaveLeaksToOthers()
		const tasks = 50
		executor, spawner := New()
		var ran atomic.Int64
		for range tasks {
			spawner.Spawn(func() {
				if ran.Add(1) > tasks {
					panic("a task ran twice")
				}
			})
		}
		synctest.Wait() // let every other goroutine go as far as it can
		t.Require(ran.Load() == 0, "%d tasks ran before Run was called: Spawn ran them, or started goroutines that did", ran.Load())
		spawner.Close()
		synctest.Wait()
		t.Require(ran.Load() == 0, "%d tasks ran before Run was called: Close ran them", ran.Load())
		executor.Run()
		synctest.Wait()
		t.Require(ran.Load() == tasks, "%d tasks were spawned, then came Close, then Run. Run has returned, and %d tasks ran", tasks, ran.Load())
	})
}

// Each New makes a queue of its own.
func TestTwoQueuesAreTwo(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Two calls of New make two queues that know nothing of each other.",
		Look:  New,
		Think: "Where does the queue live: in a package-level variable, or in what New makes?",
	}, func(t *bubble.T) {
		t.LeaveLeaksToOthers()
		oneExecutor, oneSpawner := New()
		otherExecutor, otherSpawner := New()
		ran := ""
		oneSpawner.Spawn(func() { ran += "one " })
		otherSpawner.Spawn(func() { ran += "other " })
		otherSpawner.Close()
		otherExecutor.Run()
		synctest.Wait()
		t.RequireEqual("other ", ran, "the other executor must run the other spawner's task and no more")
		oneSpawner.Close()
		oneExecutor.Run()
		synctest.Wait()
		t.RequireEqual("other one ", ran, "now the first executor must run the first spawner's task")
	})
}

// Tasks run one after another.
func TestTasksRunOneAfterAnother(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "In this lab a task starts only when the one before it is over, and Run returns when the last is.",
		Look:  (*Executor).Run,
		Think: "In which goroutine does Run call the task?",
	}, func(t *bubble.T) {
		t.LeaveLeaksToOthers()
		executor, spawner := New()
		for range 2 {
			spawner.Spawn(func() {
				t.Note("a task begins")
				time.Sleep(time.Second)
				t.Note("a task ends")
			})
		}
		spawner.Close()
		executor.Run()
		t.Note("Run returns")
		time.Sleep(time.Minute) // let the clock show what still runs
		t.RequireEvents(
			bubble.Event{At: 0 * time.Second, What: "a task begins"},
			bubble.Event{At: 1 * time.Second, What: "a task ends"},
			bubble.Event{At: 1 * time.Second, What: "a task begins"},
			bubble.Event{At: 2 * time.Second, What: "a task ends"},
			bubble.Event{At: 2 * time.Second, What: "Run returns"},
		)
	})
}

// Run returns when all that was spawned is over, and nothing is left behind.
func TestRunReturnsOnceClosedAndDrained(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Run returns once the spawner is closed and no task is left, and then no goroutine is left either.",
		Look:  (*Executor).Run,
		Think: "How does Run learn that nothing more will come? Who else must learn it?",
	}, func(t *bubble.T) {
		const long = 1234567 * time.Microsecond // no round number that a polling loop could hit
		executor, spawner := New()
		spawner.Spawn(func() { time.Sleep(long) })
		spawner.Close()
		executor.Run()
		requireOnTime(t, long, "the only task is over")

		executor, spawner = New()
		spawner.Close()
		executor.Run() // has nothing to do: this must not wait
		requireOnTime(t, long, "the spawner is closed and there is no task")
	})
}

// requireOnTime requires that Run has returned at this moment of the test's time.
func requireOnTime(t *bubble.T, due time.Duration, why string) {
	t.Helper()
	if late := t.Elapsed() - due; late > 0 {
		t.Fatalf("%s, and Run returned %v later: does it sleep and look again, in place of being woken?", why, late)
	} else if late < 0 {
		t.Fatalf("Run returned %v too soon, before %s", -late, why)
	}
}

// Spawn never waits, however many tasks are queued already.
func TestSpawnNeverWaits(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Spawn never waits, however many tasks are queued already, and all of them run.",
		Look:  (*Spawner).Spawn,
		Think: "How many tasks does your queue hold? Who makes room in it while Run has not begun?",
	}, func(t *bubble.T) {
		const many, room = 30_000, 200_000
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		executor, spawner := New()
		runtime.ReadMemStats(&after)
		t.Require(after.TotalAlloc-before.TotalAlloc < room, "New sets aside %d bytes before anything is spawned: a queue of a fixed size, however large, is full one day", after.TotalAlloc-before.TotalAlloc)

		ran := 0
		for i := range many {
			if i%(many/3) == 0 {
				t.Note("task %d is being spawned, and Run has not begun", i+1)
			}
			spawner.Spawn(func() { ran++ })
		}
		spawner.Close()
		executor.Run()
		t.RequireEqual(many, ran, "every spawned task runs exactly once")
	})
}

// Tasks run in the order in which they were spawned.
func TestTasksRunInTheOrderSpawned(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Tasks run in the order in which they were spawned: first in, first out.",
		Look:  (*Executor).Run,
		Think: "At which end of the queue does Spawn add, and from which end does Run take? Can one task overtake another?",
	}, func(t *bubble.T) {
		executor, spawner := New()
		const tasks = 5_000 // so many that luck does not sort them
		var ran []int
		for i := range tasks {
			spawner.Spawn(func() { ran = append(ran, i) })
		}
		spawner.Close()
		executor.Run()
		t.RequireEqual(tasks, len(ran), "every spawned task runs exactly once")
		for place, i := range ran {
			t.Require(place == i, "task %d was spawned before task %d, and ran after it", place, i)
		}
	})
}

// A task may take as long as it likes.
func TestATaskOfADayIsNotOvertaken(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "However long a task takes, the next one starts only when it is over.",
		Look:  (*Executor).Run,
		Think: "What does Run wait for while a task runs? Can that come before the task is over?",
	}, func(t *bubble.T) {
		t.LeaveLeaksToOthers()
		const day = 24 * time.Hour
		executor, spawner := New()
		spawner.Spawn(func() { time.Sleep(day) })
		var began time.Duration
		spawner.Spawn(func() { began = t.Elapsed() })
		spawner.Close()
		executor.Run()
		t.RequireEqual(day, began, "the time at which the second task began, when the first takes a day")
	})
}

// While the spawner is open, Run waits for more: this is what a forgotten Close
// (in Rust: a forgotten drop) feels like.
func TestRunWaitsWhileTheSpawnerIsOpen(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "While the spawner is open, Run waits for more tasks, and runs one as soon as it is spawned.",
		Look:  (*Executor).Run,
		Think: "An empty queue and a closed spawner are two things. How does Run wait? And who wakes it?",
	}, func(t *bubble.T) {
		executor, spawner := New()
		var returned, ran atomic.Bool
		t.Go(func() {
			executor.Run()
			returned.Store(true)
		})
		synctest.Wait()
		t.Require(!returned.Load(), "the queue is empty but the spawner is open, and Run has returned")

		time.Sleep(123456789 * time.Nanosecond) // no round number that a polling loop could hit
		spawner.Spawn(func() { ran.Store(true) })
		synctest.Wait()
		t.Require(ran.Load(), "a task was spawned while Run waited: it must run at that moment, and has not")
		t.Require(!returned.Load(), "one task was spawned and ran, the spawner is still open, and Run has returned")

		time.Sleep(24 * time.Hour)
		t.Require(!returned.Load(), "nothing was spawned for a day, the spawner is still open, and Run has returned")

		spawner.Close()
		synctest.Wait()
		t.Require(returned.Load(), "the spawner was closed while Run waited, and Run still waits")
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
			for _, child := range []string{"child 1", "child 2", "child 3"} {
				spawner.Spawn(func() { order = append(order, child) })
			}
			spawner.Close()
		})
		spawner.Spawn(func() { order = append(order, "neighbour") })
		executor.Run()
		t.RequireEqual([]string{"parent", "neighbour", "child 1", "child 2", "child 3"}, order, "the tasks ran in another order, or not all of them did")
	})
}

// A hundred tasks that wait may each spawn more, and these again.
func TestManyTasksSpawnMore(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "However many tasks wait already, and however many these spawn: all run, in the order in which they were spawned.",
		Look:  (*Executor).Run,
		Think: "The queue is long, and it becomes longer while Run empties it. Where does a task go that comes now?",
	}, func(t *bubble.T) {
		const parents, children, all = 100, 3, 2_000
		executor, spawner := New()
		var ran []int
		spawned := 0
		var spawn func(n int)
		spawn = func(n int) {
			for ; n > 0 && spawned < all; n-- {
				number := spawned
				spawned++
				spawner.Spawn(func() {
					ran = append(ran, number)
					switch {
					case number < parents:
						spawn(children)
					case number < all-1:
						spawn(1) // one goes and one comes: the queue stays as long as it is
					default:
						spawner.Close()
					}
				})
			}
		}
		spawn(parents)
		executor.Run()
		t.RequireEqual(all, len(ran), "every spawned task runs exactly once")
		for place, number := range ran {
			t.Require(number == place, "the task that was spawned as number %d ran as number %d", number, place)
		}
	})
}

// Two executors at the same time do not notice each other.
func TestTwoQueuesAtTheSameTime(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Two executors can run at the same time, and neither waits for the other, wakes it or ends it.",
		Look:  New,
		Think: "Which of these do two queues share: the tasks, the lock, what wakes Run, or the note that the spawner is closed?",
	}, func(t *bubble.T) {
		t.LeaveLeaksToOthers()
		const executors = 3
		var spawners [executors]*Spawner
		var returned, ran [executors]atomic.Bool
		for i := range executors {
			var executor *Executor
			executor, spawners[i] = New()
			t.Go(func() {
				executor.Run()
				returned[i].Store(true)
			})
			synctest.Wait() // they begin to wait one after another
		}
		for i, spawner := range slices.Backward(spawners[:]) { // whoever waits longest comes last
			spawner.Spawn(func() {
				ran[i].Store(true)
				time.Sleep(time.Hour)
			})
			synctest.Wait()
			t.Require(ran[i].Load(), "several Runs wait, each at a queue of its own; a task was spawned into queue %d, and its Run did not wake up", i+1)
		}
		spawners[0].Close()
		time.Sleep(2 * time.Hour)
		t.Require(returned[0].Load(), "the spawner of queue 1 was closed, its task is over, and its Run still waits")
		t.Require(!returned[1].Load(), "the spawner of queue 1 was closed, and the Run of queue 2 has returned")
		for _, spawner := range spawners[1:] {
			spawner.Close()
		}
		synctest.Wait()
		t.Require(returned[1].Load() && returned[2].Load(), "all spawners are closed now, and one Run still waits")
	})
}
