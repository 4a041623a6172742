package main

import "time"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ tasks chan func() }

// A Spawner hands tasks to its Executor.
type Spawner struct{ tasks chan func() }

func New() (*Executor, *Spawner) {
	tasks := make(chan func(), 10_000)
	return &Executor{tasks}, &Spawner{tasks}
}

func (s *Spawner) Spawn(task func()) { s.tasks <- task }

func (s *Spawner) Close() { close(s.tasks) }

func (e *Executor) Run() {
	for {
		select {
		case task, ok := <-e.tasks:
			if !ok {
				return
			}
			task()
		case <-time.After(time.Minute):
			return
		}
	}
}
