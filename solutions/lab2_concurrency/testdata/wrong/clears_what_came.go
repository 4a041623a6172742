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
	var running sync.WaitGroup
	for tasks := e.queue.all(); len(tasks) > 0; tasks = e.queue.all() {
		for _, task := range tasks {
			running.Go(task)
		}
		e.queue.clear()
	}
	running.Wait()
}

// all waits for tasks. It returns none when none will ever come.
func (q *queue) all() []func() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.tasks) == 0 && !q.closed {
		q.changed.Wait()
	}
	return q.tasks
}

func (q *queue) clear() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.tasks = nil
}
