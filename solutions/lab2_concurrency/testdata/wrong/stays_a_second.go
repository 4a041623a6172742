package main

import (
	"sync"
	"sync/atomic"
	"time"
)

type Executor struct {
	queue *queue
}

type Spawner struct {
	queue *queue
}

type queue struct {
	mu      sync.Mutex
	changed *sync.Cond // tasks or closed have changed
	tasks   []func()
	closed  bool
}

func New() (*Executor, *Spawner) {
	q := &queue{}
	q.changed = sync.NewCond(&q.mu)
	return &Executor{q}, &Spawner{q}
}

func (s *Spawner) Spawn(task func()) {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	if s.queue.closed {
		panic("Spawn after Close")
	}
	s.queue.tasks = append(s.queue.tasks, task)
	s.queue.changed.Signal()
}

func (s *Spawner) Close() {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.closed = true
	s.queue.changed.Signal()
}

func (e *Executor) Run() {
	p := &pool{work: make(chan func())}
	for {
		task, ok := e.queue.next()
		if !ok {
			break
		}
		p.start(task)
	}
	close(p.work) // sends the idle ones home
	p.workers.Wait()
}

const patience = time.Second

type pool struct {
	workers sync.WaitGroup
	idle    atomic.Int64
	work    chan func() // to an idle worker
}

func (p *pool) start(task func()) {
	for n := p.idle.Load(); n > 0; n = p.idle.Load() {
		if p.idle.CompareAndSwap(n, n-1) { // this one is ours
			p.work <- task
			return
		}
	}
	p.workers.Go(func() { p.worker(task) })
}

func (p *pool) worker(task func()) {
	for ok := true; ok; {
		task()
		p.idle.Add(1)
		enough := time.NewTimer(patience)
		select {
		case task, ok = <-p.work: // start has counted it off
			enough.Stop()
		case <-enough.C:
			p.idle.Add(-1)
			return
		}
	}
}

func (q *queue) next() (task func(), ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.tasks) == 0 && !q.closed {
		q.changed.Wait()
	}
	if len(q.tasks) == 0 {
		return nil, false
	}
	task, q.tasks = q.tasks[0], q.tasks[1:]
	return task, true
}
