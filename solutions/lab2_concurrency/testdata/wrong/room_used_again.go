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

func New() (*Executor, *Spawner) {
	q := &queue{}
	q.changed = sync.NewCond(&q.mu)
	return &Executor{q}, &Spawner{q}
}

// Spawn queues task.
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

// Run starts each task as soon as it is spawned, and waits for all.
func (e *Executor) Run() {
	var running sync.WaitGroup
	for {
		batch, ok := e.queue.takeAll()
		for _, task := range batch {
			running.Add(1)
			go func() {
				defer running.Done()
				task()
			}()
		}
		if !ok {
			break
		}
	}
	running.Wait()
}

// takeAll waits for tasks and takes all that are there. ok is false when these were the last.
func (q *queue) takeAll() (batch []func(), ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.tasks) == 0 && !q.closed {
		q.changed.Wait()
	}
	batch = q.tasks
	q.tasks = q.tasks[:0] // the room is used again
	return batch, !q.closed
}
