package main

import "testing"

// BenchmarkSpawnAndRun is the cost of one task, from Spawn to its end.
func BenchmarkSpawnAndRun(b *testing.B) {
	b.ReportAllocs()
	executor, spawner := New()
	for range b.N {
		spawner.Spawn(func() {})
	}
	spawner.Close()
	executor.Run()
}
