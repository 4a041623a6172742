// Package chat is a chat room.
package chat

import (
	"maps"
	"slices"
	"sync"
	"sync/atomic"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub knows who is in the room.
type Hub struct {
	order   sync.Mutex  // who holds it broadcasts
	list    []*Member   // of the last time; belongs to the one who broadcasts
	changed atomic.Bool // since then somebody has come

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
	h.changed.Store(true)
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
	h.order.Lock()
	defer h.order.Unlock()
	if h.changed.Load() {
		h.list = h.all()
		h.changed.Store(false)
	}
	for _, m := range h.list {
		h.give(m, text)
	}
}

// all returns who is in the room.
func (h *Hub) all() []*Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Collect(maps.Keys(h.members))
}

func (h *Hub) give(m *Member, text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.members[m] {
		select {
		case m.outbox <- text:
		default:
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
