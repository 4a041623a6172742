// Right: each who comes is linked to the one before, with CompareAndSwap on an atomic.Pointer, and has a number one higher.

// Package ids is the chat room of lab 4 in which everybody sees who says what.
package ids

import (
	"fmt"
	"sync/atomic"

	chat "asynclab/solutions/lab3_chat"
)

// NewServer returns a chat server that gives each connection a number, from 1 in the
// order of arrival, and never the same one twice. The room hears each message with its
// sender's number before it: "Client #1: hello". Each server counts for itself.
func NewServer() *chat.Server {
	var door atomic.Pointer[client]
	return &chat.Server{Sign: func() func(text string) string { return enter(&door).says }}
}

// A client knows who came before. Nobody changes it when it is through the door.
type client struct {
	number int
	before *client
}

func enter(door *atomic.Pointer[client]) *client {
	c := new(client)
	for {
		c.before = door.Load()
		c.number = 1
		if c.before != nil {
			c.number = c.before.number + 1
		}
		if door.CompareAndSwap(c.before, c) {
			return c
		}
	}
}

func (c *client) says(text string) string {
	return fmt.Sprintf("Client #%d: %s", c.number, text)
}
