package main

import "sync"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ queue *queue }

// A Spawner hands tasks to its Executor.
type Spawner struct{ queue *queue }

type queue struct {
	mu      sync.Mutex
	changed *sync.Cond
	tasks   []func()
	closed  bool
}

func New() (*Executor, *Spawner) {
	q := &queue{}
	q.changed = sync.NewCond(&q.mu)
	return &Executor{q}, &Spawner{q}
}

func (s *Spawner) Spawn(task func()) {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.tasks = append(s.queue.tasks, task)
	s.queue.changed.Signal()
}

func (s *Spawner) Close() {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.closed = true
	s.queue.changed.Signal()
}

func (e *Executor) Run() {
	q := e.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	for !q.closed || len(q.tasks) > 0 {
		for len(q.tasks) == 0 && !q.closed {
			q.changed.Wait()
		}
		tasks := q.tasks
		q.mu.Unlock()
		for _, task := range tasks {
			task()
		}
		q.mu.Lock()
		q.tasks = nil // and with them what the tasks have spawned meanwhile
	}
}
