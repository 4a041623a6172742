package main

import "sync"

type queue struct {
	mu     sync.Mutex
	cond   *sync.Cond
	tasks  []func()
	head   int // the one that runs, or will run next
	closed bool
}

type Executor struct{ q *queue }
type Spawner struct{ q *queue }

func New() (*Executor, *Spawner) {
	q := &queue{tasks: make([]func(), 0, 64)}
	q.cond = sync.NewCond(&q.mu)
	return &Executor{q}, &Spawner{q}
}

func (s *Spawner) Spawn(task func()) {
	q := s.q
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.tasks) == cap(q.tasks) && q.head > cap(q.tasks)/2 { // mostly old ones: make room
		n := copy(q.tasks, q.tasks[q.head:])
		clear(q.tasks[n:])
		q.tasks, q.head = q.tasks[:n], 0
	}
	q.tasks = append(q.tasks, task)
	q.cond.Signal()
}

func (s *Spawner) Close() {
	s.q.mu.Lock()
	defer s.q.mu.Unlock()
	s.q.closed = true
	s.q.cond.Signal()
}

func (e *Executor) Run() {
	q := e.q
	q.mu.Lock()
	defer q.mu.Unlock()
	for {
		for q.head == len(q.tasks) && !q.closed {
			q.cond.Wait()
		}
		i := q.head
		if i == len(q.tasks) {
			return
		}
		task := q.tasks[i]
		q.mu.Unlock()
		task()
		q.mu.Lock()
		q.head = i + 1
	}
}
