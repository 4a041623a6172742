package main

type Executor struct{ q *queue }

type Spawner struct{ q *queue }

type queue struct{ tasks []func() }

func New() (*Executor, *Spawner) {
	q := &queue{}
	return &Executor{q}, &Spawner{q}
}

func (s *Spawner) Spawn(task func()) { s.q.tasks = append(s.q.task, task) }

func (s *Spawner) Close() {}

func (e *Executor) Run() {
	for _, task := range e.q.tasks {
		task()
	}
}
