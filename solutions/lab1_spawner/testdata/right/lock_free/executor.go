// Right: tasks are pushed with CompareAndSwap, Run takes all at once; it looks at the end first, then at the tasks.

package main

import (
	"slices"
	"sync/atomic"
)

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ queue *queue }

// A Spawner hands tasks to its Executor.
type Spawner struct{ queue *queue }

type queue struct {
	newest  atomic.Pointer[node]
	closed  atomic.Bool
	changed chan struct{} // has room for one note
}

type node struct {
	task  func()
	older *node
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	q := &queue{changed: make(chan struct{}, 1)}
	return &Executor{q}, &Spawner{q}
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	n := &node{task: task}
	for {
		n.older = s.queue.newest.Load()
		if s.queue.newest.CompareAndSwap(n.older, n) {
			break
		}
	}
	s.queue.note()
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() {
	s.queue.closed.Store(true)
	s.queue.note()
}

func (q *queue) note() {
	select {
	case q.changed <- struct{}{}:
	default: // a note lies there already
	}
}

// Run runs the tasks one after another.
func (e *Executor) Run() {
	for {
		closed := e.queue.closed.Load() // first: what is spawned comes before the end
		tasks := e.queue.takeAll()
		for _, task := range tasks {
			task()
		}
		switch {
		case len(tasks) > 0:
		case closed:
			return
		default:
			<-e.queue.changed
		}
	}
}

func (q *queue) takeAll() (tasks []func()) {
	for n := q.newest.Swap(nil); n != nil; n = n.older {
		tasks = append(tasks, n.task)
	}
	slices.Reverse(tasks)
	return tasks
}
