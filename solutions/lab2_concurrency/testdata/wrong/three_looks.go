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
	mu      sync.Mutex
	tasks   []func()
	running atomic.Int64
	closed  atomic.Bool
	changed chan struct{}
}

func New() (*Executor, *Spawner) {
	q := &queue{changed: make(chan struct{}, 1)}
	return &Executor{q}, &Spawner{q}
}

func (s *Spawner) Spawn(task func()) {
	s.queue.mu.Lock()
	s.queue.tasks = append(s.queue.tasks, task)
	s.queue.mu.Unlock()
	s.queue.note()
}

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

func (e *Executor) Run() {
	q := e.queue
	for {
		for _, task := range q.takeAll() {
			q.running.Add(1)
			go func() {
				task()
				q.running.Add(-1)
				q.note()
			}()
		}
		if q.running.Load() == 0 && q.closed.Load() {
			return
		}
		<-q.changed
	}
}

func (q *queue) takeAll() []func() {
	q.mu.Lock()
	defer q.mu.Unlock()
	tasks := q.tasks
	q.tasks = nil
	return tasks
}
