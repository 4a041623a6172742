// Given: the test of main.go. Read it, there is nothing to edit.

package main

import (
	"testing"
	"time"

	"asynclab/internal/bubble"
)

// The line printed after Spawn appears before the task's own lines.
func TestTheProgram(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "The program prints hey hey hey first, then howdy, and done two seconds after howdy.",
		Look:  program,
		Think: "When does the task run? Which line of program comes before that? (Every line goes to out.)",
	}, func(t *bubble.T) {
		program(t.Screen())
		t.RequireEvents(
			bubble.Event{At: 0 * time.Second, What: owner + "'s Computer: hey hey hey!"},
			bubble.Event{At: 0 * time.Second, What: owner + "'s Computer: howdy!"},
			bubble.Event{At: 2 * time.Second, What: owner + "'s Computer: done!"},
		)
	})
}
