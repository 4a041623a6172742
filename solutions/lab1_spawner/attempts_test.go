package main

import (
	"testing"

	"asynclab/internal/labs"
)

func TestAttempts(t *testing.T) { labs.CheckAttempts(t, wrong) }

// wrong is what people get wrong in this lab.
var wrong = []labs.Wrong{
	{
		Mistake: "Spawn runs the task right away",
		File:    "executor.go",
		Change:  []string{"s.queue.tasks = append(s.queue.tasks, task)", "task()"},
		Test:    "TestSpawnRunsNothing",
		Says:    "the task ran before Run was called",
	},
	{
		Mistake: "Run returns at the first empty queue",
		File:    "executor.go",
		Change:  []string{"for len(q.tasks) == 0 && !q.closed {", "for false {"},
		Test:    "TestRunWaitsWhileTheSpawnerIsOpen",
		Says:    "the spawner is open, and Run has returned",
	},
}
