// Right: each task sends its error, or none, through a channel, and Run has a goroutine that collects them.

package main

import (
	"errors"
	"sync"
)

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
	results := make(chan error)
	collected := make(chan error)
	go collect(results, collected)

	var running sync.WaitGroup
	for task := range e.tasks {
		running.Go(func() { results <- try(task) })
	}
	running.Wait()
	close(results)
	if err := <-collected; err != nil {
		panic(err)
	}
}

// try runs a task. So far none can fail.
func try(task func()) error {
	task()
	return nil
}

func collect(results <-chan error, collected chan<- error) {
	var all []error
	for err := range results {
		all = append(all, err)
	}
	collected <- errors.Join(all...)
}
