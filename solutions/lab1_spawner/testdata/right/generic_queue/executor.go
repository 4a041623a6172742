// Right: a queue of anything, with its lock embedded; Spawn and Run are method values of it.

package main

import "sync"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ next func() (func(), bool) }

// A Spawner hands tasks to its Executor.
type Spawner struct {
	put   func(func())
	close func()
}

type queue[T any] struct {
	sync.Mutex
	changed sync.Cond
	items   []T
	closed  bool
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	q := new(queue[func()])
	q.changed.L = q
	return &Executor{q.next}, &Spawner{q.put, q.close}
}

func (q *queue[T]) put(item T) {
	defer q.changed.Signal()
	q.Lock()
	defer q.Unlock()
	q.items = append(q.items, item)
}

func (q *queue[T]) close() {
	defer q.changed.Signal()
	q.Lock()
	defer q.Unlock()
	q.closed = true
}

// next waits for an item and takes it. ok is false when none will ever come.
func (q *queue[T]) next() (item T, ok bool) {
	q.Lock()
	defer q.Unlock()
	for len(q.items) == 0 {
		if q.closed {
			return item, false
		}
		q.changed.Wait()
	}
	item, q.items = q.items[0], q.items[1:]
	return item, true
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) { s.put(task) }

// Close says that nothing more will be spawned.
func (s *Spawner) Close() { s.close() }

// Run runs the tasks one after another.
func (e *Executor) Run() {
	for task, ok := e.next(); ok; task, ok = e.next() {
		task()
	}
}
