package main

import "sync"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ queue *queue }

// A Spawner hands tasks to its Executor.
type Spawner struct{ queue *queue }

type queue struct {
	mu          sync.Mutex
	changed     *sync.Cond
	taken, last *node
	closed      bool
}

type node struct {
	task func()
	next *node
}

func New() (*Executor, *Spawner) {
	nothing := &node{}
	q := &queue{taken: nothing, last: nothing}
	q.changed = sync.NewCond(&q.mu)
	return &Executor{q}, &Spawner{q}
}

func (s *Spawner) Spawn(task func()) {
	last := s.queue.end()
	s.queue.link(last, &node{task: task})
}

func (q *queue) end() *node {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.last
}

func (q *queue) link(last, added *node) {
	q.mu.Lock()
	defer q.mu.Unlock()
	last.next = added
	q.last = added
	q.changed.Signal()
}

func (s *Spawner) Close() {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.closed = true
	s.queue.changed.Signal()
}

func (e *Executor) Run() {
	for task := e.queue.take(); task != nil; task = e.queue.take() {
		task()
	}
}

func (q *queue) take() func() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.taken.next == nil && !q.closed {
		q.changed.Wait()
	}
	if q.taken.next == nil {
		return nil
	}
	q.taken = q.taken.next
	return q.taken.task
}
