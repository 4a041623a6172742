package main

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ out chan func() }

// A Spawner hands tasks to its Executor.
type Spawner struct{ in chan func() }

func New() (*Executor, *Spawner) {
	in, out := make(chan func()), make(chan func())
	go serve(in, out)
	return &Executor{out}, &Spawner{in}
}

// serve keeps the tasks between in and out. A nil says that no more will come.
func serve(in, out chan func()) {
	var tasks []func()
	for {
		if len(tasks) == 0 {
			tasks = append(tasks, <-in)
		}
		select {
		case task := <-in:
			tasks = append(tasks, task)
		case out <- tasks[0]:
			tasks = tasks[1:]
		}
	}
}

func (s *Spawner) Spawn(task func()) { s.in <- task }

func (s *Spawner) Close() { s.in <- nil }

func (e *Executor) Run() {
	for {
		task := <-e.out
		if task == nil {
			return
		}
		task()
	}
}
