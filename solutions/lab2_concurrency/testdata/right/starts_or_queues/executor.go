// Right: under one lock Spawn queues the task or, once Run has come and opened the way, starts it.

package main

import "sync"

// An Executor lets the tasks of its Spawner run.
type Executor struct{ spawner *Spawner }

// A Spawner queues tasks until Run is there, and then starts them itself.
type Spawner struct {
	mu      sync.Mutex
	start   func(func()) // queues at first
	queued  []func()
	running sync.WaitGroup
	closed  chan struct{}
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	s := &Spawner{closed: make(chan struct{})}
	s.start = s.queue
	return &Executor{s}, s
}

func (s *Spawner) queue(task func()) { s.queued = append(s.queued, task) }

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.start(task)
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() { close(s.closed) }

// Run starts what is queued, and waits for all.
func (e *Executor) Run() {
	e.spawner.open()
	<-e.spawner.closed
	e.spawner.running.Wait()
}

func (s *Spawner) open() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.start = s.running.Go
	for _, task := range s.queued {
		s.start(task)
	}
}
