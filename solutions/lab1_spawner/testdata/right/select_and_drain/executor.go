// Right: what is queued lies in a channel with room for one list, the end has another channel; after it Run takes what is left, until the default.

package main

import "sync"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ *Spawner }

// A Spawner hands tasks to its Executor.
type Spawner struct {
	mu     sync.Mutex // who has it may put a list in
	queued chan []func()
	end    chan struct{}
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	s := &Spawner{queued: make(chan []func(), 1), end: make(chan struct{})}
	return &Executor{s}, s
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case tasks := <-s.queued:
		s.queued <- append(tasks, task)
	default:
		s.queued <- []func(){task}
	}
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() { close(s.end) }

// Run runs the tasks one after another.
func (e *Executor) Run() {
	for open := true; open; {
		select { // both may be ready, and then it does not matter
		case tasks := <-e.queued:
			runAll(tasks)
		case <-e.end:
			open = false
		}
	}
	select {
	case tasks := <-e.queued:
		runAll(tasks)
	default:
	}
}

func runAll(tasks []func()) {
	for _, task := range tasks {
		task()
	}
}
