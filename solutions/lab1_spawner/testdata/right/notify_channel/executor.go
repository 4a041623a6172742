// Right: a slice under a lock, and a channel with room for one note that it has changed.

package main

import "sync"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ *queue }

// A Spawner hands tasks to its Executor.
type Spawner struct{ *queue }

type queue struct {
	changed chan struct{}
	mu      sync.Mutex
	tasks   []func()
	closed  bool
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	q := &queue{changed: make(chan struct{}, 1)}
	return &Executor{q}, &Spawner{q}
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	s.change(func() { s.tasks = append(s.tasks, task) })
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() {
	s.change(func() { s.closed = true })
}

func (q *queue) change(f func()) {
	q.mu.Lock()
	f()
	q.mu.Unlock()
	select {
	case q.changed <- struct{}{}:
	default: // a note lies there already
	}
}

// Run runs the tasks one after another.
func (e *Executor) Run() {
	for {
		task, closed := e.take()
		switch {
		case task != nil:
			task()
		case closed:
			return
		default:
			<-e.changed
		}
	}
}

// take returns nil if there is no task now.
func (q *queue) take() (task func(), closed bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.tasks) > 0 {
		task, q.tasks = q.tasks[0], q.tasks[1:]
	}
	return task, q.closed
}
