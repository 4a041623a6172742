// Right: a task waits in a goroutine of its own, at a gate that Run opens.

package main

import "sync"

// An Executor lets the tasks of its Spawner run.
type Executor struct{ gate *gate }

// A Spawner brings tasks to the gate.
type Spawner struct{ gate *gate }

type gate struct {
	opened, closed chan struct{}
	tasks          sync.WaitGroup
}

// New returns both sides of one new gate.
func New() (*Executor, *Spawner) {
	g := &gate{opened: make(chan struct{}), closed: make(chan struct{})}
	return &Executor{g}, &Spawner{g}
}

// Spawn has task wait at the gate.
func (s *Spawner) Spawn(task func()) {
	s.gate.tasks.Go(func() {
		<-s.gate.opened
		task()
	})
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() { close(s.gate.closed) }

// Run opens the gate, and waits until all are through.
func (e *Executor) Run() {
	close(e.gate.opened)
	<-e.gate.closed
	e.gate.tasks.Wait()
}
