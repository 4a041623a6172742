package main

import (
	"sync"
	"sync/atomic"
)

const room = 64

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ queue *queue }

// A Spawner hands tasks to its Executor.
type Spawner struct{ queue *queue }

type queue struct {
	mu     sync.RWMutex // read: fill a slot of one's own; write: change slots
	slots  []func()
	n      atomic.Int64 // slots given away
	closed atomic.Bool
	wake   chan struct{} // has room for one
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	q := &queue{slots: make([]func(), room), wake: make(chan struct{}, 1)}
	return &Executor{q}, &Spawner{q}
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	q := s.queue
	q.mu.RLock()
	i := int(q.n.Add(1)) - 1
	if i < len(q.slots) {
		q.slots[i] = task
		q.mu.RUnlock()
	} else {
		q.mu.RUnlock()
		q.mu.Lock()
		for i >= len(q.slots) {
			q.slots = append(q.slots, make([]func(), len(q.slots))...)
		}
		q.slots[i] = task
		q.mu.Unlock()
	}
	q.ring()
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() {
	s.queue.closed.Store(true)
	s.queue.ring()
}

func (q *queue) ring() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// Run runs the tasks one after another.
func (e *Executor) Run() {
	for {
		closed := e.queue.closed.Load() // before the look at the slots
		batch := e.queue.take()
		for _, task := range batch {
			if task != nil {
				task()
			}
		}
		if len(batch) > 0 {
			continue
		}
		if closed {
			return
		}
		<-e.queue.wake
	}
}

func (q *queue) take() []func() {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := min(int(q.n.Load()), len(q.slots))
	if n == 0 {
		return nil
	}
	batch := q.slots[:n]
	q.slots = make([]func(), room)
	q.n.Store(0)
	return batch
}
