// Yours to edit: the executor and its spawner, TODO 1 to 4.

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

// New returns both ends of one new, empty ready queue (new_executor_and_spawner in
// the Rust original). Two calls make two queues that know nothing of each other.
func New() (*Executor, *Spawner) {
	q := &queue{}
	q.changed = sync.NewCond(&q.mu)
	return &Executor{q}, &Spawner{q}
}

// Spawn queues task. It runs nothing and waits for nothing, however many tasks are
// queued already. It must not be called after Close.
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

// Run takes the tasks in the order in which they were spawned and runs them one
// after another. While the queue is empty it waits, without using the processor. It
// returns when the spawner is closed and no task is left.
func (e *Executor) Run() {
	for {
		task, ok := e.queue.next()
		if !ok {
			return
		}
		task() // without the lock, so that the task may spawn
	}
}

// next waits for a task and takes it. ok is false when none will ever come.
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
