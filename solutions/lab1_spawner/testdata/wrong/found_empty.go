package main

import "sync"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ queue *queue }

// A Spawner hands tasks to its Executor.
type Spawner struct{ queue *queue }

type queue struct {
	fast     chan func()
	mu       sync.Mutex // one Spawn at a time, and guards overflow
	overflow []func()   // what fast has no room for; while it is not empty all go here
	closed   chan struct{}
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	q := &queue{fast: make(chan func(), 16), closed: make(chan struct{})}
	return &Executor{q}, &Spawner{q}
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	q := s.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.overflow) == 0 {
		select {
		case q.fast <- task:
			return
		default:
		}
	}
	q.overflow = append(q.overflow, task)
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() { close(s.queue.closed) }

// Run runs the tasks one after another.
func (e *Executor) Run() {
	q := e.queue
	for {
		select {
		case task := <-q.fast:
			task()
			continue
		default:
		}
		q.mu.Lock()
		batch := q.overflow
		q.overflow = nil
		q.mu.Unlock()
		for _, task := range batch {
			task()
		}
		if len(batch) > 0 {
			continue
		}
		select { // the next Spawn goes to fast, since overflow is empty
		case task := <-q.fast:
			task()
		case <-q.closed:
			if q.empty() {
				return
			}
		}
	}
}

func (q *queue) empty() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.fast) == 0 && len(q.overflow) == 0
}
