// Given: tests with many tasks, after those that show a mistake in the smallest case. Read
// them, there is nothing to edit.

package main

import (
	"sync/atomic"
	"testing"
	"time"

	"asynclab/internal/bubble"
)

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
			t.Note("%d tasks have been spawned", 2*half)
			done.Add(1)
		})
		t.Note("%d tasks have been spawned", half)
		executor.Run()
		t.RequireEqual(2*half, int(done.Load()), "the number of tasks that were done when Run returned")
		t.RequireEqual(2*time.Second, t.Elapsed(), "the time that Run took")
	})
}

// A thousand tasks that are over at once, but for the first: it waits for the second.
func TestAThousandQuickTasks(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "However many tasks are queued when the spawner is closed, and however quick they are: they run at the same time, and when Run returns, all are done.",
		Look:  (*Executor).Run,
		Think: "Does somebody else start tasks for Run, when there are many? Who waits until that one has started its last?",
	}, func(t *bubble.T) {
		const all = 1_000
		executor, spawner := New()
		var done atomic.Int64
		second := make(chan bool)
		spawner.Spawn(func() {
			<-second // it runs at the same time
			done.Add(1)
		})
		spawner.Spawn(func() {
			close(second)
			done.Add(1)
		})
		for range all - 2 {
			spawner.Spawn(func() { done.Add(1) })
		}
		spawner.Close()
		executor.Run()
		t.RequireEqual(all, int(done.Load()), "the number of tasks that were done when Run returned")
	})
}
