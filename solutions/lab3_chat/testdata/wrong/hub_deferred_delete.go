// Package chat is a chat room: whatever one says, everyone hears.
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
	members []*Member // a map would end the program when two leave at once, now and then
	closed  bool
}

// A Member is one who is in the room, or was.
type Member struct {
	out  chan string
	gone bool
}

// NewHub returns a room with nobody in it.
func NewHub() *Hub { return &Hub{} }

// Messages returns the channel of the member.
func (m *Member) Messages() <-chan string { return m.out }

// Join adds a new member.
func (h *Hub) Join() *Member {
	m := &Member{out: make(chan string, Backlog)}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		m.end()
		return m
	}
	h.members = append(h.members, m)
	return m
}

// end closes the channel, once.
func (m *Member) end() {
	if !m.gone {
		m.gone = true
		close(m.out)
	}
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	defer h.forgetTheGone() // in any case
	h.mu.Lock()
	defer h.mu.Unlock()
	m.end()
}

func (h *Hub) forgetTheGone() {
	var here []*Member
	for _, m := range h.members {
		if !m.gone {
			here = append(here, m)
		}
	}
	h.members = here
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, m := range slices.Clone(h.members) {
		if m.gone {
			continue
		}
		select {
		case m.out <- text:
		default:
			m.end()
		}
	}
	h.forgetTheGone()
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
