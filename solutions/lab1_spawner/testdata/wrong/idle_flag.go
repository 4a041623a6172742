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
	mu     sync.Mutex
	tasks  []func()
	closed bool
	idle   atomic.Bool
	wake   chan struct{}
}

func New() (*Executor, *Spawner) {
	q := &queue{wake: make(chan struct{}, 1)}
	return &Executor{q}, &Spawner{q}
}

func (s *Spawner) Spawn(task func()) {
	s.queue.change(func() { s.queue.tasks = append(s.queue.tasks, task) })
}

func (s *Spawner) Close() {
	s.queue.change(func() { s.queue.closed = true })
}

// change wakes Run, if that sleeps.
func (q *queue) change(f func()) {
	q.mu.Lock()
	f()
	q.mu.Unlock()
	if q.idle.CompareAndSwap(true, false) {
		q.wake <- struct{}{}
	}
}

func (e *Executor) Run() {
	for {
		task, closed := e.queue.take()
		switch {
		case task != nil:
			task()
		case closed:
			return
		default:
			e.queue.idle.Store(true)
			<-e.queue.wake
		}
	}
}

func (q *queue) take() (task func(), closed bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.tasks) > 0 {
		task, q.tasks = q.tasks[0], q.tasks[1:]
	}
	return task, q.closed
}
