package main

import "sync"

type queue struct {
	mu     sync.Mutex
	tasks  []func()
	idle   bool        // Run waits for a task
	hand   chan func() // a task for a Run that is idle; nil: nothing more comes
	closed bool
}

type Executor struct{ q *queue }
type Spawner struct{ q *queue }

func New() (*Executor, *Spawner) {
	q := &queue{hand: make(chan func())}
	return &Executor{q}, &Spawner{q}
}

// Spawn gives the task to Run directly if that is idle, and queues it otherwise.
func (s *Spawner) Spawn(task func()) {
	q := s.q
	q.mu.Lock()
	if q.idle {
		q.mu.Unlock()
		q.hand <- task // Run is waiting for it, so this does not wait
		return
	}
	q.tasks = append(q.tasks, task)
	q.mu.Unlock()
}

func (s *Spawner) Close() {
	q := s.q
	q.mu.Lock()
	if q.idle {
		q.mu.Unlock()
		q.hand <- nil
		return
	}
	q.closed = true
	q.mu.Unlock()
}

func (e *Executor) Run() {
	q := e.q
	for {
		q.mu.Lock()
		if len(q.tasks) > 0 {
			task := q.tasks[0]
			q.tasks = q.tasks[1:]
			q.idle = false
			q.mu.Unlock()
			task()
			continue
		}
		if q.closed {
			q.mu.Unlock()
			return
		}
		q.idle = true
		q.mu.Unlock()
		task := <-q.hand
		if task == nil {
			return
		}
		q.mu.Lock()
		q.idle = false
		q.mu.Unlock()
		task()
	}
}
