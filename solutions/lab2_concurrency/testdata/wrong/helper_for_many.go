package main

import "sync"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct {
	queue *queue
}

// A Spawner hands tasks to its Executor. Its methods may be called from several
// goroutines, and from a task.
type Spawner struct {
	queue *queue
}

// queue holds the tasks that are ready to run. It has no limit, so that a task can
// spawn as many tasks as it likes while nobody takes any.
type queue struct {
	mu      sync.Mutex
	changed *sync.Cond // tasks or closed have changed
	tasks   []func()
	closed  bool
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	q := &queue{}
	q.changed = sync.NewCond(&q.mu)
	return &Executor{q}, &Spawner{q}
}

// Spawn queues task. It runs nothing and waits for nothing: at least 10,000 tasks
// can be queued before Run takes the first. It must not be called after Close.
func (s *Spawner) Spawn(task func()) {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	if s.queue.closed {
		panic("Spawn after Close")
	}
	s.queue.tasks = append(s.queue.tasks, task)
	s.queue.changed.Signal()
}

// Close says that nothing more will be spawned (drop(spawner) in the Rust original).
// Tasks that are queued already still run.
func (s *Spawner) Close() {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.closed = true
	s.queue.changed.Signal()
}

// Run starts each task as soon as it is spawned, and all of them run concurrently.
// It waits while there is none to start, without using the processor, and returns
// when the spawner is closed and every task is over.
func (e *Executor) Run() {
	var running sync.WaitGroup
	for {
		tasks := e.queue.next()
		switch {
		case len(tasks) == 0:
			running.Wait()
			return
		case len(tasks) > 100: // many: a helper starts them, so that Run can look for others
			go start(&running, tasks)
		default:
			start(&running, tasks)
		}
	}
}

// start starts tasks.
func start(running *sync.WaitGroup, tasks []func()) {
	for _, task := range tasks {
		running.Go(task)
	}
}

// next waits for tasks and takes them all. There are none when none will ever come.
func (q *queue) next() []func() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.tasks) == 0 && !q.closed {
		q.changed.Wait()
	}
	tasks := q.tasks
	q.tasks = nil
	return tasks
}
