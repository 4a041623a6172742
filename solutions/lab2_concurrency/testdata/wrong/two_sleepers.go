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
	closed  bool
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	q := &queue{}
	q.changed = sync.NewCond(&q.mu)
	return &Executor{q}, &Spawner{q}
}

// Spawn queues the task.
func (s *Spawner) Spawn(task func()) {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.tasks = append(s.queue.tasks, task)
	s.queue.changed.Signal()
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.closed = true
	s.queue.changed.Signal()
}

func (q *queue) next() (task func(), ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.tasks) == 0 && !q.closed {
		q.changed.Wait()
	}
	if len(q.tasks) == 0 {
		return nil, false
	}
	task, q.tasks = q.tasks[0], q.tasks[1:]
	return task, true
}

// Run lets one goroutine start the tasks, and waits for the end itself.
func (e *Executor) Run() {
	q := e.queue
	running, starterDone := 0, false
	go func() {
		for {
			task, ok := q.next()
			if !ok {
				break
			}
			q.mu.Lock()
			running++
			q.mu.Unlock()
			go func() {
				task()
				q.mu.Lock()
				running--
				q.changed.Signal()
				q.mu.Unlock()
			}()
		}
		q.mu.Lock()
		starterDone = true
		q.changed.Signal()
		q.mu.Unlock()
	}()
	q.mu.Lock()
	defer q.mu.Unlock()
	for !starterDone || running > 0 {
		q.changed.Wait()
		if running > 0 {
			q.changed.Signal() // perhaps it was meant for the other one
		}
	}
}
