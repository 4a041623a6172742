package main

import "sync"

type queue struct {
	mu      sync.Mutex
	changed *sync.Cond
	tasks   []func()
	closed  bool
	pending sync.WaitGroup // each task, and the open spawner
}

type Executor struct{ q *queue }
type Spawner struct{ q *queue }

func New() (*Executor, *Spawner) {
	q := &queue{}
	q.changed = sync.NewCond(&q.mu)
	q.pending.Add(1)
	return &Executor{q}, &Spawner{q}
}

func (s *Spawner) Spawn(task func()) {
	s.q.mu.Lock()
	s.q.tasks = append(s.q.tasks, task)
	s.q.changed.Signal()
	s.q.mu.Unlock()
	s.q.pending.Add(1)
}

func (s *Spawner) Close() {
	s.q.mu.Lock()
	s.q.closed = true
	s.q.changed.Signal()
	s.q.mu.Unlock()
	s.q.pending.Done()
}

func (e *Executor) Run() {
	q := e.q
	q.mu.Lock()
	for {
		for _, task := range q.tasks {
			go func() {
				defer q.pending.Done()
				task()
			}()
		}
		q.tasks = nil
		if q.closed {
			break
		}
		q.changed.Wait()
	}
	q.mu.Unlock()
	q.pending.Wait()
}
