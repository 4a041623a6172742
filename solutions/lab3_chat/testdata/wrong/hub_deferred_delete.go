// Package chat is a chat room: whatever one says, everyone hears.
package chat

import "sync"

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub knows who is in the room.
type Hub struct {
	mu      sync.Mutex
	members map[*Member]bool
	closed  bool
}

// A Member is one who is in the room, or was.
type Member struct {
	out chan string
}

// NewHub returns a room with nobody in it.
func NewHub() *Hub { return &Hub{members: map[*Member]bool{}} }

// Messages returns the channel of the member.
func (m *Member) Messages() <-chan string { return m.out }

// Join adds a new member.
func (h *Hub) Join() *Member {
	m := &Member{out: make(chan string, Backlog)}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		close(m.out)
		return m
	}
	h.members[m] = true
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	defer delete(h.members, m) // in any case
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.members[m] {
		h.members[m] = false
		close(m.out)
	}
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for m, here := range h.members {
		if !here {
			continue
		}
		select {
		case m.out <- text:
		default:
			delete(h.members, m)
			close(m.out)
		}
	}
}

// Close puts everyone out.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for m, here := range h.members {
		delete(h.members, m)
		if here {
			close(m.out)
		}
	}
}
