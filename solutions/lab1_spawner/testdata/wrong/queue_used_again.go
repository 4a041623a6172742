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
	mu     sync.Mutex
	tasks  []func()
	closed atomic.Bool
	bell   chan struct{} // a task was spawned
	done   chan struct{} // closed by Close
}

var spare = sync.Pool{New: func() any { return new(queue) }}

func New() (*Executor, *Spawner) {
	q := spare.Get().(*queue)
	q.tasks = q.tasks[:0]
	q.closed.Store(false)
	q.bell = make(chan struct{}, 1)
	q.done = make(chan struct{})
	return &Executor{q}, &Spawner{q}
}

func (s *Spawner) Spawn(task func()) {
	q := s.queue
	q.mu.Lock()
	q.tasks = append(q.tasks, task)
	q.mu.Unlock()
	select {
	case q.bell <- struct{}{}:
	default:
	}
}

func (s *Spawner) Close() {
	s.queue.closed.Store(true) // for a Run that is awake
	close(s.queue.done)        // for a Run that sleeps
}

func (q *queue) pop() (func(), bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.tasks) == 0 {
		return nil, false
	}
	task := q.tasks[0]
	q.tasks[0] = nil
	q.tasks = q.tasks[1:]
	return task, true
}

func (e *Executor) Run() {
	q := e.queue
	for {
		closed := q.closed.Load()
		if task, ok := q.pop(); ok {
			task()
			continue
		}
		if closed {
			spare.Put(q)
			return
		}
		select {
		case <-q.bell:
		case <-q.done:
		}
	}
}
