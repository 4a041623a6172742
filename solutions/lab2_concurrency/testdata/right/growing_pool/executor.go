// Right: a worker keeps taking tasks; a new one comes whenever none is idle.

package main

import "sync"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ queue *queue }

// A Spawner hands tasks to its Executor.
type Spawner struct{ queue *queue }

// task is a name that the tests must leave to the student.
type task func()

type queue struct {
	mu      sync.Mutex
	changed *sync.Cond
	tasks   []task
	closed  bool
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	q := &queue{}
	q.changed = sync.NewCond(&q.mu)
	return &Executor{q}, &Spawner{q}
}

// Spawn queues a task.
func (s *Spawner) Spawn(run func()) {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.tasks = append(s.queue.tasks, run)
	s.queue.changed.Signal()
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.closed = true
	s.queue.changed.Signal()
}

// Run hands each task to a worker as soon as it is spawned, and waits for all.
func (e *Executor) Run() {
	var workers sync.WaitGroup
	work := make(chan task)
	for task := e.queue.next(); task != nil; task = e.queue.next() {
		select {
		case work <- task: // somebody is idle
		default:
			workers.Go(func() {
				task()
				for task := range work {
					task()
				}
			})
		}
	}
	close(work)
	workers.Wait()
}

// next waits for a task and takes it. It returns nil when none will ever come.
func (q *queue) next() (first task) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.tasks) == 0 && !q.closed {
		q.changed.Wait()
	}
	if len(q.tasks) > 0 {
		first, q.tasks = q.tasks[0], q.tasks[1:]
	}
	return first
}
