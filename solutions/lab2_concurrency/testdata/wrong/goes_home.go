package main

import (
	"slices"
	"sync"
	"time"
)

// An Executor runs the tasks that its Spawner has queued.
type Executor struct {
	queue *queue
}

// A Spawner hands tasks to its Executor. Its methods may be called from several
// goroutines, and from a task.
type Spawner struct {
	queue *queue
}

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

// Spawn queues task. It must not be called after Close.
func (s *Spawner) Spawn(task func()) {
	q := s.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		panic("Spawn after Close")
	}
	q.tasks = append(q.tasks, task)
	q.changed.Signal()
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() {
	q := s.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.changed.Signal()
}

// staff are the workers of one Run. A worker runs one task after another; there are as
// many of them as tasks run at the same time.
type staff struct {
	mu     sync.Mutex
	idle   []chan func() // of each worker that has nothing to do: where it expects a task
	goHome bool          // no task will come any more
	all    sync.WaitGroup
}

// Run starts each task as soon as it is spawned, and returns when all are over.
func (e *Executor) Run() {
	var s staff
	for task := e.queue.next(); task != nil; task = e.queue.next() {
		s.give(task)
	}
	s.mu.Lock()
	s.goHome = true
	for _, tasks := range s.idle {
		close(tasks)
	}
	s.mu.Unlock()
	s.all.Wait()
}

// give hands task to an idle worker, or else to a new one.
func (s *staff) give(task func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.idle); n > 0 {
		s.idle[n-1] <- task // has room
		s.idle = s.idle[:n-1]
		return
	}
	s.all.Go(func() { s.work(task) })
}

// work runs task, and then what else it is given.
func (s *staff) work(task func()) {
	tasks := make(chan func(), 1)
	for {
		task()
		s.mu.Lock()
		if s.goHome {
			s.mu.Unlock()
			return
		}
		s.idle = append(s.idle, tasks)
		s.mu.Unlock()
		patience := time.NewTimer(10 * time.Second)
		select {
		case given, ok := <-tasks:
			patience.Stop()
			if !ok {
				return
			}
			task = given
		case <-patience.C:
			s.mu.Lock()
			s.idle = slices.DeleteFunc(s.idle, func(other chan func()) bool { return other == tasks })
			s.mu.Unlock()
			return
		}
	}
}

// next waits for a task and takes it, nil when none will ever come.
func (q *queue) next() func() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.tasks) == 0 && !q.closed {
		q.changed.Wait()
	}
	if len(q.tasks) == 0 {
		return nil
	}
	task := q.tasks[0]
	q.tasks = q.tasks[1:]
	return task
}
