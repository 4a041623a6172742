// Given: tests of executor.go in every order. Read them, there is nothing to edit.

package main

import (
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"asynclab/internal/explore"
)

// Run starts both tasks, and waits even for one that it has only just started.
func TestEveryOrderOfRunAndATask(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Run starts both tasks, and waits even for one that it has only just started.",
		Look:  (*Executor).Run,
		Think: "A new goroutine does not run at once. Who must have counted the task before Run begins to wait?",
	}, func(x *explore.X) {
		executor, spawner := New()
		spawner.Spawn(aTask(x, "one"))
		spawner.Spawn(aTask(x, "two"))
		spawner.Close()
		x.Go("Run", runOf(x, executor))
		x.Wait()
		requireTogether(x, "one", "two")
	})
}

// A task may be over before Run does anything else.
func TestEveryOrderOfRunAndQuickTasks(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Run waits also for tasks that are over at once, and either of two may be the first.",
		Look:  (*Executor).Run,
		Think: "Run starts a task, and perhaps the task is over before Run takes its next step. What has Run noted by then?",
	}, func(x *explore.X) {
		executor, spawner := New()
		spawner.Spawn(func() { x.Note("one") })
		spawner.Spawn(func() { x.Note("two") })
		spawner.Close()
		x.Go("Run", runOf(x, executor))
		x.Wait()
		ran := x.Notes()
		if len(ran) != 3 || ran[0] == ran[1] || ran[2] != "Run returns" {
			x.Fatalf("both tasks should run, and Run return then; but this happened: %q", ran)
		}
		x.Outcome(strings.Join(ran, ", "), 2)
	})
}

// Close may come at the moment when Run has nothing to start.
func TestEveryOrderOfRunAndClose(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "However close Close comes to the moment when Run finds nothing to start: Run notices, waits for the tasks that run, and returns.",
		Look:  (*Executor).Run,
		Think: "Run can be looking at the queue, or be about to sleep, or be waiting for a task. Does it notice Close in each of these places?",
	}, func(x *explore.X) {
		executor, spawner := New()
		spawner.Spawn(aTask(x, "one"))
		spawner.Spawn(aTask(x, "two"))
		x.Go("Run", runOf(x, executor))
		x.Go("Close", spawner.Close)
		x.Wait()
		requireTogether(x, "one", "two")
	})
}

// So may Spawn.
func TestEveryOrderOfRunAndSpawn(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "However close Spawn and Close come to the moment when Run finds nothing to start: the task runs, and Run waits for it.",
		Look:  (*Executor).Run,
		Think: "Who looks at something and acts on it a moment later: Run, Spawn, or both? What if the other one comes between the two?",
	}, func(x *explore.X) {
		executor, spawner := New()
		spawner.Spawn(aTask(x, "one"))
		x.Go("Run", runOf(x, executor))
		x.Go("Spawn, Close", func() {
			spawner.Spawn(aTask(x, "two"))
			spawner.Close()
		})
		x.Wait()
		requireTogether(x, "one", "two")
	})
}

// A task spawns another one, and closes.
func TestEveryOrderOfATaskThatSpawns(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "A task may spawn another one at the moment when it ends and Run has nothing else to do: Run waits for both.",
		Look:  (*Executor).Run,
		Think: "For a moment the queue is empty and one task still runs. What may that task do?",
	}, func(x *explore.X) {
		executor, spawner := New()
		parent := aTask(x, "parent")
		spawner.Spawn(func() {
			spawner.Spawn(aTask(x, "child"))
			spawner.Close()
			parent()
		})
		x.Go("Run", runOf(x, executor))
		x.Wait()
		requireTogether(x, "child", "parent")
	})
}

// And that task may be over at once.
func TestEveryOrderOfAQuickTaskThatSpawns(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "A task may spawn another one, close the spawner and be over, all between two looks of Run: Run waits for both, and either may be the first to end.",
		Look:  (*Executor).Run,
		Think: "In which order does Run look at its facts: is a task queued, does one still run, is the spawner closed? Which of them can change behind its back?",
	}, func(x *explore.X) {
		executor, spawner := New()
		spawner.Spawn(func() {
			spawner.Spawn(func() { x.Note("child") })
			spawner.Close()
			x.Note("parent")
		})
		x.Go("Run", runOf(x, executor))
		x.Wait()
		ran := x.Notes()
		if len(ran) != 3 || ran[0] == ran[1] || ran[2] != "Run returns" {
			x.Fatalf("parent and child should run, and Run return then; but this happened: %q", ran)
		}
		x.Outcome(strings.Join(ran, ", "), 2)
	})
}

