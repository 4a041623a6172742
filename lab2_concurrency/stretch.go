// Yours to edit: TODO 3, if you want more. It is built with -tags stretch alone.

//go:build stretch

package main

import "context"

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
	// TODO 3: recover, context.AfterFunc, and a channel with room for limit values may help.
	return report
}
