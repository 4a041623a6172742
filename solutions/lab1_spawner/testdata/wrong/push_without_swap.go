package main

import "sync/atomic"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ queue *queue }

// A Spawner hands tasks to its Executor.
type Spawner struct{ queue *queue }

type queue struct {
	newest  atomic.Pointer[node]
	closed  atomic.Bool
	changed chan struct{}
}

type node struct {
	task  func()
	older *node
}

func New() (*Executor, *Spawner) {
	q := &queue{changed: make(chan struct{}, 1)}
	return &Executor{q}, &Spawner{q}
}

func (s *Spawner) Spawn(task func()) {
	s.queue.newest.Store(&node{task, s.queue.newest.Load()})
	s.queue.note()
}

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

func (e *Executor) Run() {
	for {
		closed := e.queue.closed.Load()
		newest := e.queue.newest.Swap(nil)
		switch {
		case newest != nil:
			newest.run()
		case closed:
			return
		default:
			<-e.queue.changed
		}
	}
}

// run runs the oldest task first.
func (n *node) run() {
	var tasks []func()
	for ; n != nil; n = n.older {
		tasks = append(tasks, n.task)
	}
	for i := len(tasks) - 1; i >= 0; i-- {
		tasks[i]()
	}
}
