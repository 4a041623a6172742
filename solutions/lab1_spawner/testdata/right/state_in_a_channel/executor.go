// Right: the queue lies in one of two channels with room for one; to hold it is to have the lock.

package main

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ queue *queue }

// A Spawner hands tasks to its Executor.
type Spawner struct{ queue *queue }

type state struct {
	tasks  []func()
	closed bool
}

// queue has its state in idle while Run has nothing to do, else in busy.
type queue struct{ idle, busy chan state }

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	q := &queue{make(chan state, 1), make(chan state, 1)}
	q.put(state{})
	return &Executor{q}, &Spawner{q}
}

func (q *queue) put(s state) {
	if len(s.tasks) > 0 || s.closed {
		q.busy <- s
	} else {
		q.idle <- s
	}
}

func (q *queue) get() state {
	select {
	case s := <-q.idle:
		return s
	case s := <-q.busy:
		return s
	}
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	now := s.queue.get()
	now.tasks = append(now.tasks, task)
	s.queue.put(now)
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() {
	now := s.queue.get()
	now.closed = true
	s.queue.put(now)
}

// Run runs the tasks one after another.
func (e *Executor) Run() {
	for {
		now := <-e.queue.busy
		if len(now.tasks) == 0 {
			e.queue.put(now)
			return
		}
		task := now.tasks[0]
		now.tasks = now.tasks[1:]
		e.queue.put(now)
		task()
	}
}
