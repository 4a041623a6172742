package main

import "sync"

type Executor struct {
	queue *queue
}

type Spawner struct {
	queue *queue
}

type queue struct {
	mu      sync.Mutex
	changed *sync.Cond // what follows has changed
	tasks   []func()
	spawned int
	closed  bool

	pending sync.WaitGroup // all that was spawned and is not over
}

func New() (*Executor, *Spawner) {
	q := &queue{}
	q.changed = sync.NewCond(&q.mu)
	return &Executor{q}, &Spawner{q}
}

func (s *Spawner) Spawn(task func()) {
	s.queue.pending.Add(1)
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.tasks = append(s.queue.tasks, task)
	s.queue.spawned++
	s.queue.changed.Broadcast()
}

func (s *Spawner) Close() {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	s.queue.closed = true
	s.queue.changed.Broadcast()
}

func (e *Executor) Run() {
	dispatched := make(chan struct{})
	go func() {
		defer close(dispatched)
		e.dispatch()
	}()
	seen, open := 0, true
	for open {
		e.queue.pending.Wait()
		seen, open = e.queue.moreThan(seen)
	}
	<-dispatched
	e.queue.pending.Wait()
}

func (e *Executor) dispatch() {
	for {
		task, ok := e.queue.next()
		if !ok {
			return
		}
		go func() {
			defer e.queue.pending.Done()
			task()
		}()
	}
}

func (q *queue) moreThan(seen int) (spawned int, open bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.spawned <= seen && !q.closed {
		q.changed.Wait()
	}
	return q.spawned, !q.closed
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
