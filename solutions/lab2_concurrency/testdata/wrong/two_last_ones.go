package main

import (
	"sync"
	"sync/atomic"
)

type Executor struct {
	queue *queue
}

type Spawner struct {
	queue *queue
}

type queue struct {
	mu      sync.Mutex
	tasks   []func()
	wake    chan struct{}
	pending atomic.Int64
	closed  atomic.Bool
	done    chan struct{} // closed by the last one out
}

func New() (*Executor, *Spawner) {
	q := &queue{wake: make(chan struct{}, 1), done: make(chan struct{})}
	return &Executor{q}, &Spawner{q}
}

func (s *Spawner) Spawn(task func()) {
	q := s.queue
	q.pending.Add(1)
	q.mu.Lock()
	q.tasks = append(q.tasks, task)
	q.mu.Unlock()
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

func (s *Spawner) Close() {
	if s.queue.closed.Swap(true) {
		return
	}
	if s.queue.pending.Load() == 0 {
		close(s.queue.done) // no task is left that could do it
	}
}

func (e *Executor) Run() {
	for {
		for _, task := range e.queue.takeAll() {
			go e.queue.do(task)
		}
		select {
		case <-e.queue.wake:
		case <-e.queue.done:
			return
		}
	}
}

func (q *queue) do(task func()) {
	task()
	if q.pending.Add(-1) > 0 {
		return
	}
	if q.closed.Load() {
		close(q.done)
	}
}

func (q *queue) takeAll() (tasks []func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	tasks, q.tasks = q.tasks, nil
	return tasks
}
