// Right: a goroutine takes one task, has another goroutine take the next, and waits for that one at its end.

package main

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ tasks <-chan func() }

// A Spawner hands tasks to its Executor.
type Spawner struct{ tasks chan<- func() }

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	tasks := make(chan func(), 10_000)
	return &Executor{tasks}, &Spawner{tasks}
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) { s.tasks <- task }

// Close says that nothing more will be spawned.
func (s *Spawner) Close() { close(s.tasks) }

// Run starts each task as soon as it is spawned, and waits for all.
func (e *Executor) Run() {
	task, ok := <-e.tasks
	if !ok {
		return
	}
	others := make(chan struct{})
	go func() {
		defer close(others)
		e.Run()
	}()
	task()
	<-others
}
