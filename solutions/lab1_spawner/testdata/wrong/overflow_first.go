package main

import "sync"

type Executor struct {
	queue *queue
}

type Spawner struct {
	queue *queue
}

type queue struct {
	fast     chan func()
	mu       sync.Mutex
	overflow []func()
	closed   chan struct{}
}

func New() (*Executor, *Spawner) {
	q := &queue{fast: make(chan func(), 2), closed: make(chan struct{})}
	return &Executor{q}, &Spawner{q}
}

func (s *Spawner) Spawn(task func()) {
	q := s.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.overflow) == 0 {
		select {
		case q.fast <- task:
			return
		default: // full
		}
	}
	q.overflow = append(q.overflow, task)
}

func (s *Spawner) Close() {
	close(s.queue.closed)
}

func (q *queue) takeOverflow() []func() {
	q.mu.Lock()
	defer q.mu.Unlock()
	batch := q.overflow
	q.overflow = nil
	return batch
}

func (e *Executor) Run() {
	q, last := e.queue, false
	for {
		select {
		case task := <-q.fast:
			task()
			continue
		default:
		}
		if batch := q.takeOverflow(); len(batch) > 0 {
			for _, task := range batch {
				task()
			}
			continue
		}
		if last {
			return
		}
		select {
		case task := <-q.fast:
			task()
		case <-q.closed:
			last = true // one more look at both
		}
	}
}
