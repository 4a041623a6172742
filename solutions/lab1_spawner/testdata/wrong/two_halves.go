package main

import "sync"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ queue *queue }

// A Spawner hands tasks to its Executor.
type Spawner struct{ queue *queue }

// queue has two halves, which get the tasks in turn, so that Spawn seldom waits for Run.
type queue struct {
	mu      sync.Mutex
	in, out int
	halves  [2]half
	changed chan struct{}
}

type half struct {
	mu     sync.Mutex
	tasks  []func()
	closed bool
}

func New() (*Executor, *Spawner) {
	q := &queue{changed: make(chan struct{}, 1)}
	return &Executor{q}, &Spawner{q}
}

func (s *Spawner) Spawn(task func()) {
	q := s.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	q.halves[q.in%2].change(func(h *half) { h.tasks = append(h.tasks, task) })
	q.in++
	q.note()
}

func (s *Spawner) Close() {
	q := s.queue
	for i := range q.halves {
		q.halves[i].change(func(h *half) { h.closed = true })
	}
	q.note()
}

func (h *half) change(f func(h *half)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f(h)
}

func (q *queue) note() {
	select {
	case q.changed <- struct{}{}:
	default: // a note lies there already
	}
}

func (e *Executor) Run() {
	q := e.queue
	for {
		task, closed := q.halves[q.out%2].take()
		if task == nil { // perhaps the other half has one
			var too bool
			task, too = q.halves[(q.out+1)%2].take()
			closed = closed && too
		}
		switch {
		case task != nil:
			q.out++
			task()
		case closed:
			return
		default:
			<-q.changed
		}
	}
}

func (h *half) take() (task func(), closed bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.tasks) > 0 {
		task, h.tasks = h.tasks[0], h.tasks[1:]
	}
	return task, h.closed
}
