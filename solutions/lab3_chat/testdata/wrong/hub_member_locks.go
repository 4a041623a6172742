// Package chat is a chat room.
package chat

import (
	"slices"
	"sync"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub knows who is in the room.
type Hub struct {
	mu      sync.Mutex
	members []*Member
	closed  bool
}

// A Member is one who is in the room, or was.
type Member struct {
	mu     sync.Mutex // for a send or for the close
	gone   bool
	outbox chan string
}

// send reports whether m had room for text.
func (m *Member) send(text string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.gone {
		return true // somebody else has taken it off
	}
	select {
	case m.outbox <- text:
		return true
	default:
		return false
	}
}

// end closes the channel, once.
func (m *Member) end() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.gone {
		m.gone = true
		close(m.outbox)
	}
}

// NewHub returns a room with nobody in it.
func NewHub() *Hub { return new(Hub) }

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// Join adds a new member.
func (h *Hub) Join() *Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	m := &Member{outbox: make(chan string, Backlog)}
	if h.closed {
		m.end()
	} else {
		h.members = append(h.members, m)
	}
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.members = slices.DeleteFunc(h.members, func(other *Member) bool { return other == m })
	m.end()
}

// all returns who is in the room.
func (h *Hub) all() []*Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.members)
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	for _, m := range h.all() {
		if !m.send(text) {
			h.Leave(m)
		}
	}
}

// Close puts everyone out.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, m := range h.members {
		m.end()
	}
	h.members = nil
}
