// Right: lines are put together in buffers from a sync.Pool, and copied before the buffer goes back.

// Package ids is the chat room of lab 4 in which everybody sees who says what.
package ids

import (
	"bytes"
	"strconv"
	"sync"
	"sync/atomic"

	chat "asynclab/solutions/lab3_chat"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// NewServer returns a chat server that gives each connection a number, from 1 in the
// order of arrival, and never the same one twice. The room hears each message with its
// sender's number before it: "Client #1: hello". Each server counts for itself.
func NewServer() *chat.Server {
	var last atomic.Int64
	return &chat.Server{Sign: func() func(text string) string {
		prefix := "Client #" + strconv.FormatInt(last.Add(1), 10) + ": "
		return func(text string) string {
			b := buffers.Get().(*bytes.Buffer)
			defer buffers.Put(b)
			b.Reset()
			b.WriteString(prefix)
			b.WriteString(text)
			return b.String()
		}
	}}
}
