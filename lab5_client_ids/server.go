// Yours to edit: the server that numbers its clients, at the TODO.

// Package ids is the chat room of lab 4 in which everybody sees who says what.
package ids

import (
	chat "asynclab/solutions/lab3_chat"
)

// NewServer returns a chat server that gives each connection a number, from 1 in the
// order of arrival, and never the same one twice. The room hears each message with its
// sender's number before it: "Client #1: hello". Each server counts for itself.
func NewServer() *chat.Server {
	// TODO: this is the server of lab 3. Its field Sign is what you need.
	return &chat.Server{}
}
