package main

import "sync"

// A part of the queue: a channel of a certain size. When it is full it is closed,
// and the tasks after that go into the next part.
type part struct {
	tasks chan func()
	next  *part // nil: this is the last one
}

func newPart(room int) *part {
	return &part{tasks: make(chan func(), room)}
}

// An Executor runs the tasks that its Spawner has queued.
type Executor struct {
	first *part
}

// A Spawner hands tasks to its Executor. Its methods may be called from several
// goroutines, and from a task.
type Spawner struct {
	mu   sync.Mutex
	last *part
}

// New returns both ends of one new, empty ready queue (new_executor_and_spawner in
// the Rust original). Two calls make two queues that know nothing of each other.
func New() (*Executor, *Spawner) {
	first := newPart(4)
	return &Executor{first}, &Spawner{last: first}
}

// Spawn queues task. It runs nothing and waits for nothing, however many tasks are
// queued already. It must not be called after Close.
func (s *Spawner) Spawn(task func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.last.tasks <- task:
	default: // full
		full := s.last
		close(full.tasks)
		s.last = newPart(2 * cap(full.tasks))
		s.last.tasks <- task
		full.next = s.last
	}
}

// Close says that nothing more will be spawned (drop(spawner) in the Rust original).
// Tasks that are queued already still run.
func (s *Spawner) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.last.tasks) // and there is no next part
}

// Run takes the tasks in the order in which they were spawned and runs them one
// after another. While the queue is empty it waits, without using the processor. It
// returns when the spawner is closed and no task is left.
func (e *Executor) Run() {
	for p := e.first; p != nil; p = p.next {
		for task := range p.tasks {
			task()
		}
	}
}
