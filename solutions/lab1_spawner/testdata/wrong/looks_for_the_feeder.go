package main

import "sync"

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ out <-chan func() }

// A Spawner has a goroutine that feeds the executor while there are tasks.
type Spawner struct {
	out    chan func()
	mu     sync.Mutex
	tasks  []func()
	feeds  bool
	closed bool
}

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	s := &Spawner{out: make(chan func())}
	return &Executor{s.out}, s
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) {
	s.mu.Lock()
	s.tasks = append(s.tasks, task)
	s.mu.Unlock()
	s.wakeFeeder()
}

// wakeFeeder sees to it that somebody feeds Run.
func (s *Spawner) wakeFeeder() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.feeds {
		s.feeds = true
		go s.feed()
	}
}

func (s *Spawner) feed() {
	for task := s.next(); task != nil; task = s.next() {
		s.out <- task
	}
}

// next returns nil if there is no task; then the feeder ends, and nobody counts on it.
func (s *Spawner) next() (task func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.tasks) > 0 {
		task, s.tasks = s.tasks[0], s.tasks[1:]
		return task
	}
	s.feeds = false
	if s.closed {
		close(s.out)
	}
	return nil
}

// Close says that nothing more will be spawned.
func (s *Spawner) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	if !s.feeds {
		close(s.out)
	}
}

// Run runs the tasks one after another.
func (e *Executor) Run() {
	for task := range e.out {
		task()
	}
}
