// Right: Close cancels a context; Run takes a note or the end, whichever is there, and looks again.

package main

import (
	"context"
	"sync"
)

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ queue *queue }

// A Spawner hands tasks to its Executor.
type Spawner struct{ queue *queue }

type queue struct {
	mu      sync.Mutex
	tasks   []func()
	changed chan struct{} // has room for one note
	open    context.Context
	close   context.CancelFunc
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	q := &queue{changed: make(chan struct{}, 1)}
	q.open, q.close = context.WithCancel(context.Background())
	return &Executor{q}, &Spawner{q}
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	s.queue.mu.Lock()
	s.queue.tasks = append(s.queue.tasks, task)
	s.queue.mu.Unlock()
	select {
	case s.queue.changed <- struct{}{}:
	default: // a note lies there already
	}
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() { s.queue.close() }

// Run runs the tasks one after another.
func (e *Executor) Run() {
	for e.queue.open.Err() == nil {
		e.runAll()
		select {
		case <-e.queue.changed:
		case <-e.queue.open.Done():
		}
	}
	e.runAll()
}

func (e *Executor) runAll() {
	for task := e.queue.take(); task != nil; task = e.queue.take() {
		task()
	}
}

// take returns nil if there is no task now.
func (q *queue) take() (task func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.tasks) > 0 {
		task, q.tasks = q.tasks[0], q.tasks[1:]
	}
	return task
}
