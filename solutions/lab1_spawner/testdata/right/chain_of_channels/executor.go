// Right: a chain of links; each waits in a channel for its task, and a closed channel is its end.

package main

import "sync"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ first *link }

// A Spawner hands tasks to its Executor.
type Spawner struct {
	mu   sync.Mutex
	last *link
}

// link is one place in the queue: next is set before its task comes.
type link struct {
	task chan func()
	next *link
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	l := &link{task: make(chan func(), 1)}
	return &Executor{l}, &Spawner{last: l}
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.last
	l.next = &link{task: make(chan func(), 1)}
	s.last = l.next
	l.task <- task
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.last.task)
}

// Run runs the tasks one after another.
func (e *Executor) Run() {
	for l := e.first; ; l = l.next {
		task, ok := <-l.task
		if !ok {
			return
		}
		task()
	}
}
