package main

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ tasks chan func() }

// A Spawner hands tasks to its Executor.
type Spawner struct{ tasks chan func() }

func New() (*Executor, *Spawner) {
	tasks := make(chan func())
	return &Executor{tasks}, &Spawner{tasks}
}

func (s *Spawner) Spawn(task func()) {
	go func() { s.tasks <- task }()
}

func (s *Spawner) Close() { close(s.tasks) }

func (e *Executor) Run() {
	for task := range e.tasks {
		task()
	}
}
