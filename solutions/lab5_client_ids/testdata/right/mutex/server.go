// Right: a count behind a mutex.

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
	var mu sync.Mutex
	last := 0
	return &chat.Server{Sign: func() func(text string) string {
		mu.Lock()
		defer mu.Unlock()
		last++
		prefix := fmt.Sprintf("Client #%d: ", last)
		return func(text string) string { return prefix + text }
	}}
}
