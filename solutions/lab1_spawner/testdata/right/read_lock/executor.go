// Right: those who spawn share a read lock, as each writes to a place of its own; Run takes with the write lock.

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
	mu      sync.RWMutex
	taken   int
	used    atomic.Int64
	places  []func()
	closed  bool
	changed chan struct{} // has room for one note
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	q := &queue{places: make([]func(), 64), changed: make(chan struct{}, 1)}
	return &Executor{q}, &Spawner{q}
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	for !s.queue.put(task) {
		s.queue.grow()
	}
	s.queue.note()
}

// put reports whether there was a place for task.
func (q *queue) put(task func()) bool {
	q.mu.RLock()
	defer q.mu.RUnlock()
	for {
		place := q.used.Load()
		if int(place) == len(q.places) {
			return false
		}
		if q.used.CompareAndSwap(place, place+1) {
			q.places[place] = task
			return true
		}
	}
}

func (q *queue) grow() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if int(q.used.Load()) == len(q.places) { // else somebody else has made places
		q.places = append(q.places, make([]func(), len(q.places))...)
	}
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() {
	s.queue.mu.Lock()
	s.queue.closed = true
	s.queue.mu.Unlock()
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
	for {
		task, closed := e.queue.take()
		switch {
		case task != nil:
			task()
		case closed:
			return
		default:
			<-e.queue.changed
		}
	}
}

// take returns nil if there is no task now.
func (q *queue) take() (task func(), closed bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.taken < int(q.used.Load()) {
		task = q.places[q.taken]
		q.taken++
	}
	return task, q.closed
}
