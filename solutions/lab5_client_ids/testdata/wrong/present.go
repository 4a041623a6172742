// Wrong: a client's number is how many are here.

// Package ids is the chat room of lab 4 in which everybody sees who says what.
package ids

import (
	"fmt"
	"log"
	"strings"
	"sync"

	chat "asynclab/solutions/lab3_chat"
)

// NewServer returns a chat server that gives each connection a number, from 1 in the
// order of arrival, and never the same one twice. The room hears each message with its
// sender's number before it: "Client #1: hello". Each server counts for itself.
func NewServer() *chat.Server {
	here := &clients{}
	return &chat.Server{
		Log: log.New(here, "", 0),
		Sign: func() func(text string) string {
			number := here.count(+1)
			return func(text string) string { return fmt.Sprintf("Client #%d: %s", number, text) }
		},
	}
}

// clients counts those who are here: the server's log says when one goes.
type clients struct {
	mu sync.Mutex
	n  int
}

func (c *clients) count(change int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n += change
	return c.n
}

func (c *clients) Write(line []byte) (int, error) {
	if strings.HasSuffix(string(line), " went\n") {
		c.count(-1)
	}
	return len(line), nil
}
