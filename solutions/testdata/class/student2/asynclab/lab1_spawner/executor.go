package main

import "sync"

// An Executor counts what its Spawner has done.
type Executor struct{ count *counter }

// A Spawner does a task, and counts it.
type Spawner struct{ count *counter }

type counter struct {
	sync.Mutex
	done int
}

func New() (*Executor, *Spawner) {
	c := new(counter)
	return &Executor{c}, &Spawner{c}
}

func (s *Spawner) Spawn(task func()) {
	task()
	s.count.Lock()
	defer s.count.Unlock()
	s.count.done++
}

func (s *Spawner) Close() {}

func (e *Executor) Run() {}
