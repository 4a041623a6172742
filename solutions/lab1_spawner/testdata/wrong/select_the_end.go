package main

// An Executor runs the tasks that its Spawner has queued.
type Executor struct {
	tasks chan func()
	end   chan struct{}
}

// A Spawner hands tasks to its Executor.
type Spawner struct {
	tasks chan func()
	end   chan struct{}
}

func New() (*Executor, *Spawner) {
	tasks, end := make(chan func(), 10_000), make(chan struct{})
	return &Executor{tasks, end}, &Spawner{tasks, end}
}

func (s *Spawner) Spawn(task func()) { s.tasks <- task }

func (s *Spawner) Close() { close(s.end) }

func (e *Executor) Run() {
	for {
		select {
		case task := <-e.tasks:
			task()
		case <-e.end:
			return
		}
	}
}
