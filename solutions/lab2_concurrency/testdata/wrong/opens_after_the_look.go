package main

import "sync"

// An Executor lets the tasks of its Spawner run.
type Executor struct{ spawner *Spawner }

// A Spawner queues tasks until Run is there, and then starts them itself.
type Spawner struct {
	mu      sync.Mutex
	queued  []func()
	isOpen  bool
	running sync.WaitGroup
	closed  chan struct{}
}

func New() (*Executor, *Spawner) {
	s := &Spawner{closed: make(chan struct{})}
	return &Executor{s}, s
}

func (s *Spawner) Spawn(task func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.isOpen {
		s.running.Go(task)
	} else {
		s.queued = append(s.queued, task)
	}
}

func (s *Spawner) Close() { close(s.closed) }

func (e *Executor) Run() {
	for _, task := range e.spawner.takeAll() {
		e.spawner.running.Go(task)
	}
	e.spawner.open()
	<-e.spawner.closed
	e.spawner.running.Wait()
}

func (s *Spawner) takeAll() []func() {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.queued
}

func (s *Spawner) open() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.isOpen = true
}