// Two goroutines may spawn at the same moment.
func TestEveryOrderOfTwoSpawns(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "When two goroutines spawn at the same moment, both tasks run, each once.",
		Look:  (*Spawner).Spawn,
		Think: "What does the second Spawn find while the first is in the middle of its work?",
	}, func(x *explore.X) {
		executor, spawner := New()
		x.Go("Spawn 1", func() { spawner.Spawn(aTask(x, "one")) })
		x.Go("Spawn 2", func() { spawner.Spawn(aTask(x, "two")) })
		x.Wait()
		spawner.Close()
		runOf(x, executor)()
		requireTogether(x, "one", "two")
	})
}

// Two Spawns and Close may come, one after the other, when Run has nothing to start.
func TestEveryOrderOfRunAndTwoSpawns(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "However close two Spawns and Close come to the moment when Run finds nothing to start: they return, both tasks run at the same time, and Run waits for them.",
		Look:  (*Spawner).Spawn,
		Think: "Three calls want Run to notice something. What if it has not noticed the first one yet when the third comes?",
	}, func(x *explore.X) {
		executor, spawner := New()
		x.Go("Run", runOf(x, executor))
		x.Go("Spawn, Spawn, Close", func() {
			spawner.Spawn(aTask(x, "one"))
			spawner.Spawn(aTask(x, "two"))
			spawner.Close()
		})
		x.Wait()
		requireTogether(x, "one", "two")
	})
}

// Two tasks come when all others are over.
func TestEveryOrderOfTwoSpawnsWhenAllIsDone(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "When all tasks are over and the spawner is open, two new ones begin at once, both of them, without a Close.",
		Look:  (*Executor).Run,
		Think: "Everyone is idle. Who wakes whom for the first task, and who takes the second?",
	}, func(x *explore.X) {
		executor, spawner := New()
		spawner.Spawn(func() {})
		x.Go("Run", runOf(x, executor))
		x.Settle()
		x.Go("Spawn, Spawn", func() {
			spawner.Spawn(aTask(x, "one"))
			spawner.Spawn(aTask(x, "two"))
		})
		x.Settle()
		if begun := x.Notes(); len(begun) != 2 {
			x.Fatalf("two tasks were spawned, Run waits, and these have begun: %q", begun)
		}
		spawner.Close()
		x.Wait()
		requireTogether(x, "one", "two")
	})
}

// One task comes when all others are over, and then another one.
func TestEveryOrderOfASpawnWhenAllIsDone(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "When all tasks are over and the spawner is open, a new one begins at once, without another Spawn or a Close.",
		Look:  (*Executor).Run,
		Think: "Spawn wakes one who waits. Who else waits in the same place, and what does it do when it was not meant?",
	}, func(x *explore.X) {
		executor, spawner := New()
		spawner.Spawn(func() {})
		spawner.Spawn(func() {})
		x.Go("Run", runOf(x, executor))
		x.Settle()
		for i, name := range []string{"one", "two"} {
			spawner.Spawn(aTask(x, name))
			x.Settle()
			if begun := x.Notes(); len(begun) != i+1 {
				x.Fatalf("task %s was spawned, Run waits, and these have begun: %q", name, begun)
			}
		}
		spawner.Close()
		x.Wait()
		requireTogether(x, "one", "two")
	})
}

// A task may end at the moment when another one is spawned, or when the spawner is closed.
func TestEveryOrderOfAQuickTaskSpawnAndClose(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "However close Spawn and Close come to the end of the last task: Run runs what was spawned, either may end first, and Run returns.",
		Look:  (*Executor).Run,
		Think: "The last task ends, and at that moment another is spawned, or the spawner is closed. Who takes itself for the last one then?",
	}, func(x *explore.X) {
		executor, spawner := New()
		spawner.Spawn(func() { x.Note("one") })
		x.Go("Run", runOf(x, executor))
		x.Go("Spawn, Close", func() {
			spawner.Spawn(func() { x.Note("two") })
			spawner.Close()
		})
		x.Wait()
		ran := x.Notes()
		if len(ran) != 3 || ran[0] == ran[1] || ran[2] != "Run returns" {
			x.Fatalf("both tasks should run, and Run return then; but this happened: %q", ran)
		}
		x.Outcome(strings.Join(ran, ", "), 2)
	})
}

