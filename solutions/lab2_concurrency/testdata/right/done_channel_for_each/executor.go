// Right: each task closes a channel of its own, and Run waits for one after another.

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
	var running []chan struct{}
	for task := range e.tasks {
		done := make(chan struct{})
		running = append(running, done)
		go func() {
			defer close(done)
			task()
		}()
	}
	for _, done := range running {
		<-done
	}
}
