package main

import "sync"

type Executor struct{ running *sync.WaitGroup }

type Spawner struct{ running *sync.WaitGroup }

func New() (*Executor, *Spawner) {
	wg := new(sync.WaitGroup)
	return &Executor{wg}, &Spawner{wg}
}

func (s *Spawner) Spawn(task func()) {
	s.running.Add(1)
	go func() {
		defer s.running.Done()
		task()
	}()
}

func (s *Spawner) Close() {}

func (e *Executor) Run() {
	e.running.Wait()
}
