// Yours to edit: TODO 3, if you want more. It is built with -tags stretch alone.

//go:build stretch

package main

import (
	"context"
	"sync"
)

// A Report says how RunUntil came to its end.
type Report struct {
	Left   []func() // the tasks that were never started, in the order of spawning
	Panics []any    // what the tasks that panicked said, in the order in which they did
}

// RunUntil is a Run that can be stopped, that has a limit, and that survives its tasks. At
// most limit tasks run at the same time; 0 means no limit. When ctx is done it starts no
// further task, waits for those that run, and returns. A task that panics takes nobody
// else down.
func (e *Executor) RunUntil(ctx context.Context, limit int) (report Report) {
	var running sync.WaitGroup
	var mu sync.Mutex                   // guards report.Panics
	slots := make(chan struct{}, limit) // holds a value for each task that runs, if there is a limit
	for {
		if limit > 0 {
			slots <- struct{}{}
		}
		task, ok := e.queue.nextUntil(ctx)
		if !ok {
			break
		}
		running.Go(func() {
			if said := try(task); said != nil {
				mu.Lock()
				report.Panics = append(report.Panics, said)
				mu.Unlock()
			}
			if limit > 0 {
				<-slots
			}
		})
	}
	running.Wait()
	report.Left = e.queue.rest()
	return report
}

// try runs task and returns what it panics with, or nil.
func try(task func()) (said any) {
	defer func() { said = recover() }()
	task()
	return nil
}

// nextUntil is next, but gives up when ctx is done.
func (q *queue) nextUntil(ctx context.Context) (task func(), ok bool) {
	stop := context.AfterFunc(ctx, func() {
		q.mu.Lock() // so that nobody is just between looking and waiting
		defer q.mu.Unlock()
		q.changed.Broadcast()
	})
	defer stop()
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.tasks) == 0 && !q.closed && ctx.Err() == nil {
		q.changed.Wait()
	}
	if len(q.tasks) == 0 || ctx.Err() != nil {
		return nil, false
	}
	task, q.tasks = q.tasks[0], q.tasks[1:]
	return task, true
}

// rest empties the queue.
func (q *queue) rest() (tasks []func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	tasks, q.tasks = q.tasks, nil
	return tasks
}
