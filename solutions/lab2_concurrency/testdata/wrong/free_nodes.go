package main

import (
	"slices"
	"sync"
	"sync/atomic"
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

// queue needs no lock, and no new memory for a task once it has some nodes.
type queue struct {
	ready  stack // nodes with a task
	free   stack // nodes without
	closed atomic.Bool
	wake   chan struct{}
}

type node struct {
	task func()
	next atomic.Pointer[node]
}

type stack struct {
	top atomic.Pointer[node]
}

func (s *stack) push(n *node) {
	for {
		top := s.top.Load()
		n.next.Store(top)
		if s.top.CompareAndSwap(top, n) {
			return
		}
	}
}

// pop takes the top node, or returns a new one.
func (s *stack) pop() *node {
	for {
		top := s.top.Load()
		if top == nil {
			return &node{}
		}
		if s.top.CompareAndSwap(top, top.next.Load()) {
			return top
		}
	}
}

// New returns both ends of one new, empty ready queue (new_executor_and_spawner in
// the Rust original). Two calls make two queues that know nothing of each other.
func New() (*Executor, *Spawner) {
	q := &queue{wake: make(chan struct{}, 1)}
	return &Executor{q}, &Spawner{q}
}

// notify makes Run look again, now or the next time it would wait.
func (q *queue) notify() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// Spawn queues task. It runs nothing and waits for nothing: at least 10,000 tasks
// can be queued before Run takes the first. It must not be called after Close.
func (s *Spawner) Spawn(task func()) {
	n := s.queue.free.pop()
	n.task = task
	s.queue.ready.push(n)
	s.queue.notify()
}

// Close says that nothing more will be spawned (drop(spawner) in the Rust original).
// Tasks that are queued already still run.
func (s *Spawner) Close() {
	s.queue.closed.Store(true)
	s.queue.notify()
}

// take takes all tasks, the oldest first, and frees their nodes.
func (q *queue) take() (tasks []func()) {
	n := q.ready.top.Swap(nil)
	for n != nil {
		next := n.next.Load() // before it is free
		tasks = append(tasks, n.task)
		n.task = nil
		q.free.push(n)
		n = next
	}
	slices.Reverse(tasks)
	return tasks
}

// Run starts each task as soon as it is spawned, and all of them run concurrently.
// It waits while there is none to start, without using the processor, and returns
// when the spawner is closed and every task is over.
func (e *Executor) Run() {
	var running sync.WaitGroup
	for {
		closed := e.queue.closed.Load()
		for _, task := range e.queue.take() {
			running.Go(task)
		}
		if closed {
			break
		}
		<-e.queue.wake
	}
	running.Wait()
}
