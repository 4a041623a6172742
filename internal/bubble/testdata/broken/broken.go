// Package broken makes the mistakes that the harness must explain.
package broken

import (
	"sync"
	"time"
)

// Deadlock waits for a message that nobody sends.
func Deadlock() {
	ch := make(chan int)
	<-ch // the deadlock
}

// Waits start goroutines that wait in every way, and waits for them.
func Waits() {
	var wg sync.WaitGroup
	var cond = sync.NewCond(new(sync.Mutex))
	ch := make(chan int)
	wg.Go(func() { ch <- 1 })
	wg.Go(func() { select {} })
	wg.Go(func() { cond.L.Lock(); cond.Wait() })
	wg.Wait()
}

// Leak leaves a goroutine behind.
func Leak() {
	ch := make(chan int)
	go func() {
		ch <- 1 // the leak
	}()
}

// Sleeper leaves a goroutine behind that would end later.
func Sleeper() {
	go time.Sleep(time.Hour)
}

// Mutex locks twice.
func Mutex() {
	var mu sync.Mutex
	mu.Lock()
	mu.Lock() // the hang
}

// Busy never pauses.
func Busy() {
	var mu sync.Mutex
	for {
		mu.Lock()
		mu.Unlock()
	}
}

// Panic closes a channel twice.
func Panic() {
	ch := make(chan int)
	close(ch)
	close(ch) // the panic
}

// Crash panics in a goroutine of its own.
func Crash() {
	go Panic()
	time.Sleep(time.Second)
}

// Five is six.
func Five() int { return 6 }

// Flood says the same for ever.
func Flood(say func()) {
	for {
		say()
	}
}
