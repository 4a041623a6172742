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

// queue holds what was spawned, and the workers that run it. A worker whose task is over
// stays for the next one.
type queue struct {
	mu      sync.Mutex
	changed *sync.Cond
	tasks   []func() // spawned
	closed  bool

	handed []func() // for idle workers
	idle   int      // how many are idle
	stop   bool     // there will be nothing more for them
}

// New returns both ends of one new, empty ready queue (new_executor_and_spawner in
// the Rust original). Two calls make two queues that know nothing of each other.
func New() (*Executor, *Spawner) {
	q := &queue{}
	q.changed = sync.NewCond(&q.mu)
	return &Executor{q}, &Spawner{q}
}

// Spawn queues task. It runs nothing and waits for nothing: at least 10,000 tasks
// can be queued before Run takes the first. It must not be called after Close.
func (s *Spawner) Spawn(task func()) {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.tasks = append(s.queue.tasks, task)
	s.queue.changed.Signal()
}

// Close says that nothing more will be spawned (drop(spawner) in the Rust original).
// Tasks that are queued already still run.
func (s *Spawner) Close() {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.closed = true
	s.queue.changed.Broadcast()
}

// Run starts each task as soon as it is spawned, and all of them run concurrently.
// It waits while there is none to start, without using the processor, and returns
// when the spawner is closed and every task is over.
func (e *Executor) Run() {
	q := e.queue
	var workers sync.WaitGroup
	q.mu.Lock()
	for {
		for len(q.tasks) == 0 && !q.closed {
			q.changed.Wait()
		}
		if len(q.tasks) == 0 {
			break
		}
		task := q.tasks[0]
		q.tasks = q.tasks[1:]
		if q.idle > len(q.handed) {
			q.handed = append(q.handed, task)
			q.changed.Signal()
		} else {
			workers.Go(func() { q.work(task) })
		}
	}
	q.stop = true
	q.changed.Broadcast()
	q.mu.Unlock()
	workers.Wait()
}

// work runs task, and then whatever is handed to an idle worker.
func (q *queue) work(task func()) {
	for task != nil {
		task()
		task = q.await()
	}
}

// await waits for a task that is handed over, and returns nil when none will be.
func (q *queue) await() func() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.idle++
	defer func() { q.idle-- }()
	for len(q.handed) == 0 && !q.stop {
		q.changed.Wait()
	}
	if len(q.handed) == 0 {
		return nil
	}
	task := q.handed[0]
	q.handed = q.handed[1:]
	return task
}
