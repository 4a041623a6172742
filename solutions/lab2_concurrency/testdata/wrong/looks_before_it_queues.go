package main

import (
	"sync"
	"sync/atomic"
)

// An Executor lets the tasks of its Spawner run.
type Executor struct{ spawner *Spawner }

// A Spawner queues tasks until Run is there, and then starts them itself.
type Spawner struct {
	isOpen  atomic.Bool
	mu      sync.Mutex
	queued  []func()
	running sync.WaitGroup
	closed  chan struct{}
}

func New() (*Executor, *Spawner) {
	s := &Spawner{closed: make(chan struct{})}
	return &Executor{s}, s
}

func (s *Spawner) Spawn(task func()) {
	if s.isOpen.Load() {
		s.running.Go(task)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queued = append(s.queued, task)
}

func (s *Spawner) Close() { close(s.closed) }

func (e *Executor) Run() {
	e.spawner.open()
	<-e.spawner.closed
	e.spawner.running.Wait()
}

func (s *Spawner) open() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.isOpen.Store(true)
	for _, task := range s.queued {
		s.running.Go(task)
	}
}
