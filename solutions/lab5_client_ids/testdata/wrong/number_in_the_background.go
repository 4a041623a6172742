// Package ids is the chat room of lab 4 in which everybody sees who says what.
package ids

import (
	"fmt"
	"sync"

	chat "asynclab/solutions/lab3_chat"
)

// NewServer returns a chat server that gives each connection a number.
func NewServer() *chat.Server {
	last := make(chan int, 1) // whoever has taken the count out owns it
	last <- 0
	return &chat.Server{Sign: func() func(string) string {
		given := make(chan int, 1)
		go func() { // so that the greeting need not wait for it
			number := <-last + 1
			last <- number
			given <- number
		}()
		number := sync.OnceValue(func() int { return <-given })
		return func(text string) string { return fmt.Sprintf("Client #%d: %s", number(), text) }
	}}
}
