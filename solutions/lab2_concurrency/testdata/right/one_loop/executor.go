// Right: one goroutine owns the queue, Run counts starts and ends in one loop; there is no lock.

package main

// An Executor runs the tasks that its Spawner has queued.
type Executor struct{ out <-chan []func() }

// A Spawner hands tasks to its Executor.
type Spawner struct{ in chan<- func() }

// New returns both ends of one new, empty ready queue.
func New() (*Executor, *Spawner) {
	in, out := make(chan func()), make(chan []func())
	go own(in, out)
	return &Executor{out}, &Spawner{in}
}

// own collects tasks from in, and gives all it has to whoever asks at out.
func own(in <-chan func(), out chan<- []func()) {
	defer close(out)
	var tasks []func()
	for in != nil || len(tasks) > 0 {
		ready := out
		if len(tasks) == 0 {
			ready = nil
		}
		select {
		case task, ok := <-in:
			if !ok {
				in = nil
				break
			}
			tasks = append(tasks, task)
		case ready <- tasks:
			tasks = nil
		}
	}
}

// Spawn queues task.
func (s *Spawner) Spawn(task func()) { s.in <- task }

// Close says that nothing more will be spawned.
func (s *Spawner) Close() { close(s.in) }

// Run starts each task as soon as it is spawned, and waits for all.
func (e *Executor) Run() {
	done := make(chan struct{})
	for out, running := e.out, 0; out != nil || running > 0; {
		select {
		case tasks, ok := <-out:
			if !ok {
				out = nil
			}
			for _, task := range tasks {
				running++
				go func() {
					task()
					done <- struct{}{}
				}()
			}
		case <-done:
			running--
		}
	}
}
