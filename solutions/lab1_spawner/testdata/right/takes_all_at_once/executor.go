// Right: Run takes all that is queued at once, and comes back for what was spawned meanwhile.

package main

import "sync"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ spawner *Spawner }

// A Spawner hands tasks to its Executor.
type Spawner struct {
	mu      sync.Mutex
	changed *sync.Cond
	tasks   []func()
	closed  bool
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	s := new(Spawner)
	s.changed = sync.NewCond(&s.mu)
	return &Executor{s}, s
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tasks = append(s.tasks, task)
	s.changed.Signal()
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	s.changed.Signal()
}

// Run runs the tasks one after another.
func (e *Executor) Run() {
	for tasks := e.spawner.takeAll(); len(tasks) > 0; tasks = e.spawner.takeAll() {
		for _, task := range tasks {
			task()
		}
	}
}

// takeAll waits for tasks. It returns none when none will ever come.
func (s *Spawner) takeAll() []func() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.tasks) == 0 && !s.closed {
		s.changed.Wait()
	}
	tasks := s.tasks
	s.tasks = nil
	return tasks
}
