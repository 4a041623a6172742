package main

import "sync"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ q *queue }

// A Spawner hands tasks to its Executor.
type Spawner struct{ q *queue }

type queue struct {
	mu      sync.Mutex
	changed sync.Cond
	in      []func() // what Spawn fills; nil: take the spare one
	spare   []func()
	closed  bool
}

// New returns both ends of one new queue.
func New() (*Executor, *Spawner) {
	q := &queue{}
	q.changed.L = &q.mu
	return &Executor{q}, &Spawner{q}
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	q := s.q
	q.mu.Lock()
	if q.in == nil {
		q.in, q.spare = q.spare, nil
	}
	q.in = append(q.in, task)
	q.mu.Unlock()
	q.changed.Signal()
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() {
	s.q.mu.Lock()
	s.q.closed = true
	s.q.mu.Unlock()
	s.q.changed.Signal()
}

// Run runs the tasks one after another.
func (e *Executor) Run() {
	q := e.q
	for {
		q.mu.Lock()
		for len(q.in) == 0 && !q.closed {
			q.changed.Wait()
		}
		batch := q.in
		q.in = nil
		q.mu.Unlock()
		if len(batch) == 0 {
			return
		}
		for _, task := range batch {
			if task != nil {
				task()
			}
		}
		q.mu.Lock()
		q.spare = batch[:0]
		q.mu.Unlock()
		clear(batch) // so that the tasks can be garbage collected
	}
}
