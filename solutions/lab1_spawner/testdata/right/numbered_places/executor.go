// Right: each task takes a number and lies under it in a sync.Map; Run waits for one number after the other.

package main

import (
	"sync"
	"sync/atomic"
)

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ queue *queue }

// A Spawner hands tasks to its Executor.
type Spawner struct{ queue *queue }

type queue struct {
	tasks   sync.Map // of func(), by number
	next    atomic.Int64
	closed  atomic.Bool
	changed chan struct{} // has room for one note
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	q := &queue{changed: make(chan struct{}, 1)}
	return &Executor{q}, &Spawner{q}
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	s.queue.tasks.Store(s.queue.next.Add(1), task)
	s.queue.note()
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() {
	s.queue.closed.Store(true)
	s.queue.note()
}

func (q *queue) note() {
	select {
	case q.changed <- struct{}{}:
	default: // a note lies there already
	}
}

// Run runs the tasks one after another.
func (e *Executor) Run() {
	for number := int64(1); ; {
		switch task, here := e.queue.tasks.LoadAndDelete(number); {
		case here:
			task.(func())()
			number++
		case e.queue.closed.Load() && number > e.queue.next.Load():
			return
		case !e.queue.closed.Load():
			<-e.queue.changed
		}
	}
}
