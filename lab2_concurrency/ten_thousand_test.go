// Given: one test with many tasks, after those that show a mistake in the smallest case. Read
// it, there is nothing to edit.

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
