package main

import "sync"

// An Executor waits for the tasks of its Spawner.
type Executor struct{ spawner *Spawner }

// A Spawner starts tasks.
type Spawner struct {
	running sync.WaitGroup
	closed  chan struct{}
}

func New() (*Executor, *Spawner) {
	s := &Spawner{closed: make(chan struct{})}
	return &Executor{s}, s
}

func (s *Spawner) Spawn(task func()) { s.running.Go(task) }

func (s *Spawner) Close() { close(s.closed) }

func (e *Executor) Run() {
	<-e.spawner.closed
	e.spawner.running.Wait()
}
