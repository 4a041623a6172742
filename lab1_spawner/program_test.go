// Given: the test of main.go. Read it, there is nothing to edit.

package main

import (
	"io"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"asynclab/internal/bubble"
)

// The line printed after Spawn appears before the task's own lines.
func TestTheProgram(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "The program prints hey hey hey first, then howdy, and done two seconds after howdy.",
		Look:  program,
		Think: "When does the task run, and which line of program comes before that? When does Run end? (Every line goes to out.)",
	}, func(t *bubble.T) {
		out := &witness{Writer: t.Screen()}
		program(out)
		t.Require(!out.inRun, "the hey line was printed while Run ran: by the task, and not by program itself")
		t.RequireEvents(
			bubble.Event{At: 0 * time.Second, What: owner + "'s Computer: hey hey hey!"},
			bubble.Event{At: 0 * time.Second, What: owner + "'s Computer: howdy!"},
			bubble.Event{At: 2 * time.Second, What: owner + "'s Computer: done!"},
		)
	})
}

// A witness passes on what is printed, and sees whether Run is what prints the hey line.
type witness struct {
	io.Writer
	inRun bool
}

func (w *witness) Write(p []byte) (int, error) {
	if strings.Contains(string(p), "hey hey hey") {
		w.inRun = strings.Contains(string(debug.Stack()), "(*Executor).Run")
	}
	return w.Writer.Write(p)
}
