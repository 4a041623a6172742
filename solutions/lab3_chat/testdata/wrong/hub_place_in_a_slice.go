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
type Member struct{ outbox chan string }

// NewHub returns a room with nobody in it.
func NewHub() *Hub { return new(Hub) }

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// Join adds a new member.
func (h *Hub) Join() *Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	m := &Member{make(chan string, Backlog)}
	if h.closed {
		close(m.outbox)
	} else {
		h.members = append(h.members, m)
	}
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	if i := h.find(m); i >= 0 {
		h.remove(i)
	}
}

func (h *Hub) find(m *Member) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Index(h.members, m)
}

func (h *Hub) remove(i int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if i < len(h.members) {
		close(h.members[i].outbox)
		h.members = slices.Delete(h.members, i, i+1)
	}
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.members = slices.DeleteFunc(h.members, func(m *Member) bool {
		select {
		case m.outbox <- text:
			return false
		default:
			close(m.outbox)
			return true
		}
	})
}

// Close puts everyone out.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, m := range h.members {
		close(m.outbox)
	}
	h.members = nil
}