// Where somebody stays for a second in case that more comes, that second may just be over.
func TestEveryOrderOfASpawnASecondLater(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Two tasks that come a second after all others were over run at the same time, and Run waits for them.",
		Look:  (*Executor).Run,
		Think: "Does anything in Run go by the clock? What if the clock strikes at the very moment when a task comes?",
	}, func(x *explore.X) {
		executor, spawner := New()
		spawner.Spawn(func() {})
		x.Go("Run", runOf(x, executor))
		x.Settle()
		x.Go("Spawn, Spawn, Close", func() {
			time.Sleep(time.Second)
			spawner.Spawn(aTask(x, "one"))
			spawner.Spawn(aTask(x, "two"))
			spawner.Close()
		})
		x.Wait()
		requireTogether(x, "one", "two")
	})
}

// With equal pauses all six orders of done, done2 and done3 are possible.
func TestEveryOrderOfDone(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "The order of done, done2 and done3 is nobody's promise: all six orders are possible.",
		Look:  (*Executor).Run,
		Think: "Three timers end at the same moment. What in Run decides who goes first, and should anything?",
	}, func(x *explore.X) {
		executor, spawner := New()
		for _, name := range []string{"done", "done2", "done3"} {
			spawner.Spawn(func() {
				time.Sleep(2 * time.Second)
				x.Note("%s", name)
			})
		}
		spawner.Close()
		x.Go("Run", executor.Run)
		x.Wait()
		x.Outcome(strings.Join(x.Notes(), " "), 6)
	})
}

// A task may close the spawner before the Spawn that has queued it has returned.
func TestEveryOrderOfSpawnAndATaskThatCloses(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "A task may run and close the spawner before its own Spawn has returned: Spawn returns, and Run does when every task is over.",
		Look:  (*Spawner).Spawn,
		Think: "From which line of Spawn on can the task run? What does Spawn still do then, and may that come after Close?",
	}, func(x *explore.X) {
		executor, spawner := New()
		spawner.Spawn(aTask(x, "one"))
		x.Go("Run", runOf(x, executor))
		x.Go("Spawn", func() {
			spawner.Spawn(func() {
				spawner.Close()
				x.Note("two")
			})
		})
		x.Wait()
		got := x.Notes()
		if len(got) != 4 || !slices.Equal(explore.Sorted(got[:2]), []string{"one begins", "two"}) || got[2] != "one is done" || got[3] != "Run returns" {
			x.Fatalf("expected: one begins, two, one is done, Run returns\ngot:      %s", strings.Join(got, ", "))
		}
	})
}

// Two goroutines may spawn when many tasks wait already.
func TestEveryOrderOfTwoSpawnsWhenManyWait(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "When two goroutines spawn at the same moment, every task runs, once, however many wait already.",
		Look:  (*Spawner).Spawn,
		Think: "The room for tasks can be full. When does Spawn look whether there is some, and what does it find when it puts the task there?",
	}, func(x *explore.X) {
		executor, spawner := New()
		ran := 0
		quick := func() { ran++ } // one goroutine at a time takes its steps
		for range 255 {           // room often ends at 256 or one less, or at what goes into it
			spawner.Spawn(quick)
		}
		x.Go("Spawn 1", func() { spawner.Spawn(aTask(x, "one")) })
		x.Go("Spawn 2, Spawn 3", func() {
			spawner.Spawn(aTask(x, "two"))
			spawner.Spawn(quick)
		})
		x.Wait()
		spawner.Close()
		runOf(x, executor)()
		requireTogether(x, "one", "two")
		if ran != 256 {
			x.Fatalf("beside the two tasks of a second there were 256 quick ones, and %d of them ran", ran)
		}
	})
}

