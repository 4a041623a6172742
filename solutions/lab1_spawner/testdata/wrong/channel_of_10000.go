package main

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ tasks <-chan func() }

// A Spawner hands tasks to its Executor.
type Spawner struct{ tasks chan<- func() }

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	tasks := make(chan func(), 10_000)
	return &Executor{tasks}, &Spawner{tasks}
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) { s.tasks <- task }

// Close says that nothing more will be spawned.
func (s *Spawner) Close() { close(s.tasks) }

// Run runs the tasks one after another.
func (e *Executor) Run() {
	for task := range e.tasks {
		task()
	}
}
