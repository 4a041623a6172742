// Yours to edit: the executor and its spawner, TODO 1 to 4.

package main

// An Executor runs the tasks that its Spawner has queued.
type Executor struct {
	// TODO 1: what do an executor and its spawner share?
}

// A Spawner hands tasks to its Executor. Its methods may be called from several
// goroutines, and from a task.
type Spawner struct {
	// TODO 1: the same
}

// New returns both ends of one new, empty ready queue (new_executor_and_spawner in
// the Rust original). Two calls make two queues that know nothing of each other.
func New() (*Executor, *Spawner) {
	// TODO 1: give both the same queue.
	return &Executor{}, &Spawner{}
}

// Spawn queues task. It runs nothing and waits for nothing, however many tasks are
// queued already. It must not be called after Close.
func (s *Spawner) Spawn(task func()) {
	// TODO 2: queue the task.
}

// Close says that nothing more will be spawned (drop(spawner) in the Rust original).
// Tasks that are queued already still run.
func (s *Spawner) Close() {
	// TODO 3: let Run know that this was all.
}

// Run takes the tasks in the order in which they were spawned and runs them one
// after another. While the queue is empty it waits, without using the processor. It
// returns when the spawner is closed and no task is left.
func (e *Executor) Run() {
	// TODO 4: take tasks and run them, until none will ever come.
}