// Two tasks may come when Run has just started another one.
func TestEveryOrderOfRunATaskAndTwoSpawns(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "When two tasks come while the one before them is only just being started, each of the three runs, once.",
		Look:  (*Executor).Run,
		Think: "The new goroutine does not run at once. Where does its task stand until then, and what else may be put there?",
	}, func(x *explore.X) {
		executor, spawner := New()
		last := make(chan bool, 3)
		spawner.Spawn(func() {
			<-last // it runs at the same time
			x.Note("one")
		})
		x.Go("Run", executor.Run)
		x.Go("Spawn, Spawn, Close", func() {
			spawner.Spawn(func() { x.Note("two") })
			spawner.Spawn(func() {
				x.Note("three")
				last <- true
			})
			spawner.Close()
		})
		x.Wait()
		if ran := explore.Sorted(x.Notes()); !slices.Equal(ran, []string{"one", "three", "two"}) {
			x.Fatalf("these tasks ran: %q", ran)
		}
	})
}

// Two goroutines may spawn, twice each, while Run starts what they spawn.
func TestEveryOrderOfTwoWhoSpawnTwice(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "When two goroutines spawn twice each while Run is at work, all four tasks run, each once.",
		Look:  (*Spawner).Spawn,
		Think: "Spawn looks at something, and finds it the same a moment later. Is it still the same, or has it been used and put back meanwhile?",
	}, func(x *explore.X) {
		executor, spawner := New()
		spawner.Spawn(func() {})
		spawner.Spawn(func() {})
		x.Go("Run", executor.Run)
		x.Settle()
		var ran [4]int
		task := func(i int) func() { return func() { ran[i]++ } }
		x.Go("Spawn 1, Spawn 2", func() {
			spawner.Spawn(task(0))
			spawner.Spawn(task(1))
		})
		x.Go("Spawn 3, Spawn 4", func() {
			spawner.Spawn(func() { ran[2]++; time.Sleep(time.Second) })
			spawner.Spawn(task(3))
		})
		x.Settle()
		if ran != [4]int{1, 1, 1, 1} {
			x.Fatalf("task three takes a second; before that is over, each of the four should have begun once, and so many times they have: %v", ran)
		}
		spawner.Close()
		x.Wait()
	})
}

// Nothing may come for as long as somebody is ready to wait.
func TestEveryOrderOfSpawnsAfterPauses(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "However long nothing was spawned, the next task runs, also if something goes by the clock, and it strikes at this very moment.",
		Look:  (*Executor).Run,
		Think: "The time is over, and a task has come. Who finds out about both, and which of them does it forget?",
	}, func(x *explore.X) {
		executor, spawner := New()
		var want []string
		spawn := func(text string) {
			want = append(want, text)
			spawner.Spawn(func() { x.Note("%s", text) })
		}
		requireAll := func() {
			if got := x.Notes(); !slices.Equal(got, want) {
				x.Fatalf("what has run, while one more task takes an hour\nexpected: %s\ngot:      %s", strings.Join(want, ", "), strings.Join(got, ", "))
			}
		}
		spawner.Spawn(func() { time.Sleep(time.Hour) }) // nobody waits for this one
		spawn("one")
		x.Go("Run", executor.Run)
		x.Settle()
		x.Go("Spawn", func() {
			for _, pause := range []time.Duration{time.Second, 5 * time.Second, 10 * time.Second, 30 * time.Second, time.Minute} {
				time.Sleep(pause)
				requireAll()
				spawn("one " + pause.String() + " later")
			}
			time.Sleep(time.Second)
			requireAll()
			spawner.Close()
		})
		x.Wait()
	})
}

// aTask is a task of a second, and notes its beginning and its end.
func aTask(x *explore.X, name string) func() {
	return func() {
		x.Note("%s begins", name)
		time.Sleep(time.Second)
		x.Note("%s is done", name)
	}
}

// runOf is Run, and notes when it returns.
func runOf(x *explore.X, executor *Executor) func() {
	return func() {
		executor.Run()
		x.Note("Run returns")
	}
}

// requireTogether requires that two tasks ran at the same time, each once, and that Run
// returned when both were done.
func requireTogether(x *explore.X, one, two string) {
	got := slices.Clone(x.Notes())
	want := []string{one + " begins", two + " begins", one + " is done", two + " is done", "Run returns"}
	if len(got) == len(want) {
		sort.Strings(got[:2]) // who is first does not matter
		sort.Strings(got[2:4])
	}
	if !slices.Equal(got, want) {
		x.Fatalf("expected: %s\ngot:      %s", strings.Join(want, ", "), strings.Join(x.Notes(), ", "))
	}
}
