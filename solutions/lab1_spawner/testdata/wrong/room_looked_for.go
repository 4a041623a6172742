package main

import "sync"

// ring holds the tasks in a circle, which becomes twice as large when it is full.
type ring struct {
	mu      sync.Mutex
	changed *sync.Cond
	places  []func()
	first   int
	n       int
	closed  bool
}

type Executor struct{ r *ring }
type Spawner struct{ r *ring }

func New() (*Executor, *Spawner) {
	r := &ring{places: make([]func(), 16)}
	r.changed = sync.NewCond(&r.mu)
	return &Executor{r}, &Spawner{r}
}

func (s *Spawner) Spawn(task func()) {
	s.r.makeRoom()
	s.r.mu.Lock()
	defer s.r.mu.Unlock()
	s.r.places[(s.r.first+s.r.n)%len(s.r.places)] = task
	s.r.n++
	s.r.changed.Signal()
}

// makeRoom sees to it that there is a free place.
func (r *ring) makeRoom() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.n < len(r.places) {
		return
	}
	larger := make([]func(), 2*len(r.places))
	copy(larger, r.places[r.first:])
	copy(larger[len(r.places)-r.first:], r.places[:r.first])
	r.places, r.first = larger, 0
}

func (s *Spawner) Close() {
	s.r.mu.Lock()
	defer s.r.mu.Unlock()
	s.r.closed = true
	s.r.changed.Signal()
}

func (e *Executor) Run() {
	for {
		task, ok := e.r.take()
		if !ok {
			return
		}
		task()
	}
}

func (r *ring) take() (task func(), ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.n == 0 && !r.closed {
		r.changed.Wait()
	}
	if r.n == 0 {
		return nil, false
	}
	task = r.places[r.first]
	r.first = (r.first + 1) % len(r.places)
	r.n--
	return task, true
}
