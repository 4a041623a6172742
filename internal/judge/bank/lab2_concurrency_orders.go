package bank

// lab2Orders are mistakes that most runs do not show: it takes one order of two or three
// calls. Before each stands the order that breaks a promise of the page.
var lab2Orders = []Wrong{
	// Run, with one task: the task is over, and says so, before Run has counted it.
	{
		Mistake: "Run counts a task when it has started it",
		File:    "executor.go",
		Change: []string{"running.Go(task)", `go func() {
			task()
			running.Done()
		}()
		running.Add(1)`},
		Test: "TestEveryOrderOfRunAndQuickTasks",
		Says: "panic: sync: negative WaitGroup counter",
	},
	// Run, with one task: Run sees one running; the task ends, and nobody waits for it yet; Run waits.
	{
		Mistake: "The last task tells Run that it was the last, if Run waits already",
		File:    "executor.go",
		Change: []string{`import "sync"`, `import (
	"sync"
	"sync/atomic"
)`, "var running sync.WaitGroup", `var running atomic.Int64
	var waiting atomic.Bool
	done := make(chan struct{})`,
			"running.Go(task)", `running.Add(1)
		go func() {
			task()
			if running.Add(-1) == 0 && waiting.Load() {
				close(done)
			}
		}()`, "running.Wait()", `if running.Load() > 0 {
		waiting.Store(true)
		<-done
	}`},
		Test: "TestEveryOrderOfRunAndQuickTasks",
		Says: "waits: chan receive",
	},
	// Run, with one task: Run sees one running; the task counts down and signals; Run waits.
	{
		Mistake: "A task that ends counts down an atomic and signals, so it needs no lock",
		File:    "executor.go",
		Change: []string{`import "sync"`, `import (
	"sync"
	"sync/atomic"
)`, "var running sync.WaitGroup", "var running atomic.Int64",
			"running.Go(task)", `running.Add(1)
		go func() {
			task()
			running.Add(-1)
			e.queue.changed.Signal()
		}()`, "running.Wait()", `e.queue.mu.Lock()
	defer e.queue.mu.Unlock()
	for running.Load() > 0 {
		e.queue.changed.Wait()
	}`},
		Test: "TestEveryOrderOfRunAndATask",
		Says: ".Signal()",
	},
	// Run, with one task: Run sees one running; the task leaves its note where nobody waits yet; Run waits.
	{
		Mistake: "A task that ends leaves a note for Run in a channel without room",
		File:    "executor.go",
		Change: []string{`import "sync"`, `import (
	"sync"
	"sync/atomic"
)`, "var running sync.WaitGroup", `var running atomic.Int64
	ended := make(chan struct{})`,
			"running.Go(task)", `running.Add(1)
		go func() {
			task()
			running.Add(-1)
			select {
			case ended <- struct{}{}:
			default: // Run does not wait
			}
		}()`, "running.Wait()", `for running.Load() > 0 {
		<-ended
	}`},
		Test: "TestEveryOrderOfRunAndATask",
		Says: "waits: chan receive",
	},
	// Run, with one task: Run waits; the task signals; Run sees one running and waits again; the task counts down.
	{
		Mistake: "A task that ends wakes Run, and then counts itself down",
		File:    "executor.go",
		Change: []string{"running.Go(task)", `e.queue.count(1)
		go func() {
			task()
			e.queue.changed.Signal()
			e.queue.count(-1)
		}()`, "	var running sync.WaitGroup\n", "", "running.Wait()", `e.queue.mu.Lock()
	defer e.queue.mu.Unlock()
	for e.queue.running > 0 {
		e.queue.changed.Wait()
	}`, "closed  bool\n", "closed  bool\n\trunning int\n",
			"// next waits", `// count adds n to the number of tasks that run.
func (q *queue) count(n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.running += n
}

// next waits`},
		Test: "TestEveryOrderOfRunAndATask",
		Says: ".Signal()",
	},
	// Run, with two tasks: Run takes the second; the first ends, when nothing is queued and nothing counted.
	{
		Mistake: "Run takes a task under one lock, and counts it under the next",
		File:    "executor.go",
		Instead: "taken_and_not_counted.go",
		Test:    "TestEveryOrderOfRunAndQuickTasks",
		Says:    `["one" "Run returns" "two"]`,
	},
	// Run | Spawn: Run finds nothing queued; Spawn queues a task; Run says that from now on Spawn starts them.
	{
		Mistake: "Run empties the queue under one lock, and opens the way past it under the next",
		File:    "executor.go",
		Instead: "opens_after_the_look.go",
		Test:    "TestEveryOrderOfRunAndSpawn",
		Says:    "got:      one begins, one is done, Run returns",
	},
	// Run | Spawn: Spawn sees that Run is not there; Run comes and empties the queue; Spawn puts its task into it.
	{
		Mistake: "Spawn looks whether Run is there, and queues the task under the lock then",
		File:    "executor.go",
		Instead: "looks_before_it_queues.go",
		Test:    "TestEveryOrderOfRunAndSpawn",
		Says:    "got:      one begins, one is done, Run returns",
	},
	// Run, with a task that spawns: Run starts the task; the task spawns another; Run clears the queue.
	{
		Mistake: "Run starts what it has read in the queue, and empties the queue under the next lock",
		File:    "executor.go",
		Instead: "clears_what_came.go",
		Test:    "TestEveryOrderOfRunAndSpawn",
		Says:    "got:      one begins, one is done, Run returns",
	},
	// Run, with a task that spawns and closes: Run finds the queue empty; the task spawns, closes and ends; Run sees nothing running.
	{
		Mistake: "Run looks at the queue first, and then whether a task still runs that may spawn",
		File:    "executor.go",
		Instead: "three_looks.go",
		Test:    "TestEveryOrderOfAQuickTaskThatSpawns",
		Says:    `["parent" "Run returns"]`,
	},
	// Run | Spawn, Spawn, Close: three wake-ups for a channel with room for one.
	{
		Mistake: "A wake-up always finds room in its channel",
		File:    "executor.go",
		Instead: "three_wakes.go",
		Test:    "TestEveryOrderOfRunAndTwoSpawns",
		Says:    "deadlock: nobody is left who could wake",
	},
	// Run | Spawn, Spawn: the worker is still noted as idle when the second task comes, and both queue up for it.
	{
		Mistake: "A task may go to whoever is idle, and who is idle says so later",
		File:    "executor.go",
		Instead: "counts_the_idle.go",
		Test:    "TestEveryOrderOfTwoSpawnsWhenAllIsDone",
		Says:    `these have begun: ["one begins"]`,
	},
	// Run, with two who sleep: Spawn's Signal wakes the one who waits for the end, and nobody starts the task.
	{
		Mistake: "Two who wait for different things may sleep on one Cond, and Signal wakes the right one",
		File:    "executor.go",
		Instead: "two_sleepers.go",
		Test:    "TestEveryOrderOfASpawnWhenAllIsDone",
		Says:    "task one was spawned, Run waits, and these have begun: []",
	},
	// Run | Spawn: Run takes the list; Spawn puts the next task into its room; Run reads it there.
	{
		Mistake: "The list that was taken may be used again while its tasks are being started",
		File:    "executor.go",
		Instead: "room_used_again.go",
		Test:    "TestEveryOrderOfRunAndSpawn",
		Says:    "the shortest order that breaks it",
	},
	// A task ends | Spawn, Close: the task is the last one and pauses; Close finds none either; both close the channel.
	{
		Mistake: "Only one can be the last: the last task, or Close",
		File:    "executor.go",
		Instead: "two_last_ones.go",
		Test:    "TestEveryOrderOfAQuickTaskSpawnAndClose",
		Says:    "panic: close of closed channel",
	},
	// A task ends | Spawn, Close: Wait has been released and has not returned yet when Spawn adds again.
	{
		Mistake: "A WaitGroup may count again while Wait has not returned yet",
		File:    "executor.go",
		Instead: "waits_again_and_again.go",
		Test:    "TestEveryOrderOfAQuickTaskSpawnAndClose",
		Says:    "panic: sync: WaitGroup is reused before previous Wait has returned",
	},
	// A worker that goes home | Run: Run counts on the worker; its second is over; Run hands the task to nobody.
	{
		Mistake: "Who is counted as idle is still there",
		File:    "executor.go",
		Instead: "stays_a_second.go",
		Test:    "TestEveryOrderOfASpawnASecondLater",
		Says:    "deadlock: nobody is left who could wake Run",
	},
	// Run | Spawn: Spawn puts the task in; Run runs it, and it closes and is over; Spawn counts it.
	{
		Mistake: "Spawn counts a task when it has put it into the queue",
		File:    "executor.go",
		Instead: "counts_late.go",
		Test:    "TestEveryOrderOfSpawnAndATaskThatCloses",
		Says:    "got:      two, Run returns, one begins",
	},
	// Spawn 1 | Spawn 2, Spawn 3: Spawn 1 finds one place free; Spawn 2 takes it; Spawn 1 puts its task on the first.
	{
		Mistake: "Spawn looks for room under one lock and uses it under the next",
		File:    "executor.go",
		Instead: "room_looked_for.go",
		Test:    "TestEveryOrderOfTwoSpawnsWhenManyWait",
		Says:    "if r.n < len(r.places) {",
	},
	// Run alone: it returns before its helper has started the first task.
	{
		Mistake: "A goroutine that only starts others need not be waited for",
		File:    "executor.go",
		Instead: "batches.go",
		Change: []string{
			"\tfor {\n\t\ttasks :=", "\tvar running sync.WaitGroup\n\tfor {\n\t\ttasks :=",
			"\t\t\treturn\n\t\t}\n\t\tvar batch sync.WaitGroup\n\t\tfor _, task := range tasks {\n\t\t\tbatch.Go(task)\n\t\t}\n\t\tbatch.Wait()\n",
			`			running.Wait()
			return
		}
		start := func() {
			for _, task := range tasks {
				running.Go(task)
			}
		}
		if len(tasks) > 100 { // a helper starts them, so that Run can look for others
			go start()
		} else {
			start()
		}
`},
		Test: "TestEveryOrderOfTwoSpawnsWhenManyWait",
		Says: "got:      Run returns",
	},
	// Run | Spawn, Spawn: a goroutine is started for the task at place 0 of a buffer; its place is used again before it looks there.
	{
		Mistake: "The goroutine takes its task out of the batch, which Run has in its hands",
		File:    "executor.go",
		Instead: "read_late.go",
		Test:    "TestEveryOrderOfRunATaskAndTwoSpawns",
		Says:    "these tasks ran: ",
	},
	// Spawn, Spawn | Spawn, Spawn | Run: a node is taken, used and put back between the look at its next and the swap.
	{
		Mistake: "A free node that is the first again has the same next",
		File:    "executor.go",
		Instead: "free_nodes.go",
		Test:    "TestEveryOrderOfTwoWhoSpawnTwice",
		Says:    "invalid memory address or nil pointer dereference",
	},
	// Spawn, when a worker waits longer than Run: the worker is woken, and has nothing to do.
	{
		Mistake: "Run and the idle workers can wait at one Cond, and one Signal finds the right one",
		File:    "executor.go",
		Instead: "one_cond_for_two.go",
		Test:    "TestEveryOrderOfASpawnWhenAllIsDone",
		Says:    "task two was spawned, Run waits, and these have begun: ",
	},
	// Spawn | a worker: its patience ends; a task is handed to it; it goes home.
	{
		Mistake: "Whoever has waited for long enough may go, since it is taken off the list of the idle",
		File:    "executor.go",
		Instead: "goes_home.go",
		Test:    "TestEveryOrderOfSpawnsAfterPauses",
		Says:    "The time is over, and a task has come.",
	},
}
