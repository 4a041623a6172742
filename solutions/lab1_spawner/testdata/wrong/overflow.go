package main

import "sync"

type queue struct {
	fast   chan func() // most tasks go here
	mu     sync.Mutex
	more   []func() // those for which there was no room
	closed chan struct{}
	wake   chan struct{}
}

type Executor struct{ q *queue }
type Spawner struct{ q *queue }

func New() (*Executor, *Spawner) {
	q := &queue{fast: make(chan func(), 64), closed: make(chan struct{}), wake: make(chan struct{}, 1)}
	return &Executor{q}, &Spawner{q}
}

func (s *Spawner) Spawn(task func()) {
	q := s.q
	select {
	case q.fast <- task:
		return
	default:
	}
	q.mu.Lock()
	q.more = append(q.more, task)
	q.mu.Unlock()
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

func (s *Spawner) Close() { close(s.q.closed) }

func (q *queue) rest() func() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.more) == 0 {
		return nil
	}
	task := q.more[0]
	q.more = q.more[1:]
	return task
}

func (e *Executor) Run() {
	q := e.q
	for {
		select {
		case task := <-q.fast:
			task()
			continue
		default:
		}
		if task := q.rest(); task != nil {
			task()
			continue
		}
		select {
		case task := <-q.fast:
			task()
		case <-q.wake:
		case <-q.closed:
			for {
				select {
				case task := <-q.fast:
					task()
					continue
				default:
				}
				task := q.rest()
				if task == nil {
					return
				}
				task()
			}
		}
	}
}
