package main

type Executor struct{ tasks chan func() }

type Spawner struct{ tasks chan func() }

func New() (*Executor, *Spawner) {
	tasks := make(chan func(), 100)
	return &Executor{tasks}, &Spawner{tasks}
}

func (s *Spawner) Spawn(task func()) { s.tasks <- task }

func (s *Spawner) Close() { close(s.tasks) }

func (e *Executor) Run() {
	for task := range e.tasks {
		task()
	}
}
