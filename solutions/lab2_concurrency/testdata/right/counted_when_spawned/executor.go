// Right: Spawn counts the task already, so Run needs no more than to start what comes.

package main

import "sync"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ spawner *Spawner }

// A Spawner hands tasks to its Executor.
type Spawner struct {
	tasks chan func()
	open  sync.WaitGroup // one for the spawner, and one for each task
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	s := &Spawner{tasks: make(chan func(), 10_000)}
	s.open.Add(1)
	return &Executor{s}, s
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	s.open.Add(1)
	s.tasks <- func() {
		defer s.open.Done()
		task()
	}
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() { s.open.Done() }

// Run starts each task as soon as it is spawned, and waits for all.
func (e *Executor) Run() {
	over := make(chan struct{})
	go func() {
		e.spawner.open.Wait()
		close(over)
	}()
	for {
		select {
		case task := <-e.spawner.tasks:
			go task()
		case <-over:
			return
		}
	}
}
