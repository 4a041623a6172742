package bank

// lab1Orders are mistakes that most runs do not show: it takes one order of two or three
// calls. Before each stands the order that breaks a promise of the page.
var lab1Orders = []Wrong{
	// Run | Close: Run sees that the spawner is open; Close sets closed and signals; Run waits for ever.
	{
		Mistake: "Close only sets a bool, so it needs no lock",
		File:    "executor.go",
		Change: []string{`func (s *Spawner) Close() {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
`, `func (s *Spawner) Close() {
`},
		Test: "TestEveryOrderOfRunAndClose",
		Says: ".closed = true\n",
	},
	// Run | Close: Run has the lock; Close finds it taken.
	{
		Mistake: "Close ends the program when somebody else has the lock",
		File:    "executor.go",
		Change: []string{"import \"sync\"", "import (\n\t\"log\"\n\t\"sync\"\n)", `func (s *Spawner) Close() {
	s.queue.mu.Lock()
`, `func (s *Spawner) Close() {
	if !s.queue.mu.TryLock() {
		log.Fatal("cannot close now")
	}
`},
		Test: "TestEveryOrderOfRunAndClose",
		Says: `it said: "cannot close now"`,
	},
	// Run | Close: as above, and the race detector has nothing to say.
	{
		Mistake: "Close only sets an atomic bool, so it needs no lock",
		File:    "executor.go",
		Change: []string{"import \"sync\"", "import (\n\t\"sync\"\n\t\"sync/atomic\"\n)",
			"closed  bool", "closed  atomic.Bool",
			"if s.queue.closed {", "if s.queue.closed.Load() {",
			`	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.closed = true`, `	s.queue.closed.Store(true)`,
			"!q.closed {", "!q.closed.Load() {"},
		Test: "TestEveryOrderOfRunAndClose",
		Says: ".closed.Store(true)\n",
	},
	// Run | Spawn: Run waits; Spawn signals; Run wakes up, finds nothing and waits again; Spawn puts the task in.
	{
		Mistake: "Spawn wakes Run before it puts the task in",
		File:    "executor.go",
		Change: []string{`	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	if s.queue.closed {`, `	s.queue.changed.Signal()
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	if s.queue.closed {`, `append(s.queue.tasks, task)
	s.queue.changed.Signal()`, `append(s.queue.tasks, task)`},
		Test: "TestEveryOrderOfATaskThatSpawns",
		Says: `these ran:                   ["child" "parent"]`,
	},
	// Run | Spawn, with one task queued: Spawn sees a task; Run takes it, runs it and waits; Spawn adds one and wakes nobody.
	{
		Mistake: "Spawn looks under one lock whether Run may sleep, and adds the task under the next",
		File:    "executor.go",
		Change: []string{`	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	if s.queue.closed {`, `	s.queue.mu.Lock()
	wasEmpty := len(s.queue.tasks) == 0
	s.queue.mu.Unlock()
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	if s.queue.closed {`, `append(s.queue.tasks, task)
	s.queue.changed.Signal()`, `append(s.queue.tasks, task)
	if wasEmpty {
		s.queue.changed.Signal()
	}`},
		Test: "TestEveryOrderOfATaskThatSpawns",
		Says: `these ran:                   ["child" "parent"]`,
	},
	// Run | Close: Run finds nothing; Close leaves its note where nobody waits yet; Run waits for one.
	{
		Mistake: "Spawn and Close leave a note for Run in a channel without room",
		File:    "executor.go",
		Instead: "note_without_room.go",
		Test:    "TestEveryOrderOfRunAndClose",
		Says:    "waits: chan receive",
	},
	// Run | Spawn, Close: Run finds no task; a task is spawned and the spawner closed; Run sees that it is closed.
	{
		Mistake: "Run looks for a task under one lock, and for the end under the next",
		File:    "executor.go",
		Instead: "two_looks.go",
		Test:    "TestEveryOrderOfRunAndSpawn",
		Says:    "these ran:                   []",
	},
	// Run | Spawn: Run finds nothing; Spawn adds a task and sees that Run is not idle; Run says that it is, and sleeps.
	{
		Mistake: "Run says that it is idle when it has looked already",
		File:    "executor.go",
		Instead: "idle_flag.go",
		Test:    "TestEveryOrderOfRunAndClose",
		Says:    "waits: chan receive",
	},
	// Run | Spawn, Spawn: Run finds its half empty; a task comes into each half; Run takes the second.
	{
		Mistake: "Run looks into the other half of the queue when its own is empty",
		File:    "executor.go",
		Instead: "two_halves.go",
		Test:    "TestEveryOrderOfRunAndTwoTasks",
		Says:    `got:      ["Close returns" "task 2 is done" "task 1 is done"]`,
	},
	// Run | Spawn, Close: the feeder finds no more tasks; Spawn adds one and relies on it; the feeder ends.
	{
		Mistake: "A goroutine that feeds Run decides to end under one lock, and says so under the next",
		File:    "executor.go",
		Instead: "feeder.go",
		Test:    "TestEveryOrderOfRunAndTwoTasks",
		Says:    `got:      ["Close returns" "task 1 is done"]`,
	},
	// Spawn | Spawn: both read the same newest task, and one task replaces the other.
	{
		Mistake: "Two atomic steps push a task: one reads the newest, one writes it",
		File:    "executor.go",
		Instead: "push_without_swap.go",
		Test:    "TestEveryOrderOfRunAndTwoTasks",
		Says:    `got:      ["Close returns" "task 1 is done" "task 1 is done" "task 2 is done"]`,
	},
	// Run | Spawn: Run reads what is queued; Spawn adds a task; Run clears the queue.
	{
		Mistake: "Run reads the queue under one lock, and empties it under the next",
		File:    "executor.go",
		Instead: "take_then_clear.go",
		Test:    "TestEveryOrderOfRunAndTwoTasks",
		Says:    `got:      ["Close returns" "task 1 is done"]`,
	},
	// What does not fit waits elsewhere; a task that is spawned meanwhile finds room again, and overtakes it.
	{
		Mistake: "Tasks that do not fit may wait in a second queue",
		File:    "executor.go",
		Instead: "overflow.go",
		Test:    "TestManyTasksSpawnMore",
		Says:    "the task that was spawned as number",
	},
	// Run | Spawn, Spawn, Close: the second Spawn hands its task to a Run that is not idle any more, and waits for it.
	{
		Mistake: "Spawn may hand the task to Run, which is idle",
		File:    "executor.go",
		Instead: "hands_over.go",
		Test:    "TestEveryOrderOfRunAndTwoTasks",
		Says:    "task 1, which takes a second, was spawned before task 2",
	},
	// Spawn | Spawn, while Run waits: both find it asleep, and both wake it.
	{
		Mistake: "Whoever finds Run asleep notes that it is not, and wakes it",
		File:    "executor.go",
		Instead: "woken_twice.go",
		Test:    "TestEveryOrderOfTwoSpawnsWhenRunWaits",
		Says:    "panic: sync: negative WaitGroup counter",
	},
	// Run | Spawn, Spawn, Spawn: Run finds the channel empty; two tasks fill it, the third goes into the slice; Run takes the slice.
	{
		Mistake: "The slice is the older place if the channel was empty",
		File:    "executor.go",
		Instead: "overflow_first.go",
		Test:    "TestEveryOrderOfRunAndThreeTasks",
		Says:    `the tasks ran:         ["task 3" "task 1" "task 2"]`,
	},
	// Close | Run, New: Close notes it; Run returns and gives the queue back; New makes it new; Close closes its channel.
	{
		Mistake: "When Run returns, nobody uses its queue any more",
		File:    "executor.go",
		Instead: "queue_used_again.go",
		Test:    "TestEveryOrderOfCloseAndTheNextQueue",
		Says:    "panic: close of closed channel",
	},
	// Run | Spawn: Spawn puts the task in; Run runs it, and it closes the channel; Spawn sends its note.
	{
		Mistake: "When Spawn leaves its note for Run, nobody can have called Close",
		File:    "executor.go",
		Instead: "closes_its_bell.go",
		Test:    "TestEveryOrderOfSpawnAndATaskThatCloses",
		Says:    "panic: send on closed channel",
	},
	// A task and Spawn, in any order: Spawn moves what waits to the front while a task runs; then Run goes on behind it.
	{
		Mistake: "Run still knows the place of its task in the queue when the task is over",
		File:    "executor.go",
		Instead: "moves_to_the_front.go",
		Test:    "TestManyTasksSpawnMore",
		Says:    "panic: runtime error: index out of range",
	},
	// Spawn 1 | Spawn 2, Spawn 3: Spawn 1 finds one place free; Spawn 2 takes it; Spawn 1 puts its task on the first.
	{
		Mistake: "Spawn looks for room under one lock and uses it under the next",
		File:    "executor.go",
		Instead: "room_looked_for.go",
		Test:    "TestEveryOrderOfTwoSpawnsWhenManyWait",
		Says:    "if r.n < len(r.places) {",
	},
	// Run | Spawn: Spawn queues its task, which runs and closes; the feeder ends; Spawn starts another one, which closes again.
	{
		Mistake: "Spawn queues the task under one lock and looks for the feeder under the next",
		File:    "executor.go",
		Instead: "looks_for_the_feeder.go",
		Test:    "TestEveryOrderOfSpawnAndATaskThatCloses",
		Says:    "panic: close of closed channel",
	},
	// Run | many Spawns: Run finds the channel empty; the channel fills up, and the list behind it; Run takes the list.
	{
		Mistake: "What did not fit into the channel comes after what did, if Run looks into the channel first",
		File:    "executor.go",
		Instead: "found_empty.go",
		Test:    "TestEveryOrderOfRunAndManyTasks",
		Says:    "task 19 ran when it was the turn of task 3",
	},
	// Spawn | Run: Spawn has its place behind the last one, and lets go to make room; Run takes all and begins at place 0 again.
	{
		Mistake: "A place that Spawn has reserved is still the right one when there is room for it",
		File:    "executor.go",
		Instead: "reserved_slot.go",
		Test:    "TestEveryOrderOfSpawnAndRunWhenManyWait",
		Says:    "129 tasks were spawned, and 128 ran",
	},
	// Spawn | Spawn, Spawn | Run: a node is taken, used, run and put back, while the first Spawn is about to take it.
	{
		Mistake: "If the head of the free list is the same as before, so is the next one",
		File:    "executor.go",
		Instead: "free_list.go",
		Test:    "TestEveryOrderOfTwoWhoSpawnTwice",
		Says:    "these tasks should have run: ",
	},
	// Run | Close: Run finds nothing; Close sets the alarm; Run stops it, and waits for it.
	{
		Mistake: "Run stops an old alarm before it waits for the next",
		File:    "executor.go",
		Instead: "alarm.go",
		Test:    "TestEveryOrderOfRunAndClose",
		Says:    "deadlock: nobody is left who could wake Run",
	},
	// Run | Spawn: Run gives its buffer back; Spawn puts a task there; Run clears it.
	{
		Mistake: "A buffer may be cleared when it has been given back, since its tasks have run",
		File:    "executor.go",
		Instead: "spare_buffer.go",
		Test:    "TestEveryOrderOfATaskThatSpawns",
		Says:    "these tasks should have run: ",
	},
	// Run | many Spawns: Run knows where the next task is; the ring grows, and it is elsewhere.
	{
		Mistake: "Where the next task is does not change while nobody takes one",
		File:    "executor.go",
		Instead: "ring_that_grows.go",
		Test:    "TestEveryOrderOfRunAndManyTasks",
		Says:    "panic: runtime error: invalid memory address or nil pointer dereference",
	},
	// Run | many Spawns: the full channel is closed, and Run has emptied it, before the next one is linked.
	{
		Mistake: "What is full may be closed first, and the next one linked to it after that",
		File:    "executor.go",
		Instead: "linked_late.go",
		Test:    "TestEveryOrderOfSpawnsAndRun",
		Says:    "13 tasks were spawned, and 5 ran",
	},
	// Run | Spawn 1, Spawn 2: task 1 is set aside; the flag is taken back; task 2 is queued; then task 1 is.
	{
		Mistake: "What was set aside while a task ran may be queued after the flag has been taken back",
		File:    "executor.go",
		Instead: "set_aside.go",
		Test:    "TestEveryOrderOfTwoSpawnsAsATaskEnds",
		Says:    `the tasks ran: ["task 2" "task 1"]`,
	},
}
