// Given: harder tests, for go test -tags stretch. Read them, there is nothing to edit.

//go:build stretch

package main

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"asynclab/internal/bubble"
)

// A task that panics takes no other down, and is reported.
func TestStretchAPanicTakesNobodyDown(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A task that panics takes no other task down, and the report says what it panicked with.",
		Look:  (*Executor).RunUntil,
		Think: "A panic ends the whole program unless somebody recovers, in the goroutine that panics. Which one is that?",
	}, func(t *bubble.T) {
		executor, spawner := New()
		spawner.Spawn(aNap(t, "one", time.Second))
		spawner.Spawn(func() { time.Sleep(500 * time.Millisecond); panic("no ink left") })
		spawner.Spawn(func() { panic("no paper left") })
		spawner.Spawn(aNap(t, "two", time.Second))
		spawner.Close()
		report := executor.RunUntil(t.Context(), 0)
		t.RequireEqual(4, len(t.Events()), "two other tasks begin and end")
		t.RequireEqual(time.Second, t.Elapsed(), "the time that RunUntil took")
		t.RequireEqual([]any{"no paper left", "no ink left"}, report.Panics, "what the report says of panics")
		t.RequireEqual(0, len(report.Left), "all tasks were started, so none is left")
	})
}

// No more than limit tasks run at the same time, and no fewer.
func TestStretchALimit(t *testing.T) {
	for limit, takes := range map[int]time.Duration{1: 12 * time.Second, 3: 4 * time.Second, 5: 3 * time.Second, 0: time.Second} {
		t.Run(fmt.Sprintf("limit %d", limit), func(t *testing.T) {
			bubble.Run(t, bubble.Lesson{
				Rule:  "At most limit tasks run at the same time, and as many as may; 0 means no limit.",
				Look:  (*Executor).RunUntil,
				Think: "What must RunUntil have before it starts a task, and when does it get that back?",
			}, func(t *bubble.T) {
				executor, spawner := New()
				var running, most atomic.Int64
				for range 12 {
					spawner.Spawn(func() {
						if now := running.Add(1); now > most.Load() {
							most.Store(now)
						}
						time.Sleep(time.Second)
						running.Add(-1)
					})
				}
				spawner.Close()
				executor.RunUntil(t.Context(), limit)
				if limit > 0 {
					t.Require(most.Load() <= int64(limit), "%d tasks ran at the same time, and the limit is %d", most.Load(), limit)
				}
				t.RequireEqual(takes, t.Elapsed(), "the time that 12 tasks of a second take with this limit")
			})
		})
	}
}

// When ctx is done, the running tasks end and the others are left.
func TestStretchStoppingSaysWhatIsLeft(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "When ctx is done, the running tasks may end, no other is started, and the report has those that are left, in order.",
		Look:  (*Executor).RunUntil,
		Think: "Where can RunUntil be waiting when ctx is done? Does it notice in each of these places?",
	}, func(t *bubble.T) {
		executor, spawner := New()
		for _, name := range []string{"one", "two", "three", "four"} {
			spawner.Spawn(aNap(t, name, 2*time.Second))
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		report := executor.RunUntil(ctx, 2)
		t.RequireEqual(2*time.Second, t.Elapsed(), "the time that RunUntil took: ctx was done after 1s, two tasks ran until 2s")
		t.RequireEqual(4, len(t.Events()), "two tasks begin and end")
		t.RequireEqual(2, len(report.Left), "the tasks that were not started")
		report.Left[0]()
		report.Left[1]()
		t.RequireEqual("2s    three begins", t.Events()[4].String(), "the first task that was left")
		t.RequireEqual("4s    four begins", t.Events()[6].String(), "the second task that was left")
		spawner.Close()
	})
}

// When ctx is done while there is nothing to do, RunUntil returns at once.
func TestStretchStoppingWhileWaiting(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A RunUntil that waits for a task returns as soon as ctx is done.",
		Look:  (*Executor).RunUntil,
		Think: "RunUntil sleeps until something changes. Who tells it that ctx has?",
	}, func(t *bubble.T) {
		executor, spawner := New()
		spawner.Spawn(aNap(t, "the only task", time.Second))
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		executor.RunUntil(ctx, 1)
		t.Note("RunUntil returns")
		t.RequireEvents(
			bubble.Event{At: 0 * time.Second, What: "the only task begins"},
			bubble.Event{At: 1 * time.Second, What: "the only task ends"},
			bubble.Event{At: 5 * time.Second, What: "RunUntil returns"},
		)
		spawner.Close()
	})
}
