package main

import (
	"sync"
	"sync/atomic"
)

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

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	q := &queue{}
	q.changed = sync.NewCond(&q.mu)
	return &Executor{q}, &Spawner{q}
}

// Spawn queues the task.
func (s *Spawner) Spawn(task func()) {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.tasks = append(s.queue.tasks, task)
	s.queue.changed.Signal()
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.closed = true
	s.queue.changed.Signal()
}

// Run gives a task to a worker that has nothing to do, and starts a new one if all are busy.
func (e *Executor) Run() {
	var workers sync.WaitGroup
	var idle atomic.Int64
	work := make(chan func(), 10_000)
	for {
		task, ok := e.queue.next()
		if !ok {
			break
		}
		if idle.Load() > 0 {
			work <- task
			continue
		}
		workers.Go(func() {
			task()
			idle.Add(1)
			for task := range work {
				idle.Add(-1)
				task()
				idle.Add(1)
			}
		})
	}
	close(work)
	workers.Wait()
}

func (q *queue) next() (task func(), ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.tasks) == 0 && !q.closed {
		q.changed.Wait()
	}
	if len(q.tasks) == 0 {
		return nil, false
	}
	task, q.tasks = q.tasks[0], q.tasks[1:]
	return task, true
}
