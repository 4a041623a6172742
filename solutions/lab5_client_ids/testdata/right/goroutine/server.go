// Right: a goroutine owns the count and hands the numbers out. The first client starts it.

// Package ids is the chat room of lab 4 in which everybody sees who says what.
package ids

import (
	"fmt"
	"sync"

	chat "asynclab/solutions/lab3_chat"
)

// NewServer returns a chat server that gives each connection a number, from 1 in the
// order of arrival, and never the same one twice. The room hears each message with its
// sender's number before it: "Client #1: hello". Each server counts for itself.
func NewServer() *chat.Server {
	numbers := make(chan int)
	var once sync.Once
	return &chat.Server{Sign: func() func(text string) string {
		once.Do(func() { go count(numbers) })
		number := <-numbers
		return func(text string) string { return fmt.Sprintf("Client #%d: %s", number, text) }
	}}
}

// count hands out 1, 2, 3 and so on, for as long as the program runs.
func count(numbers chan<- int) {
	for number := 1; ; number++ {
		numbers <- number
	}
}
