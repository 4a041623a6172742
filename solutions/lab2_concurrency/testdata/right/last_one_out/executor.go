// Right: an atomic counts those who are here, Run among them, and the last one out closes the door.

package main

import "sync/atomic"

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
	var here atomic.Int64
	here.Add(1) // Run itself: so nobody is the last while more may come
	door := make(chan struct{})
	leave := func() {
		if here.Add(-1) == 0 {
			close(door)
		}
	}
	for task := range e.tasks {
		here.Add(1)
		go func() {
			defer leave()
			task()
		}()
	}
	leave()
	<-door
}
