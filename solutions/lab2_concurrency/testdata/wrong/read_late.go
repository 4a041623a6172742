package main

import "sync"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ queue *queue }

// A Spawner hands tasks to its Executor.
type Spawner struct{ queue *queue }

type queue struct {
	mu      sync.Mutex
	changed *sync.Cond
	fill    []func() // Spawn fills this one
	spare   []func() // its room is filled next
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
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.fill = append(s.queue.fill, task)
	s.queue.changed.Signal()
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.closed = true
	s.queue.changed.Signal()
}

// Run starts each task as soon as it is spawned.
func (e *Executor) Run() {
	var running sync.WaitGroup
	for batch := e.queue.swap(); len(batch) > 0; batch = e.queue.swap() {
		for i := range batch {
			running.Go(func() { batch[i]() })
		}
	}
	running.Wait()
}

// swap waits for tasks and changes the buffers. The batch is empty when none will ever come.
func (q *queue) swap() (batch []func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.fill) == 0 && !q.closed {
		q.changed.Wait()
	}
	batch = q.fill
	q.fill, q.spare = q.spare[:0], batch
	return batch
}
