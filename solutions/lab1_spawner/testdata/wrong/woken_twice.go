package main

import (
	"sync"
	"sync/atomic"
)

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ q *queue }

// A Spawner hands tasks to its Executor.
type Spawner struct{ q *queue }

type queue struct {
	mu     sync.Mutex
	tasks  []func()
	closed bool

	asleep atomic.Bool    // Run waits, or is about to
	sleep  sync.WaitGroup // 1 while asleep
}

// New returns both ends of one queue.
func New() (*Executor, *Spawner) {
	q := &queue{}
	return &Executor{q}, &Spawner{q}
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	s.q.mu.Lock()
	s.q.tasks = append(s.q.tasks, task)
	s.q.mu.Unlock()
	s.q.wakeRun()
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() {
	s.q.mu.Lock()
	s.q.closed = true
	s.q.mu.Unlock()
	s.q.wakeRun()
}

// wakeRun wakes Run if it sleeps.
func (q *queue) wakeRun() {
	if q.asleep.Load() {
		q.asleep.Store(false)
		q.sleep.Done()
	}
}

// Run runs the tasks one after another.
func (e *Executor) Run() {
	q := e.q
	for {
		q.mu.Lock()
		if len(q.tasks) > 0 {
			task := q.tasks[0]
			q.tasks = q.tasks[1:]
			q.mu.Unlock()
			task()
			continue
		}
		if q.closed {
			q.mu.Unlock()
			return
		}
		q.sleep.Add(1)
		q.asleep.Store(true)
		q.mu.Unlock()
		q.sleep.Wait()
	}
}
