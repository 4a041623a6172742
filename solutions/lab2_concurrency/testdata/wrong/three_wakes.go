package main

import "sync"

type Executor struct{ queue *queue }
type Spawner struct{ queue *queue }

type queue struct {
	mu     sync.Mutex
	tasks  []func()
	closed bool
	idle   bool          // Run sleeps until wake gets a value
	wake   chan struct{} // with room for one, so that nobody waits for Run
}

func New() (*Executor, *Spawner) {
	q := &queue{wake: make(chan struct{}, 1)}
	return &Executor{q}, &Spawner{q}
}

func (q *queue) change(f func()) {
	q.mu.Lock()
	f()
	idle := q.idle
	q.mu.Unlock()
	if idle {
		q.wake <- struct{}{}
	}
}

func (s *Spawner) Spawn(task func()) {
	s.queue.change(func() { s.queue.tasks = append(s.queue.tasks, task) })
}

func (s *Spawner) Close() {
	s.queue.change(func() { s.queue.closed = true })
}

func (e *Executor) Run() {
	q := e.queue
	var running sync.WaitGroup
	defer running.Wait()
	for {
		q.mu.Lock()
		q.idle = false
		batch, closed := q.tasks, q.closed
		q.tasks = nil
		q.idle = len(batch) == 0 && !closed
		idle := q.idle
		q.mu.Unlock()
		for _, task := range batch {
			running.Go(task)
		}
		switch {
		case idle:
			<-q.wake
		case closed:
			return
		}
	}
}
