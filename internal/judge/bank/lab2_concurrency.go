package bank

// lab2 is what people get wrong in lab 2.
var lab2 = []Wrong{
	// How a task is started
	{
		Mistake: "Run starts a goroutine for a task and waits for it before the next",
		File:    "executor.go",
		Change:  []string{"running.Go(task)", "running.Go(task)\n\t\trunning.Wait()"},
		Test:    "TestThreeTasksRunAtTheSameTime",
		Says:    `"three at 2s", "two at 4s"`,
	},
	{
		Mistake: "Run gets an answer from each task before it starts the next",
		File:    "executor.go",
		Change: []string{"running.Go(task)", `done := make(chan bool)
		go func() {
			task()
			done <- true
		}()
		<-done`},
		Test: "TestThreeTasksRunAtTheSameTime",
		Says: `"three at 2s", "two at 4s"`,
	},
	{
		Mistake: "A mutex lets one task run at a time, to be on the safe side",
		File:    "executor.go",
		Change: []string{"running.Go(task)", `running.Go(func() {
			one.Lock()
			defer one.Unlock()
			task()
		})`, "var running sync.WaitGroup", `var running sync.WaitGroup
	var one sync.Mutex`},
		Test: "TestThreeTasksRunAtTheSameTime",
		Says: "waits: sync.Mutex.Lock",
	},
	{
		Mistake: "All goroutines share one variable for the task",
		File:    "executor.go",
		Change: []string{"task, ok := e.queue.next()", "task, ok = e.queue.next()",
			"var running sync.WaitGroup", `var running sync.WaitGroup
	var task func()
	var ok bool`,
			"running.Go(task)", "running.Go(func() { task() })"},
		Test: "TestThreeTasksRunAtTheSameTime",
		Says: "each task begins once, and at once",
	},
	{
		Mistake: "Spawn starts the task, and Run only waits",
		File:    "executor.go",
		Instead: "spawn_starts.go",
		Test:    "TestThreeTasksRunAtTheSameTime",
		Says:    "Run has not been called, and tasks have begun",
	},
	{
		Mistake: "Run starts nothing until the spawner is closed",
		File:    "executor.go",
		Change:  []string{"for len(q.tasks) == 0 && !q.closed {", "for !q.closed {"},
		Test:    "TestThreeTasksRunAtTheSameTime",
		Says:    "actual  : []string(nil)",
	},
	{
		Mistake: "Run takes what is queued and waits for all of it before it looks again",
		File:    "executor.go",
		Instead: "batches.go",
		Test:    "TestANewTaskStartsAtOnce",
		Says:    "expected: 1s    parent begins",
	},
	{
		Mistake: "Run leaves when nothing is queued and nothing runs, though the spawner is open",
		File:    "executor.go",
		Change: []string{`	for len(q.tasks) == 0 && !q.closed {
		q.changed.Wait()
	}
`, ""},
		Test: "TestANewTaskStartsAtOnce",
		Says: "expected: 1s    parent begins",
	},
	{
		Mistake: "Run looks for new tasks every 10ms",
		File:    "executor.go",
		Change: []string{"		q.changed.Wait()", `		q.mu.Unlock()
		time.Sleep(10 * time.Millisecond)
		q.mu.Lock()`, `import "sync"`, `import (
	"sync"
	"time"
)`},
		Test: "TestANewTaskStartsAtOnce",
		Says: "got:      1.01s",
	},
	{
		Mistake: "Run has four workers, and the fifth task waits for one of them",
		File:    "executor.go",
		Change: []string{`	for {
		task, ok := e.queue.next()
		if !ok {
			break
		}
		running.Go(task)
	}`, `	for range 4 {
		running.Go(func() {
			for task, ok := e.queue.next(); ok; task, ok = e.queue.next() {
				task()
			}
		})
	}`, `	s.queue.closed = true
	s.queue.changed.Signal()`, `	s.queue.closed = true
	s.queue.changed.Broadcast()`},
		Test: "TestTenThousandTasks",
		Says: "the time that Run took",
	},
	{
		Mistake: "A semaphore lets 100 tasks run at a time",
		File:    "executor.go",
		Change: []string{"running.Go(task)", `room <- true
		running.Go(func() {
			task()
			<-room
		})`, "var running sync.WaitGroup", `var running sync.WaitGroup
	room := make(chan bool, 100)`},
		Test: "TestTenThousandTasks",
		Says: "the time that Run took",
	},

	// How Run waits for those that run
	{
		Mistake: "Run starts the tasks and does not wait for them",
		File:    "executor.go",
		Change:  []string{"running.Go(task)", "go task()", "	running.Wait()\n", "", "	var running sync.WaitGroup\n", ""},
		Test:    "TestRunReturnsWhenAllAreDone",
		Says:    "actual  : 0s",
	},
	{
		Mistake: "Run waits before it has started anything",
		File:    "executor.go",
		Change:  []string{"	running.Wait()\n", "", "	for {\n", "	running.Wait()\n	for {\n"},
		Test:    "TestRunReturnsWhenAllAreDone",
		Says:    "actual  : 0s",
	},
	{
		Mistake: "A task counts itself, inside its goroutine, when Run may have waited already",
		File:    "executor.go",
		Change: []string{"running.Go(task)", `go func() {
			running.Add(1)
			defer running.Done()
			task()
		}()`},
		Test: "TestEveryOrderOfRunAndATask",
		Says: "got:      Run returns",
	},
	{
		Mistake: "A task is counted as done before it runs",
		File:    "executor.go",
		Change: []string{"running.Go(task)", `running.Go(func() {
			go task()
		})`},
		Test: "TestRunReturnsWhenAllAreDone",
		Says: "actual  : 0s",
	},
	{
		Mistake: "Nobody says Done",
		File:    "executor.go",
		Change:  []string{"running.Go(task)", "running.Add(1)\n\t\tgo task()"},
		Test:    "TestRunReturnsWhenAllAreDone",
		Says:    "waits: sync.WaitGroup.Wait",
	},
	{
		Mistake: "The goroutine gets a copy of the WaitGroup",
		File:    "executor.go",
		Change: []string{"running.Go(task)", `running.Add(1)
		go func(running sync.WaitGroup) {
			defer running.Done()
			task()
		}(running)`},
		Test: "TestRunReturnsWhenAllAreDone",
		Says: "waits: sync.WaitGroup.Wait",
	},
	{
		Mistake: "Run sleeps for as long as the tasks of the program take",
		File:    "executor.go",
		Change: []string{"running.Go(task)", "go task()", "	running.Wait()\n", "	time.Sleep(2 * time.Second)\n",
			"	var running sync.WaitGroup\n", "", `import "sync"`, `import (
	"sync"
	"time"
)`},
		Test: "TestRunReturnsWhenAllAreDone",
		Says: "Run returned 765.433ms later",
	},
	{
		Mistake: "Run waits for a minute at most, in case a task hangs",
		File:    "executor.go",
		Instead: "waits_a_minute.go",
		Test:    "TestRunReturnsWhenAllAreDone",
		Says:    "actual  : 1m0s",
	},
	{
		Mistake: "Run looks every 10ms whether some task still runs",
		File:    "executor.go",
		Change: []string{"running.Go(task)", `running.Add(1)
		go func() {
			task()
			running.Add(-1)
		}()`, "	running.Wait()\n", `	for running.Load() > 0 {
		time.Sleep(10 * time.Millisecond)
	}
`, "var running sync.WaitGroup", "var running atomic.Int64", `import "sync"`, `import (
	"sync"
	"sync/atomic"
	"time"
)`},
		Test: "TestRunReturnsWhenAllAreDone",
		Says: "Run returned 5.433ms later: does it sleep and look again",
	},
	{
		Mistake: "Run looks again and again whether some task still runs",
		File:    "executor.go",
		Change: []string{"running.Go(task)", `running.Add(1)
		go func() {
			task()
			running.Add(-1)
		}()`, "	running.Wait()\n", `	for running.Load() > 0 {
		runtime.Gosched()
	}
`, "var running sync.WaitGroup", "var running atomic.Int64", `import "sync"`, `import (
	"runtime"
	"sync"
	"sync/atomic"
)`},
		Test: "TestRunReturnsWhenAllAreDone",
		Says: "in a loop that neither ends nor waits",
	},
	{
		Mistake: "Run returns when the first task is done",
		File:    "executor.go",
		Change: []string{"running.Go(task)", `go func() {
			task()
			done <- true
		}()`, "	running.Wait()\n", "	<-done\n", "var running sync.WaitGroup", "done := make(chan bool, 10_000)"},
		Test: "TestRunReturnsWhenAllAreDone",
		Says: "actual  : 1s",
	},
	{
		Mistake: "Run waits for the three tasks of the program, however many there are",
		File:    "executor.go",
		Change: []string{"running.Go(task)", `go func() {
			task()
			done <- true
		}()`, "	running.Wait()\n", `	for range 3 {
		<-done
	}
`, "var running sync.WaitGroup", "done := make(chan bool)"},
		Test: "TestRunReturnsWhenAllAreDone",
		Says: "waits: chan receive",
	},
	{
		Mistake: "The tasks report to a channel with room for one, which nobody reads",
		File:    "executor.go",
		Change: []string{"running.Go(task)", `running.Add(1)
		go func() {
			task()
			running.Done()
			results <- true
		}()`, "var running sync.WaitGroup", `var running sync.WaitGroup
	results := make(chan bool, 1)`},
		Test: "TestRunReturnsWhenAllAreDone",
		Says: "left behind",
	},
	{
		Mistake: "Run leaves a goroutine behind that logs when tasks are done",
		File:    "executor.go",
		Change: []string{"running.Go(task)", `running.Go(func() {
			task()
			done <- true
		})`, "var running sync.WaitGroup", `var running sync.WaitGroup
	done := make(chan bool)
	go func() {
		for range done {
		}
	}()`},
		Test: "TestRunReturnsWhenAllAreDone",
		Says: "left behind",
	},
	{
		Mistake: "Every task closes the same channel to say that it is done",
		File:    "executor.go",
		Change: []string{"running.Go(task)", `go func() {
			task()
			close(done)
		}()`, "	running.Wait()\n", "	<-done\n", "var running sync.WaitGroup", "done := make(chan bool)"},
		Test: "TestThreeTasksRunAtTheSameTime",
		Says: "panic: close of closed channel",
	},
	{
		Mistake: "A task says Done twice, once deferred and once by hand",
		File:    "executor.go",
		Change: []string{"running.Go(task)", `running.Add(1)
		go func() {
			defer running.Done()
			task()
			running.Done()
		}()`},
		Test: "TestThreeTasksRunAtTheSameTime",
		Says: "panic: sync: negative WaitGroup counter",
	},
	{
		Mistake: "Run counts the tasks that are queued when it begins",
		File:    "executor.go",
		Instead: "counts_at_the_start.go",
		Test:    "TestRunWaitsWhileTheSpawnerIsOpen",
		Says:    "the spawner is closed but a task still runs, and Run has returned",
	},
	{
		Mistake: "The tasks count down a plain int together",
		File:    "executor.go",
		Instead: "plain_int.go",
		Test:    "TestThreeTasksRunAtTheSameTime",
		Says:    "race detected",
		Race:    true,
	},
	{
		Mistake: "The key of a running task is how many run",
		File:    "executor.go",
		Instead: "key_is_the_number.go",
		Test:    "TestRunWaitsForTheOneThatCameLast",
		Says:    "when Run returns",
	},
	{
		Mistake: "A WaitGroup is used again as soon as nothing more is spawned",
		File:    "executor.go",
		Change: []string{
			"import \"sync\"", "import \"sync\"\n\nvar (\n\tpool sync.Mutex\n\tfree []*sync.WaitGroup\n)",
			"\tvar running sync.WaitGroup\n", "\trunning := new(sync.WaitGroup)\n\tpool.Lock()\n\tif n := len(free); n > 0 {\n\t\trunning, free = free[n-1], free[:n-1]\n\t}\n\tpool.Unlock()\n",
			"\trunning.Wait()\n", "\tpool.Lock()\n\tfree = append(free, running)\n\tpool.Unlock()\n\trunning.Wait()\n",
		},
		Test: "TestTwoExecutorsAtTheSameTime",
		Says: "when each of three Runs returns",
	},
}
