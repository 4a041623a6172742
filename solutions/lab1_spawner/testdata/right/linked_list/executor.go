// Right: a linked list under a lock, and a condition variable.

package main

import (
	"container/list"
	"sync"
)

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ queue *queue }

// A Spawner hands tasks to its Executor.
type Spawner struct{ queue *queue }

type queue struct {
	sync.Cond
	tasks  list.List
	closed bool
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	q := &queue{Cond: sync.Cond{L: new(sync.Mutex)}}
	return &Executor{q}, &Spawner{q}
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	s.queue.L.Lock()
	s.queue.tasks.PushBack(task)
	s.queue.L.Unlock()
	s.queue.Broadcast()
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() {
	s.queue.L.Lock()
	s.queue.closed = true
	s.queue.L.Unlock()
	s.queue.Broadcast()
}

// Run runs the tasks one after another.
func (e *Executor) Run() {
	q := e.queue
	q.L.Lock()
	defer q.L.Unlock()
	for q.tasks.Len() > 0 || !q.closed {
		if q.tasks.Len() == 0 {
			q.Wait()
			continue
		}
		task := q.tasks.Remove(q.tasks.Front()).(func())
		q.L.Unlock()
		task()
		q.L.Lock()
	}
}
