// Right: a list of promises; Spawn keeps the last one and makes the next, and Close keeps it with nothing.

package main

import (
	"sync"
	"sync/atomic"
)

type promise struct {
	kept sync.WaitGroup
	task func() // nil: the end
	next *promise
}

func newPromise() *promise {
	p := &promise{}
	p.kept.Add(1)
	return p
}

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ next *promise }

// A Spawner hands tasks to its Executor.
type Spawner struct{ last atomic.Pointer[promise] }

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	p := newPromise()
	s := &Spawner{}
	s.last.Store(p)
	return &Executor{p}, s
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	next := newPromise()
	p := s.last.Swap(next)
	p.task, p.next = task, next
	p.kept.Done()
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() { s.last.Load().kept.Done() }

// Run runs the tasks one after another.
func (e *Executor) Run() {
	for {
		p := e.next
		p.kept.Wait()
		if p.task == nil {
			return
		}
		e.next = p.next
		p.task()
	}
}
