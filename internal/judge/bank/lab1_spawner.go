package bank

// lab1 is what people get wrong in lab 1.
var lab1 = []Wrong{
	// Spawn
	{
		Mistake: "Spawn runs the task right away",
		File:    "executor.go",
		Change:  []string{"s.queue.tasks = append(s.queue.tasks, task)", "task()"},
		Test:    "TestSpawnRunsNothing",
		Says:    "tasks ran before Run was called",
	},
	{
		Mistake: "Spawn starts a goroutine for the task",
		File:    "executor.go",
		Change:  []string{"s.queue.tasks = append(s.queue.tasks, task)", "go task()"},
		Test:    "TestSpawnRunsNothing",
		Says:    "tasks ran before Run was called",
	},
	{
		Mistake: "The queue is an unbuffered channel, so Spawn waits for Run",
		File:    "executor.go",
		Instead: "unbuffered_channel.go",
		Test:    "TestSpawnRunsNothing",
		Says:    "waits: chan send",
	},
	{
		Mistake: "Spawn sends from a goroutine of its own, so one task overtakes another",
		File:    "executor.go",
		Instead: "goroutine_per_send.go",
		Test:    "TestTasksRunInTheOrderSpawned",
		Says:    "was spawned before task",
	},
	{
		Mistake: "Spawn sends from a goroutine of its own, and Close closes the channel under it",
		File:    "executor.go",
		Instead: "close_under_send.go",
		Test:    "TestSpawnRunsNothing",
		Says:    "panic: send on closed channel",
	},
	{
		Mistake: "The queue is a channel with room for 100 tasks",
		File:    "executor.go",
		Instead: "channel_of_100.go",
		Test:    "TestSpawnNeverWaits",
		Says:    "waits: chan send",
	},
	{
		Mistake: "The queue is a channel with room for 10,000 tasks",
		File:    "executor.go",
		Instead: "channel_of_10000.go",
		Test:    "TestSpawnNeverWaits",
		Says:    "waits: chan send",
	},
	{
		Mistake: "The queue is a channel with room for a million tasks",
		File:    "executor.go",
		Change:  []string{"	closed  bool\n", "	closed  bool\n	ready   chan func()\n", "	q := &queue{}\n", "	q := &queue{ready: make(chan func(), 1_000_000)}\n"},
		Test:    "TestSpawnNeverWaits",
		Says:    "a queue of a fixed size, however large, is full one day",
	},
	{
		Mistake: "Spawn locks and forgets to unlock",
		File:    "executor.go",
		Change: []string{`	defer s.queue.mu.Unlock()
	if s.queue.closed {`, `	if s.queue.closed {`},
		Test: "TestSpawnRunsNothing",
		Says: "a goroutine waits for a mutex, and whoever holds it does not unlock it",
	},
	{
		Mistake: "Spawn changes the queue without the lock",
		File:    "executor.go",
		Change: []string{`	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	if s.queue.closed {`, `	if s.queue.closed {`},
		Test: "TestEveryOrderOfRunAndSpawn",
		Says: "data race: ",
	},
	{
		Mistake: "Spawn lets go of the lock between looking at the queue and changing it",
		File:    "executor.go",
		Instead: "lets_go_of_the_lock.go",
		Test:    "TestEveryOrderOfTwoSpawns",
		Says:    `these ran:                   ["task`,
	},
	{
		Mistake: "Spawn takes a number in the row, and only then the lock of the lane where the task waits",
		File:    "executor.go",
		Instead: "number_first.go",
		Test:    "TestEveryOrderOfTwoSpawns",
		Says:    "one goroutine spawned task 2, and then task 3",
	},
	{
		Mistake: "Spawn puts the task in and does not wake a Run that waits",
		File:    "executor.go",
		Change: []string{`append(s.queue.tasks, task)
	s.queue.changed.Signal()`, `append(s.queue.tasks, task)`},
		Test: "TestRunWaitsWhileTheSpawnerIsOpen",
		Says: "a task was spawned while Run waited",
	},

	// Close
	{
		Mistake: "Close throws away what is queued",
		File:    "executor.go",
		Change:  []string{"s.queue.closed = true", "s.queue.closed, s.queue.tasks = true, nil"},
		Test:    "TestSpawnRunsNothing",
		Says:    "Run has returned, and 0 tasks ran",
	},
	{
		Mistake: "Close says stop: Run leaves with tasks in the queue",
		File:    "executor.go",
		Change: []string{`	if len(q.tasks) == 0 {
		return nil, false`, `	if q.closed {
		return nil, false`},
		Test: "TestSpawnRunsNothing",
		Says: "Run has returned, and 0 tasks ran",
	},
	{
		Mistake: "Run selects between the tasks and the end, and takes the end when both are there",
		File:    "executor.go",
		Instead: "select_the_end.go",
		Test:    "TestSpawnRunsNothing",
		Says:    "50 tasks were spawned, then came Close",
	},
	{
		Mistake: "Close runs what is still queued",
		File:    "executor.go",
		Change: []string{"s.queue.closed = true", `s.queue.closed = true
	for _, task := range s.queue.tasks {
		task()
	}
	s.queue.tasks = nil`},
		Test: "TestSpawnRunsNothing",
		Says: "Close ran them",
	},
	{
		Mistake: "Close waits until Run has run everything",
		File:    "executor.go",
		Change: []string{`s.queue.closed = true
	s.queue.changed.Signal()`, `s.queue.closed = true
	for len(s.queue.tasks) > 0 {
		s.queue.changed.Wait()
	}
	s.queue.changed.Broadcast()`},
		Test: "TestSpawnRunsNothing",
		Says: "waits: sync.Cond.Wait",
	},
	{
		Mistake: "Close wakes Run, and does not say that nothing more will come",
		File:    "executor.go",
		Change:  []string{"\ts.queue.closed = true\n", ""},
		Test:    "TestSpawnRunsNothing",
		Says:    "waits: sync.Cond.Wait",
	},
	{
		Mistake: "Close does not wake a Run that waits",
		File:    "executor.go",
		Change: []string{`s.queue.closed = true
	s.queue.changed.Signal()`, `s.queue.closed = true`},
		Test: "TestRunWaitsWhileTheSpawnerIsOpen",
		Says: "the spawner was closed while Run waited, and Run still waits",
	},

	// Run
	{
		Mistake: "Run returns at the first empty queue",
		File:    "executor.go",
		Change: []string{`	for len(q.tasks) == 0 && !q.closed {
		q.changed.Wait()
	}
`, ""},
		Test: "TestRunWaitsWhileTheSpawnerIsOpen",
		Says: "the spawner is open, and Run has returned",
	},
	{
		Mistake: "Run gives up when no task has come for a minute",
		File:    "executor.go",
		Change: []string{"q.changed.Wait()", `giveUp := time.AfterFunc(time.Minute, func() {
			q.mu.Lock()
			q.closed = true
			q.mu.Unlock()
			q.changed.Signal()
		})
		q.changed.Wait()
		giveUp.Stop()`, `import "sync"`, `import (
	"sync"
	"time"
)`},
		Test: "TestRunWaitsWhileTheSpawnerIsOpen",
		Says: "nothing was spawned for a day, the spawner is still open, and Run has returned",
	},
	{
		Mistake: "Whoever is woken up has been woken up by a task",
		File:    "executor.go",
		Change: []string{`	for len(q.tasks) == 0 && !q.closed {
		q.changed.Wait()
	}
	if len(q.tasks) == 0 {
		return nil, false
	}
`, `	if len(q.tasks) == 0 && q.closed {
		return nil, false
	}
	if len(q.tasks) == 0 {
		q.changed.Wait()
	}
`},
		Test: "TestRunWaitsWhileTheSpawnerIsOpen",
		Says: "What was seen before this line, and is it still so here?",
	},
	{
		Mistake: "Run begins when the spawner is closed",
		File:    "executor.go",
		Change:  []string{"for len(q.tasks) == 0 && !q.closed {", "for !q.closed {"},
		Test:    "TestRunWaitsWhileTheSpawnerIsOpen",
		Says:    "a task was spawned while Run waited",
	},
	{
		Mistake: "Run looks every 10ms whether there is something to do",
		File:    "executor.go",
		Change: []string{"q.changed.Wait()", `q.mu.Unlock()
		time.Sleep(10 * time.Millisecond)
		q.mu.Lock()`, `import "sync"`, `import (
	"sync"
	"time"
)`},
		Test: "TestRunWaitsWhileTheSpawnerIsOpen",
		Says: "a task was spawned while Run waited",
	},
	{
		Mistake: "Run looks again and again whether there is something to do",
		File:    "executor.go",
		Change: []string{"q.changed.Wait()", `q.mu.Unlock()
		q.mu.Lock()`},
		Test: "TestRunWaitsWhileTheSpawnerIsOpen",
		Says: "in a loop that neither ends nor waits",
	},
	{
		Mistake: "Run waits for the condition without holding its lock",
		File:    "executor.go",
		Change:  []string{"q.changed.Wait()", "q.mu.Unlock()\n\t\tq.changed.Wait()"},
		Test:    "TestRunWaitsWhileTheSpawnerIsOpen",
		Says:    "calls sync.Cond.Wait",
	},
	{
		Mistake: "Run takes the newest task first",
		File:    "executor.go",
		Change: []string{"task, q.tasks = q.tasks[0], q.tasks[1:]", `last := len(q.tasks) - 1
	task, q.tasks = q.tasks[last], q.tasks[:last]`},
		Test: "TestTasksRunInTheOrderSpawned",
		Says: "was spawned before task",
	},
	{
		Mistake: "Run starts a goroutine for each task and waits for none",
		File:    "executor.go",
		Change:  []string{"task() // without", "go task() // without"},
		Test:    "TestTasksRunOneAfterAnother",
		Says:    "got:      0s    Run returns",
	},
	{
		Mistake: "Run starts a goroutine for each task and waits for all at the end",
		File:    "executor.go",
		Change: []string{"	for {\n", `	var running sync.WaitGroup
	defer running.Wait()
	for {
`, "task() // without", "running.Go(task) // without"},
		Test: "TestTasksRunOneAfterAnother",
		Says: "got:      0s    a task begins",
	},
	{
		Mistake: "Run holds the lock while it runs a task",
		File:    "executor.go",
		Change: []string{"task() // without the lock, so that the task may spawn", `e.queue.mu.Lock()
		task()
		e.queue.mu.Unlock()`},
		Test: "TestATaskMaySpawnATask",
		Says: "waits: sync.Mutex.Lock",
	},
	{
		Mistake: "Run goes through the tasks that it finds at its start, and no further",
		File:    "executor.go",
		Instead: "snapshot.go",
		Test:    "TestATaskMaySpawnATask",
		Says:    "not all of them did",
	},
	{
		Mistake: "Run leaves the task in the queue, and runs it for ever",
		File:    "executor.go",
		Change:  []string{"task, q.tasks = q.tasks[0], q.tasks[1:]", "task = q.tasks[0]"},
		Test:    "TestSpawnRunsNothing",
		Says:    "a task ran twice",
	},

	// New
	{
		Mistake: "The queue is a package-level variable, and New empties it",
		File:    "executor.go",
		Change: []string{"	q := &queue{}\n", "	*q = queue{}\n", "// New returns", `var q = &queue{}

// New returns`},
		Test: "TestTwoQueuesAreTwo",
		Says: "no more",
	},
	{
		Mistake: "The queue is a package-level channel",
		File:    "executor.go",
		Instead: "package_channel.go",
		Test:    "TestTwoQueuesAreTwo",
		Says:    "panic: send on closed channel",
	},
	{
		Mistake: "Executor and Spawner have a queue each",
		File:    "executor.go",
		Change: []string{"return &Executor{q}, &Spawner{q}", `mine := &queue{}
	mine.changed = sync.NewCond(&mine.mu)
	return &Executor{mine}, &Spawner{q}`},
		Test: "TestSpawnRunsNothing",
		Says: "waits: sync.Cond.Wait",
	},
	{
		Mistake: "New starts a goroutine that serves the queue and never ends",
		File:    "executor.go",
		Instead: "endless_server.go",
		Test:    "TestRunReturnsOnceClosedAndDrained",
		Says:    "left behind",
	},

	{
		Mistake: "Whether the spawner is closed stands in a package-level variable",
		File:    "executor.go",
		Change: []string{"	closed  bool\n", "", "// New returns", `var closed bool

// New returns`, "	q := &queue{}\n", "	q := &queue{}\n	closed = false\n", "if s.queue.closed {", "if closed {",
			"s.queue.closed = true", "closed = true", "&& !q.closed {", "&& !closed {"},
		Test: "TestTwoQueuesAtTheSameTime",
		Says: "the Run of queue 2 has returned",
	},
	{
		Mistake: "All queues share one lock and one condition",
		File:    "executor.go",
		Change: []string{"	mu      sync.Mutex\n", "", "// New returns", `var mu sync.Mutex
var changed = sync.NewCond(&mu)

// New returns`, "	q.changed = sync.NewCond(&q.mu)\n", "	q.changed = changed\n", `func (s *Spawner) Spawn(task func()) {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()`, `func (s *Spawner) Spawn(task func()) {
	mu.Lock()
	defer mu.Unlock()`, `func (s *Spawner) Close() {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()`, `func (s *Spawner) Close() {
	mu.Lock()
	defer mu.Unlock()`, `	q.mu.Lock()
	defer q.mu.Unlock()`, `	mu.Lock()
	defer mu.Unlock()`},
		Test: "TestTwoQueuesAtTheSameTime",
		Says: "its Run did not wake up",
	},
	{
		Mistake: "Run starts the next task when one takes longer than an hour",
		File:    "executor.go",
		Change: []string{"task() // without the lock, so that the task may spawn", `over := make(chan bool)
		go func() {
			task()
			close(over)
		}()
		select {
		case <-over:
		case <-time.After(time.Hour):
		}`, `import "sync"`, `import (
	"sync"
	"time"
)`},
		Test: "TestATaskOfADayIsNotOvertaken",
		Says: "the time at which the second task began",
	},
	{
		Mistake: "Run gives the others a moment to spawn, if it finds the queue empty at its start",
		File:    "executor.go",
		Change: []string{"	for {\n", `	if len(e.queue.tasks) == 0 {
		time.Sleep(100 * time.Millisecond)
	}
	for {
`, `import "sync"`, `import (
	"sync"
	"time"
)`},
		Test: "TestRunReturnsOnceClosedAndDrained",
		Says: "Run returned 100ms later: does it sleep and look again",
	},

	// The program
	{
		Mistake: "The program never closes the spawner",
		File:    "main.go",
		Change:  []string{"	spawner.Close() // without it Run would wait for more tasks for ever\n", ""},
		Test:    "TestTheProgram",
		Says:    "deadlock: every goroutine waits",
	},
	{
		Mistake: "The program prints its hey after Run",
		File:    "main.go",
		Change: []string{"	fmt.Fprintf(out, \"%s's Computer: hey hey hey!\\n\", owner)\n", "", "executor.Run()", `executor.Run()
	fmt.Fprintf(out, "%s's Computer: hey hey hey!\n", owner)`},
		Test: "TestTheProgram",
		Says: "Raja's Computer: hey hey hey!",
	},
	{
		Mistake: "The task prints the hey of the program",
		File:    "main.go",
		Change: []string{"	fmt.Fprintf(out, \"%s's Computer: hey hey hey!\\n\", owner)\n", "", "spawner.Spawn(func() {", `spawner.Spawn(func() {
		fmt.Fprintf(out, "%s's Computer: hey hey hey!\n", owner)`},
		Test: "TestTheProgram",
		Says: "hey",
	},
	{
		Mistake: "The program prints its hey to the terminal and not to out",
		File:    "main.go",
		Change:  []string{"fmt.Fprintf(out, \"%s's Computer: hey hey hey!\\n\", owner)", "fmt.Printf(\"%s's Computer: hey hey hey!\\n\", owner)"},
		Test:    "TestTheProgram",
		Says:    "Raja's Computer: hey hey hey!",
	},
}
