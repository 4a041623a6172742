package main

import "sync"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ q *queue }

// A Spawner hands tasks to its Executor.
type Spawner struct{ q *queue }

type queue struct {
	mu      sync.Mutex
	changed *sync.Cond // tasks, running or closed have changed
	tasks   []func()
	running map[int]func()
	closed  bool
}

// New returns both ends of one queue.
func New() (*Executor, *Spawner) {
	q := &queue{running: map[int]func(){}}
	q.changed = sync.NewCond(&q.mu)
	return &Executor{q}, &Spawner{q}
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	s.q.mu.Lock()
	defer s.q.mu.Unlock()
	s.q.tasks = append(s.q.tasks, task)
	s.q.changed.Signal()
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() {
	s.q.mu.Lock()
	defer s.q.mu.Unlock()
	s.q.closed = true
	s.q.changed.Signal()
}

// start runs task in a goroutine and keeps it in running meanwhile. The lock is held.
func (q *queue) start(task func()) {
	id := len(q.running) + 1
	q.running[id] = task
	go func() {
		task()
		q.mu.Lock()
		defer q.mu.Unlock()
		delete(q.running, id)
		q.changed.Signal()
	}()
}

// Run runs the tasks concurrently.
func (e *Executor) Run() {
	q := e.q
	q.mu.Lock()
	defer q.mu.Unlock()
	for {
		for _, task := range q.tasks {
			q.start(task)
		}
		q.tasks = nil
		if q.closed && len(q.running) == 0 {
			return
		}
		q.changed.Wait()
	}
}
