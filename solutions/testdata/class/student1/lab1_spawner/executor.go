package main

import "sync"

// Executor takes what the Spawner has put into the list.
type Executor struct{ l *list }

// Spawner puts tasks into the list.
type Spawner struct{ l *list }

type list struct {
	sync.Mutex
	wake  chan bool // one place: somebody should look again
	todo  []func()
	ended bool
}

func New() (*Executor, *Spawner) {
	l := &list{wake: make(chan bool, 1)}
	return &Executor{l}, &Spawner{l}
}

func (l *list) ring() {
	select {
	case l.wake <- true:
	default:
	}
}

func (s *Spawner) Spawn(task func()) {
	s.l.Lock()
	s.l.todo = append(s.l.todo, task)
	s.l.Unlock()
	s.l.ring()
}

func (s *Spawner) Close() {
	s.l.Lock()
	s.l.ended = true
	s.l.Unlock()
	s.l.ring()
}

func (e *Executor) Run() {
	for {
		e.l.Lock()
		if len(e.l.todo) > 0 {
			next := e.l.todo[0]
			e.l.todo = e.l.todo[1:]
			e.l.Unlock()
			next()
			continue
		}
		ended := e.l.ended
		e.l.Unlock()
		if ended {
			return
		}
		<-e.l.wake
	}
}
