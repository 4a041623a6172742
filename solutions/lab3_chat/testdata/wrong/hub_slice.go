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
func NewHub() *Hub { return &Hub{} }

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// Join adds a new member.
func (h *Hub) Join() *Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	m := &Member{outbox: make(chan string, Backlog)}
	if h.closed {
		close(m.outbox)
		return m
	}
	h.members = append(h.members, m)
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if i := slices.Index(h.members, m); i >= 0 {
		h.remove(i)
	}
}

func (h *Hub) remove(i int) {
	close(h.members[i].outbox)
	h.members = append(h.members[:i], h.members[i+1:]...)
}

// Broadcast walks through a slice from which it removes: what comes after moves up.
func (h *Hub) Broadcast(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, m := range h.members {
		select {
		case m.outbox <- text:
		default:
			h.remove(i)
		}
	}
}

// Close puts everyone out.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for len(h.members) > 0 {
		h.remove(0)
	}
}
