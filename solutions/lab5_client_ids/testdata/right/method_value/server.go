// Right: a struct that counts; Sign is one of its methods.

// Package ids is the chat room of lab 4 in which everybody sees who says what.
package ids

import (
	"strconv"
	"sync/atomic"

	chat "asynclab/solutions/lab3_chat"
)

// NewServer returns a chat server that gives each connection a number, from 1 in the
// order of arrival, and never the same one twice. The room hears each message with its
// sender's number before it: "Client #1: hello". Each server counts for itself.
func NewServer() *chat.Server {
	return &chat.Server{Sign: new(counter).sign}
}

// A counter counts the clients of one server.
type counter struct{ last atomic.Uint64 }

func (c *counter) sign() func(text string) string {
	return speaker(c.last.Add(1)).says
}

// A speaker is a client's number.
type speaker uint64

func (s speaker) says(text string) string {
	return "Client #" + strconv.FormatUint(uint64(s), 10) + ": " + text
}
