// Given: tests of executor.go in every order. Read them, there is nothing to edit.

package main

import (
	"slices"
	"testing"
	"time"

	"asynclab/internal/explore"
)

// Close may come at the moment when Run finds the queue empty.
func TestEveryOrderOfRunAndClose(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "However close Close comes to the moment when Run finds the queue empty: Run notices, and returns.",
		Look:  (*Executor).Run,
		Think: "Run looks whether the spawner is closed, and then it goes to sleep. What if Close comes between the two?",
	}, func(x *explore.X) {
		executor, spawner := New()
		spawner.Spawn(func() { x.Note("the task") })
		x.Go("Run", executor.Run)
		x.Go("Close", spawner.Close)
		x.Wait()
		requireRan(x, "the task")
	})
}

// So may Spawn.
func TestEveryOrderOfRunAndSpawn(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "However close Spawn comes to the moment when Run finds the queue empty: the task runs, and Run returns after Close.",
		Look:  (*Executor).Run,
		Think: "Run looks at the queue, and then it sleeps or returns. What if somebody changes the queue between the two?",
	}, func(x *explore.X) {
		executor, spawner := New()
		x.Go("Run", executor.Run)
		x.Go("Spawn, Close", func() {
			spawner.Spawn(func() { x.Note("the task") })
			spawner.Close()
		})
		x.Wait()
		requireRan(x, "the task")
	})
}

// One goroutine spawns two tasks while Run looks for some.
func TestEveryOrderOfRunAndTwoTasks(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "However close two Spawns, one after the other, come to the moment when Run finds the queue empty: neither they nor Close wait for a task, and both tasks run, the first one first.",
		Look:  (*Executor).Run,
		Think: "Run looks for a task more than once, or in more than one place. What if two come in between?",
	}, func(x *explore.X) {
		executor, spawner := New()
		x.Go("Run", executor.Run)
		x.Go("Spawn, Spawn, Close", func() {
			spawner.Spawn(func() {
				time.Sleep(time.Second)
				x.Note("task 1 is done")
			})
			spawner.Spawn(func() { x.Note("task 2 is done") })
			spawner.Close()
			x.Note("Close returns")
		})
		x.Wait()
		want := []string{"Close returns", "task 1 is done", "task 2 is done"}
		if got := x.Notes(); !slices.Equal(got, want) {
			x.Fatalf("task 1, which takes a second, was spawned before task 2\nexpected: %q\ngot:      %q", want, got)
		}
	})
}

// Two goroutines may spawn at the same moment, and one of them twice.
func TestEveryOrderOfTwoSpawns(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "When two goroutines spawn at the same moment, every task runs, once, and those of one goroutine run in its order.",
		Look:  (*Spawner).Spawn,
		Think: "What does the second Spawn find while the first is in the middle of its work?",
	}, func(x *explore.X) {
		executor, spawner := New()
		x.Go("Spawn 1", func() { spawner.Spawn(func() { x.Note("task 1") }) })
		x.Go("Spawn 2, Spawn 3", func() {
			spawner.Spawn(func() { x.Note("task 2") })
			spawner.Spawn(func() { x.Note("task 3") })
		})
		x.Wait()
		spawner.Close()
		executor.Run()
		requireRan(x, "task 1", "task 2", "task 3")
		if ran := x.Notes(); slices.Index(ran, "task 3") < slices.Index(ran, "task 2") {
			x.Fatalf("one goroutine spawned task 2, and then task 3\nthe tasks ran:         %q", ran)
		}
	})
}

// A task spawns while another goroutine does.
func TestEveryOrderOfATaskThatSpawns(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "A task may spawn at the same moment as another goroutine does: all three tasks run, each once, and Run waits for Close.",
		Look:  (*Spawner).Spawn,
		Think: "In which goroutine does the task spawn, and what does that goroutine hold meanwhile?",
	}, func(x *explore.X) {
		executor, spawner := New()
		spawner.Spawn(func() {
			x.Note("parent")
			spawner.Spawn(func() { x.Note("child") })
		})
		run := x.Go("Run", executor.Run)
		x.Go("Spawn", func() { spawner.Spawn(func() { x.Note("stranger") }) })
		x.Settle()
		requireRan(x, "child", "parent", "stranger")
		if run.Ended() {
			x.Fatalf("the spawner is still open, and Run has returned")
		}
		spawner.Close()
		x.Wait()
	})
}

