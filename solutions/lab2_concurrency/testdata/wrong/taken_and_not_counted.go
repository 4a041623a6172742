package main

import "sync"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ queue *queue }

// A Spawner hands tasks to its Executor.
type Spawner struct{ queue *queue }

type queue struct {
	mu       sync.Mutex
	changed  *sync.Cond
	tasks    []func()
	closed   bool
	running  int
	finished chan struct{}
	once     sync.Once
}

func New() (*Executor, *Spawner) {
	q := &queue{finished: make(chan struct{})}
	q.changed = sync.NewCond(&q.mu)
	return &Executor{q}, &Spawner{q}
}

func (q *queue) change(f func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	f()
	q.changed.Broadcast()
	if q.closed && len(q.tasks) == 0 && q.running == 0 {
		q.once.Do(func() { close(q.finished) })
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
	for task := q.next(); task != nil; task = q.next() {
		q.change(func() { q.running++ })
		go func() {
			task()
			q.change(func() { q.running-- })
		}()
	}
	q.change(func() {}) // perhaps there was nothing to do at all
	<-q.finished
}

// next waits for a task and takes it. It returns nil when none will ever come.
func (q *queue) next() (task func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.tasks) == 0 && !q.closed {
		q.changed.Wait()
	}
	if len(q.tasks) > 0 {
		task, q.tasks = q.tasks[0], q.tasks[1:]
	}
	return task
}
