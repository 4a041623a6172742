// Right: tasks and the end have a channel each; after the end Run takes what is left, until the default.

package main

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ Spawner }

// A Spawner hands tasks to its Executor.
type Spawner struct {
	tasks chan func()
	end   chan struct{}
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	s := Spawner{make(chan func(), 10_000), make(chan struct{})}
	return &Executor{s}, &s
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) { s.tasks <- task }

// Close says that nothing more will be spawned.
func (s *Spawner) Close() { close(s.end) }

// Run runs the tasks one after another.
func (e *Executor) Run() {
	for open := true; open; {
		select { // both may be ready, and then it does not matter
		case task := <-e.tasks:
			task()
		case <-e.end:
			open = false
		}
	}
	for {
		select {
		case task := <-e.tasks:
			task()
		default:
			return
		}
	}
}