// Two goroutines spawn while Run waits.
func TestEveryOrderOfTwoSpawnsWhenRunWaits(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "When two goroutines spawn while Run waits, both tasks run, each once, without a Close.",
		Look:  (*Spawner).Spawn,
		Think: "Both find that Run waits. What does each of them do about it, and does it matter that the other does the same?",
	}, func(x *explore.X) {
		executor, spawner := New()
		x.Go("Run", executor.Run)
		x.Settle()
		x.Go("Spawn 1", func() { spawner.Spawn(func() { x.Note("task 1") }) })
		x.Go("Spawn 2", func() { spawner.Spawn(func() { x.Note("task 2") }) })
		x.Settle()
		requireRan(x, "task 1", "task 2")
		spawner.Close()
		x.Wait()
	})
}

// Three tasks may come while Run looks for one.
func TestEveryOrderOfRunAndThreeTasks(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "However close three Spawns, one after the other, come to the moment when Run finds the queue empty: the tasks run in that order.",
		Look:  (*Executor).Run,
		Think: "Where can a task lie, and in which order does Run look there? What if all places fill up between two looks?",
	}, func(x *explore.X) {
		executor, spawner := New()
		x.Go("Run", executor.Run)
		x.Go("Spawn, Spawn, Spawn, Close", func() {
			for _, task := range []string{"task 1", "task 2", "task 3"} {
				spawner.Spawn(func() { x.Note("%s", task) })
			}
			spawner.Close()
		})
		x.Wait()
		if want := []string{"task 1", "task 2", "task 3"}; !slices.Equal(x.Notes(), want) {
			x.Fatalf("the order of spawning: %q\nthe tasks ran:         %q", want, x.Notes())
		}
	})
}

// When Run has returned, the next queue may be made, while Close of the first has not returned yet.
func TestEveryOrderOfCloseAndTheNextQueue(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "When Run has returned, the next queue may be made and run at once, even if Close of the first is still on its way: they know nothing of each other.",
		Look:  New,
		Think: "What do two queues have in common? When may something of the first be used again?",
	}, func(x *explore.X) {
		executor, spawner := New()
		x.Go("Run, New, Spawn, Run", func() {
			executor.Run()
			executor, spawner := New()
			spawner.Spawn(func() { x.Note("task 1") })
			spawner.Close()
			executor.Run()
		})
		x.Go("Close", spawner.Close)
		x.Wait()
		requireRan(x, "task 1")
	})
}

// A task may close the spawner before the Spawn that has queued it has returned.
func TestEveryOrderOfSpawnAndATaskThatCloses(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "A task may run and close the spawner before its own Spawn has returned: Spawn and Run return.",
		Look:  (*Spawner).Spawn,
		Think: "From which line of Spawn on can the task run? What does Spawn still do then, and may that come after Close?",
	}, func(x *explore.X) {
		executor, spawner := New()
		spawner.Spawn(func() { x.Note("task 1") })
		x.Go("Run", executor.Run)
		x.Go("Spawn", func() {
			spawner.Spawn(func() {
				x.Note("task 2")
				spawner.Close()
			})
		})
		x.Wait()
		requireRan(x, "task 1", "task 2")
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
		for range 255 { // room often ends at 256 or one less, or at what goes into it
			spawner.Spawn(func() { ran++ })
		}
		x.Go("Spawn 1", func() { spawner.Spawn(func() { x.Note("task 1") }) })
		x.Go("Spawn 2, Spawn 3", func() {
			spawner.Spawn(func() { x.Note("task 2") })
			spawner.Spawn(func() { x.Note("task 3") })
		})
		x.Wait()
		spawner.Close()
		executor.Run()
		if ran != 255 {
			x.Fatalf("255 tasks waited before these three, and %d of them ran", ran)
		}
		requireRan(x, "task 1", "task 2", "task 3")
	})
}

// Many tasks may come at the moment when Run finds none, or when it has found one.
func TestEveryOrderOfRunAndManyTasks(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Many Spawns may come while Run looks for a task, or is about to take one: the tasks run in that order.",
		Look:  (*Executor).Run,
		Think: "Run has looked, and goes on with what it has seen. What if the queue fills up, or moves to a larger place, in between?",
	}, func(x *explore.X) {
		executor, spawner := New()
		var ran []int
		spawn := func(from, to int) {
			for i := from; i < to; i++ {
				spawner.Spawn(func() { ran = append(ran, i) })
			}
		}
		spawn(0, 2)
		x.Go("Run", executor.Run)
		x.Burst("many Spawns, Close", func() {
			spawn(2, 132) // more than fit into what has room for 128, or for less
			spawner.Close()
		})
		x.Wait()
		requireInOrder(x, ran, 132)
	})
}

