// Package chat is a chat room: whatever one says, everyone hears.
package chat

import (
	"sync"
	"sync/atomic"
)

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
	out  chan string
	gone atomic.Bool // whoever sets it closes out
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
		m.gone.Store(true)
		close(m.out)
		return m
	}
	h.members[m] = true
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	if !m.gone.CompareAndSwap(false, true) {
		return // it has left already
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.members, m)
	close(m.out)
}

// putOut puts m out. The lock is held.
func (h *Hub) putOut(m *Member) {
	if m.gone.CompareAndSwap(false, true) {
		delete(h.members, m)
		close(m.out)
	}
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return
	}
	for m := range h.members {
		select {
		case m.out <- text:
		default:
			h.putOut(m)
		}
	}
}

// Close puts everyone out.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for m := range h.members {
		h.putOut(m)
	}
}
