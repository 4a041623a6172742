package main

import (
	"sync"
	"sync/atomic"
)

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ lanes *lanes }

// A Spawner hands tasks to its Executor.
type Spawner struct{ lanes *lanes }

// lanes are dealt the tasks in turn, so that two who spawn seldom wait for one lock.
type lanes struct {
	dealt atomic.Int64
	lane  [2]lane
}

type lane struct {
	mu      sync.Mutex
	changed *sync.Cond
	tasks   []func()
	closed  bool
}

func New() (*Executor, *Spawner) {
	l := &lanes{}
	for i := range l.lane {
		l.lane[i].changed = sync.NewCond(&l.lane[i].mu)
	}
	return &Executor{l}, &Spawner{l}
}

func (s *Spawner) Spawn(task func()) {
	number := s.lanes.dealt.Add(1) - 1
	l := s.lanes.of(number)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tasks = append(l.tasks, task)
	l.changed.Signal()
}

func (l *lanes) of(number int64) *lane { return &l.lane[number%2] }

func (s *Spawner) Close() {
	for i := range s.lanes.lane {
		l := &s.lanes.lane[i]
		l.mu.Lock()
		l.closed = true
		l.changed.Signal()
		l.mu.Unlock()
	}
}

func (e *Executor) Run() {
	for number := int64(0); ; number++ {
		task := e.lanes.of(number).next()
		if task == nil {
			return
		}
		task()
	}
}

func (l *lane) next() (task func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.tasks) == 0 && !l.closed {
		l.changed.Wait()
	}
	if len(l.tasks) > 0 {
		task, l.tasks = l.tasks[0], l.tasks[1:]
	}
	return task
}
