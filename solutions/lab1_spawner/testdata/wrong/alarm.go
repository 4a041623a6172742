package main

import (
	"sync"
	"time"
)

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ queue *queue }

// A Spawner hands tasks to its Executor.
type Spawner struct{ queue *queue }

type queue struct {
	mu     sync.Mutex
	tasks  []func()
	closed bool
	alarm  *time.Timer
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	q := &queue{alarm: time.NewTimer(time.Hour)}
	q.alarm.Stop()
	return &Executor{q}, &Spawner{q}
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	s.queue.mu.Lock()
	s.queue.tasks = append(s.queue.tasks, task)
	s.queue.mu.Unlock()
	s.queue.alarm.Reset(0)
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() {
	s.queue.mu.Lock()
	s.queue.closed = true
	s.queue.mu.Unlock()
	s.queue.alarm.Reset(0)
}

// Run runs the tasks one after another.
func (e *Executor) Run() {
	q := e.queue
	for {
		task, closed := q.pop()
		switch {
		case task != nil:
			task()
		case closed:
			return
		default:
			q.alarm.Stop() // an old alarm, of a task that has run, need not wake us
			<-q.alarm.C
		}
	}
}

func (q *queue) pop() (task func(), closed bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.tasks) > 0 {
		task, q.tasks = q.tasks[0], q.tasks[1:]
	}
	return task, q.closed
}
