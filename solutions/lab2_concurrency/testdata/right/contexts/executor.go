// Right: each task has a context that it cancels when it is over; each waits for the one before it, too.

package main

import "context"

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

// Run starts each task as soon as it is spawned, and waits for all.
func (e *Executor) Run() {
	all, over := context.WithCancel(context.Background())
	over() // nothing runs, so everything is over
	for task := range e.tasks {
		before := all
		var over context.CancelFunc
		all, over = context.WithCancel(context.Background())
		go func() {
			defer over()
			task()
			<-before.Done()
		}()
	}
	<-all.Done()
}
