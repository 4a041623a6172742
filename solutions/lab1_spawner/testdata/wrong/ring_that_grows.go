package main

import "sync"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct {
	queue *queue
}

// A Spawner hands tasks to its Executor. Its methods may be called from several
// goroutines, and from a task.
type Spawner struct {
	queue *queue
}

// queue is a ring that doubles when it is full.
type queue struct {
	mu     sync.Mutex
	more   *sync.Cond
	ring   []func()
	head   int // where the oldest task is
	n      int // how many there are
	closed bool
}

// New returns both ends of one new, empty ready queue (new_executor_and_spawner in
// the Rust original). Two calls make two queues that know nothing of each other.
func New() (*Executor, *Spawner) {
	q := &queue{ring: make([]func(), 4)}
	q.more = sync.NewCond(&q.mu)
	return &Executor{q}, &Spawner{q}
}

// Spawn queues task. It runs nothing and waits for nothing, however many tasks are
// queued already. It must not be called after Close.
func (s *Spawner) Spawn(task func()) {
	q := s.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.n == len(q.ring) {
		q.grow()
	}
	q.ring[(q.head+q.n)%len(q.ring)] = task
	q.n++
	q.more.Signal()
}

// grow makes room. The oldest task comes to the front. The lock is held.
func (q *queue) grow() {
	bigger := make([]func(), 2*len(q.ring))
	k := copy(bigger, q.ring[q.head:])
	copy(bigger[k:], q.ring[:q.head])
	q.ring, q.head = bigger, 0
}

// Close says that nothing more will be spawned (drop(spawner) in the Rust original).
// Tasks that are queued already still run.
func (s *Spawner) Close() {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.closed = true
	s.queue.more.Signal()
}

// Run takes the tasks in the order in which they were spawned and runs them one
// after another. While the queue is empty it waits, without using the processor. It
// returns when the spawner is closed and no task is left.
func (e *Executor) Run() {
	for {
		i, ok := e.queue.first()
		if !ok {
			return
		}
		task := e.queue.take(i)
		task()
	}
}

// first waits for a task and says where it is.
func (q *queue) first() (i int, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.n == 0 && !q.closed {
		q.more.Wait()
	}
	return q.head, q.n > 0
}

// take removes the task at i, which is the first.
func (q *queue) take(i int) func() {
	q.mu.Lock()
	defer q.mu.Unlock()
	task := q.ring[i]
	q.ring[i] = nil
	q.head = (i + 1) % len(q.ring)
	q.n--
	return task
}
