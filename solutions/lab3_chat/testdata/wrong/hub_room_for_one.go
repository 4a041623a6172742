// Package chat is a chat room.
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
type Member struct{ outbox chan string }

// NewHub returns a room with nobody in it.
func NewHub() *Hub { return &Hub{members: map[*Member]bool{}} }

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// Join adds a new member.
func (h *Hub) Join() *Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	m := &Member{make(chan string, Backlog)}
	h.members[m] = true
	if h.closed {
		h.remove(m)
	}
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.remove(m)
}

func (h *Hub) remove(m *Member) {
	if h.members[m] {
		delete(h.members, m)
		close(m.outbox)
	}
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	h.partWithTheSlow()
	h.mu.Lock()
	defer h.mu.Unlock()
	for m := range h.members {
		m.outbox <- text // there is room
	}
}

// partWithTheSlow puts those out who have no room for one more message.
func (h *Hub) partWithTheSlow() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for m := range h.members {
		if len(m.outbox) == cap(m.outbox) {
			h.remove(m)
		}
	}
}

// Close puts everyone out.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for m := range h.members {
		h.remove(m)
	}
}
