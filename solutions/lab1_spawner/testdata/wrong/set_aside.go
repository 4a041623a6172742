package main

import "sync"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct {
	queue *queue
}

// A Spawner hands tasks to its Executor.
type Spawner struct {
	queue *queue
}

type queue struct {
	mu      sync.Mutex
	changed *sync.Cond
	tasks   []func()
	aside   []func() // spawned while a task runs: they go behind those that wait
	busy    bool     // a task runs
	closed  bool
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	q := &queue{}
	q.changed = sync.NewCond(&q.mu)
	return &Executor{q}, &Spawner{q}
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	q := s.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.busy {
		q.aside = append(q.aside, task)
		return
	}
	q.tasks = append(q.tasks, task)
	q.changed.Signal()
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.closed = true
	s.queue.changed.Signal()
}

// Run runs the tasks until none is left and none will come.
func (e *Executor) Run() {
	q := e.queue
	for {
		task := q.next()
		if task == nil {
			return
		}
		task()
		q.setBusy(false)
		q.adopt()
	}
}

func (q *queue) setBusy(busy bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.busy = busy
}

// adopt queues what was spawned while the task ran.
func (q *queue) adopt() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.tasks = append(q.tasks, q.aside...)
	q.aside = nil
}

// next waits for a task and takes it; nil when none will ever come.
func (q *queue) next() (task func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.tasks) == 0 && !q.closed {
		q.changed.Wait()
	}
	if len(q.tasks) > 0 {
		task, q.tasks = q.tasks[0], q.tasks[1:]
		q.busy = true
	}
	return task
}
