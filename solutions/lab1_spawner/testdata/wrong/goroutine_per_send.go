package main

import "sync"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ tasks chan func() }

// A Spawner hands tasks to its Executor.
type Spawner struct {
	tasks   chan func()
	sending sync.WaitGroup
}

func New() (*Executor, *Spawner) {
	tasks := make(chan func())
	return &Executor{tasks}, &Spawner{tasks: tasks}
}

func (s *Spawner) Spawn(task func()) {
	s.sending.Go(func() { s.tasks <- task })
}

func (s *Spawner) Close() {
	go func() {
		s.sending.Wait()
		close(s.tasks)
	}()
}

func (e *Executor) Run() {
	for task := range e.tasks {
		task()
	}
}
