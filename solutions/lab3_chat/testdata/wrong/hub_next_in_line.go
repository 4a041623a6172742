// Package chat is a chat room: whatever one says, everyone hears.
package chat

import (
	"sync"
	"sync/atomic"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub lets speak in the order of the tickets that it gives.
type Hub struct {
	tickets atomic.Uint64

	mu      sync.Mutex
	next    *sync.Cond
	serving uint64
	members map[*Member]bool
	closed  bool
}

// A Member is one who is in the room, or was.
type Member struct {
	outbox chan string
}

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// NewHub returns a room with nobody in it.
func NewHub() *Hub {
	h := &Hub{members: map[*Member]bool{}}
	h.next = sync.NewCond(&h.mu)
	return h
}

// Join adds a new member.
func (h *Hub) Join() *Member {
	m := &Member{make(chan string, Backlog)}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		close(m.outbox)
		return m
	}
	h.members[m] = true
	return m
}

// putOut needs the lock.
func (h *Hub) putOut(m *Member) {
	if h.members[m] {
		delete(h.members, m)
		close(m.outbox)
	}
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.putOut(m)
}

// Broadcast passes text to everyone in the room, first come, first served.
func (h *Hub) Broadcast(text string) {
	mine := h.tickets.Add(1) - 1
	h.mu.Lock()
	defer h.mu.Unlock()
	for h.serving != mine {
		h.next.Wait()
	}
	for m := range h.members {
		select {
		case m.outbox <- text:
		default:
			h.putOut(m)
		}
	}
	h.serving++
	h.next.Signal()
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
