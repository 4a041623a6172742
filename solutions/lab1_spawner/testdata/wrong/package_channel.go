package main

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{}

// A Spawner hands tasks to its Executor.
type Spawner struct{}

var tasks = make(chan func(), 10_000)

func New() (*Executor, *Spawner) { return &Executor{}, &Spawner{} }

func (s *Spawner) Spawn(task func()) { tasks <- task }

func (s *Spawner) Close() { close(tasks) }

func (e *Executor) Run() {
	for task := range tasks {
		task()
	}
}