// Run may take all that waits while one more task comes.
func TestEveryOrderOfSpawnAndRunWhenManyWait(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Run may take all that waits in the middle of a Spawn: that task runs too, after the others.",
		Look:  (*Spawner).Spawn,
		Think: "Spawn finds no room, and makes some. What does it still know of the queue by then?",
	}, func(x *explore.X) {
		executor, spawner := New()
		var ran []int
		for i := range 128 { // as many as often fit
			spawner.Spawn(func() { ran = append(ran, i) })
		}
		x.Go("Spawn", func() { spawner.Spawn(func() { ran = append(ran, 128) }) })
		x.Burst("Run", executor.Run)
		x.Settle()
		requireInOrder(x, ran, 129)
		spawner.Close()
		x.Wait()
	})
}

// Run may take all that waits at any moment of another one's Spawns.
func TestEveryOrderOfSpawnsAndRun(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Run may take all that waits in the middle of a Spawn, with more to come: all tasks run, in the order of spawning.",
		Look:  (*Spawner).Spawn,
		Think: "A Spawn takes several steps. What does Run find between two of them, and what does it conclude?",
	}, func(x *explore.X) {
		executor, spawner := New()
		var ran []int
		x.Burst("Run", executor.Run)
		x.Go("many Spawns, Close", func() {
			for i := range 13 { // more than fit into what begins with room for 4, 8 or 12
				spawner.Spawn(func() { ran = append(ran, i) })
			}
			spawner.Close()
		})
		x.Wait()
		requireInOrder(x, ran, 13)
	})
}

// Two goroutines may spawn, twice each, while Run takes what they spawn.
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
		x.Go("Spawn 1, Spawn 2", func() {
			spawner.Spawn(func() { x.Note("task 1") })
			spawner.Spawn(func() { x.Note("task 2") })
		})
		x.Go("Spawn 3, Spawn 4", func() {
			spawner.Spawn(func() { x.Note("task 3"); time.Sleep(time.Second) })
			spawner.Spawn(func() { x.Note("task 4") })
		})
		x.Settle()
		spawner.Close()
		x.Wait()
		requireRan(x, "task 1", "task 2", "task 3", "task 4")
	})
}

// requireInOrder requires that so many tasks ran, each once, in the order of spawning.
func requireInOrder(x *explore.X, ran []int, all int) {
	for i, task := range ran {
		if task != i {
			x.Fatalf("task %d ran when it was the turn of task %d", task+1, i+1)
		}
	}
	if len(ran) != all {
		x.Fatalf("%d tasks were spawned, and %d ran", all, len(ran))
	}
}

// A task may be at its end between two Spawns.
func TestEveryOrderOfTwoSpawnsAsATaskEnds(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "What is spawned while a task runs comes before what is spawned as that task ends.",
		Look:  (*Executor).Run,
		Think: "What does Run do when a task has ended? Where does a task lie that came before, and where one that comes now?",
	}, func(x *explore.X) {
		executor, spawner := New()
		begun, spawned := make(chan bool), make(chan bool)
		spawner.Spawn(func() {
			close(begun)
			<-spawned
		})
		x.Go("Run", executor.Run)
		x.Go("Spawn 1, Spawn 2", func() {
			<-begun
			spawner.Spawn(func() { x.Note("task 1") })
			close(spawned)
			spawner.Spawn(func() { x.Note("task 2") })
			spawner.Close()
		})
		x.Wait()
		if ran, want := x.Notes(), []string{"task 1", "task 2"}; !slices.Equal(ran, want) {
			x.Fatalf("one goroutine spawned task 1, and then task 2\nthe tasks ran: %q", ran)
		}
	})
}

// requireRan requires that exactly these tasks ran, in whatever order.
func requireRan(x *explore.X, tasks ...string) {
	ran := explore.Sorted(x.Notes())
	if !slices.Equal(ran, tasks) {
		x.Fatalf("these tasks should have run: %q\nthese ran:                   %q", tasks, ran)
	}
}
