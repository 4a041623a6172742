// Right: one goroutine owns the queue and ends when all is taken; there is no lock.

package main

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ out <-chan func() }

// A Spawner hands tasks to its Executor.
type Spawner struct{ in chan<- func() }

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	in, out := make(chan func()), make(chan func())
	go own(in, out)
	return &Executor{out}, &Spawner{in}
}

// own keeps the tasks between in and out.
func own(in <-chan func(), out chan<- func()) {
	defer close(out)
	var tasks []func()
	for in != nil || len(tasks) > 0 {
		var ready chan<- func() // nil, and so not ready, while there is no task
		var first func()
		if len(tasks) > 0 {
			ready, first = out, tasks[0]
		}
		select {
		case task, ok := <-in:
			if !ok {
				in = nil
				break
			}
			tasks = append(tasks, task)
		case ready <- first:
			tasks = tasks[1:]
		}
	}
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) { s.in <- task }

// Close says that nothing more will be spawned.
func (s *Spawner) Close() { close(s.in) }

// Run runs the tasks one after another.
func (e *Executor) Run() {
	for task := range e.out {
		task()
	}
}
