package main

import (
	"sync"
	"testing"
)

// BenchmarkSpawnAndRun is the cost of one task, from Spawn to its end, while Run runs.
func BenchmarkSpawnAndRun(b *testing.B) {
	b.ReportAllocs()
	executor, spawner := New()
	done := make(chan struct{})
	go func() {
		executor.Run()
		close(done)
	}()
	for range b.N {
		spawner.Spawn(func() {})
	}
	spawner.Close()
	<-done
}

// BenchmarkGoroutines is the same with plain goroutines and a WaitGroup.
func BenchmarkGoroutines(b *testing.B) {
	b.ReportAllocs()
	var running sync.WaitGroup
	for range b.N {
		running.Go(func() {})
	}
	running.Wait()
}
