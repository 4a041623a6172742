// Right: each task reports to one channel, and Run counts the reports at the end.

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
	started, done := 0, make(chan struct{})
	for task := range e.tasks {
		started++
		go func() {
			task()
			done <- struct{}{}
		}()
	}
	for range started {
		<-done
	}
}
