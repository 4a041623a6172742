package main

import "sync"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ queue *queue }

// A Spawner hands tasks to its Executor.
type Spawner struct{ queue *queue }

type queue struct {
	changed chan struct{}
	mu      sync.Mutex
	tasks   []func()
	closed  bool
}

func New() (*Executor, *Spawner) {
	q := &queue{changed: make(chan struct{})}
	return &Executor{q}, &Spawner{q}
}

func (s *Spawner) Spawn(task func()) {
	s.queue.change(func() { s.queue.tasks = append(s.queue.tasks, task) })
}

func (s *Spawner) Close() {
	s.queue.change(func() { s.queue.closed = true })
}

func (q *queue) change(f func()) {
	q.mu.Lock()
	f()
	q.mu.Unlock()
	select {
	case q.changed <- struct{}{}:
	default: // nobody waits
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
			<-e.queue.changed
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
