// Right: one lock and one condition guard the queue and the number of running tasks.

package main

import "sync"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ queue *queue }

// A Spawner hands tasks to its Executor.
type Spawner struct{ queue *queue }

type queue struct {
	mu      sync.Mutex
	changed *sync.Cond
	tasks   []func()
	running int
	closed  bool
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	q := &queue{}
	q.changed = sync.NewCond(&q.mu)
	return &Executor{q}, &Spawner{q}
}

func (q *queue) change(f func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	f()
	q.changed.Broadcast()
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	s.queue.change(func() { s.queue.tasks = append(s.queue.tasks, task) })
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() {
	s.queue.change(func() { s.queue.closed = true })
}

// Run starts each task as soon as it is spawned, and waits for all.
func (e *Executor) Run() {
	q := e.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.tasks) > 0 || q.running > 0 || !q.closed {
		if len(q.tasks) == 0 {
			q.changed.Wait()
			continue
		}
		for _, task := range q.tasks {
			q.running++
			go func() {
				defer q.change(func() { q.running-- })
				task()
			}()
		}
		q.tasks = nil
	}
}
