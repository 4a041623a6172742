package main

import "sync"

type queue struct {
	mu     sync.Mutex
	tasks  []func()
	closed bool
	wake   chan struct{} // has room for one
}

type Executor struct{ q *queue }
type Spawner struct{ q *queue }

func New() (*Executor, *Spawner) {
	q := &queue{wake: make(chan struct{}, 1)}
	return &Executor{q}, &Spawner{q}
}

func (s *Spawner) Spawn(task func()) {
	s.q.mu.Lock()
	s.q.tasks = append(s.q.tasks, task)
	s.q.mu.Unlock()
	select {
	case s.q.wake <- struct{}{}:
	default:
	}
}

func (s *Spawner) Close() {
	s.q.mu.Lock()
	defer s.q.mu.Unlock()
	s.q.closed = true
	close(s.q.wake)
}

func (e *Executor) Run() {
	q := e.q
	for {
		q.mu.Lock()
		if len(q.tasks) > 0 {
			task := q.tasks[0]
			q.tasks = q.tasks[1:]
			q.mu.Unlock()
			task()
			continue
		}
		closed := q.closed
		q.mu.Unlock()
		if closed {
			return
		}
		<-q.wake
	}
}
