// Given: the tests of the whole program. Read them, there is nothing to edit.

package main

import (
	"strings"
	"testing"
	"time"

	"asynclab/internal/bubble"
)

// Every howdy is printed before any done.
func TestEveryHowdyComesBeforeAnyDone(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "The program prints every howdy at once, and every done two seconds later.",
		Look:  (*Executor).Run,
		Think: "What is the second task doing during the two seconds in which the first one sleeps?",
	}, func(t *bubble.T) {
		program(t.Screen(), 2*time.Second)
		events := t.Events()
		t.RequireEqual(6, len(events), "three tasks print two lines each")
		for i, e := range events {
			word, at := "howdy", 0*time.Second
			if i >= 3 {
				word, at = "done", 2*time.Second
			}
			t.Require(strings.Contains(e.What, word) && e.At == at, "line %d should be a %s, at %v; it is: %v", i+1, word, at, e)
		}
	})
}
