// Given: harder tests, for go test -tags stretch. Read them, there is nothing to edit.

//go:build stretch

package main

import (
	"context"
	"testing"
	"time"

	"asynclab/internal/bubble"
)

// A task that panics takes no other down, and is reported.
func TestStretchAPanicTakesNobodyDown(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A task that panics takes no other task down, and the report says what it panicked with.",
		Look:  (*Executor).RunUntil,
		Think: "A panic unwinds the stack until somebody recovers. In which function must that somebody be?",
	}, func(t *bubble.T) {
		executor, spawner := New()
		var ran []string
		spawner.Spawn(func() { ran = append(ran, "first") })
		spawner.Spawn(func() { panic("no paper left") })
		spawner.Spawn(func() { ran = append(ran, "last") })
		spawner.Close()
		report := executor.RunUntil(t.Context())
		t.RequireEqual([]string{"first", "last"}, ran, "the tasks that ran to their end")
		t.RequireEqual([]any{"no paper left"}, report.Panics, "what the report says of panics")
		t.RequireEqual(0, len(report.Left), "all tasks were started, so none is left")
	})
}

// When ctx is done, the running task ends and the others are left.
func TestStretchStoppingSaysWhatIsLeft(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "When ctx is done, the running task may end, no other is started, and the report has those that are left, in order.",
		Look:  (*Executor).RunUntil,
		Think: "At which moment of its loop does RunUntil look at ctx? What is in the queue then?",
	}, func(t *bubble.T) {
		executor, spawner := New()
		for _, name := range []string{"one", "two", "three"} {
			spawner.Spawn(func() {
				t.Note("%s begins", name)
				time.Sleep(2 * time.Second)
			})
		}
		spawner.Close()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		report := executor.RunUntil(ctx)
		t.Note("RunUntil returns")
		t.RequireEqual(2, len(report.Left), "the tasks that were not started")
		for _, task := range report.Left {
			task()
		}
		t.RequireEvents(
			bubble.Event{At: 0 * time.Second, What: "one begins"},
			bubble.Event{At: 2 * time.Second, What: "RunUntil returns"},
			bubble.Event{At: 2 * time.Second, What: "two begins"},
			bubble.Event{At: 4 * time.Second, What: "three begins"},
		)
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
		spawner.Spawn(func() { t.Note("the only task") })
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		executor.RunUntil(ctx)
		t.Note("RunUntil returns")
		t.RequireEvents(
			bubble.Event{At: 0 * time.Second, What: "the only task"},
			bubble.Event{At: 5 * time.Second, What: "RunUntil returns"},
		)
		spawner.Close()
	})
}
