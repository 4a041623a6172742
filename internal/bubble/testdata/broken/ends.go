package broken

import "log"

// Empty has a loop without a body.
func Empty(n int) {
	if n > 0 {
		// nothing is left to do
		for {
		}
	}
}

// Circle calls itself.
func Circle(n int) int { return back(n + 1) }

func back(n int) int { return Circle(n) + 1 }

// Crowd starts goroutines without an end.
func Crowd(enough <-chan int) {
	for {
		go func() { <-enough }()
	}
}

// Exit ends the program.
func Exit() { log.Fatal("the end") }
