package main

import (
	"sync"
	"sync/atomic"
)

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ queue *queue }

// A Spawner hands tasks to its Executor.
type Spawner struct{ queue *queue }

type node struct {
	task     func()
	next     *node                // in the ready queue
	nextFree atomic.Pointer[node] // in the free list
}

type queue struct {
	mu          sync.Mutex
	changed     *sync.Cond
	first, last *node
	closed      bool
	free        atomic.Pointer[node]
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	q := &queue{}
	q.changed = sync.NewCond(&q.mu)
	return &Executor{q}, &Spawner{q}
}

func (q *queue) get() *node {
	for {
		n := q.free.Load()
		if n == nil {
			return &node{}
		}
		if q.free.CompareAndSwap(n, n.nextFree.Load()) {
			return n
		}
	}
}

func (q *queue) put(n *node) {
	for {
		old := q.free.Load()
		n.nextFree.Store(old)
		if q.free.CompareAndSwap(old, n) {
			return
		}
	}
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	q := s.queue
	n := q.get()
	q.mu.Lock()
	defer q.mu.Unlock()
	n.task, n.next = task, nil
	if q.first == nil {
		q.first = n
	} else {
		q.last.next = n
	}
	q.last = n
	q.changed.Signal()
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.closed = true
	s.queue.changed.Signal()
}

// Run runs the tasks one after another.
func (e *Executor) Run() {
	for task := e.queue.next(); task != nil; task = e.queue.next() {
		task()
	}
}

func (q *queue) next() func() {
	q.mu.Lock()
	for q.first == nil && !q.closed {
		q.changed.Wait()
	}
	n := q.first
	if n == nil {
		q.mu.Unlock()
		return nil
	}
	q.first = n.next
	task := n.task
	n.task, n.next = nil, nil
	q.mu.Unlock()
	q.put(n)
	return task
}
