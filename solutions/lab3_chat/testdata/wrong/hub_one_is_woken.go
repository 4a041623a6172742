// Package chat is a chat room.
package chat

import (
	"maps"
	"slices"
	"sync"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub knows who is in the room.
type Hub struct {
	mu       sync.Mutex
	silence  *sync.Cond // nobody speaks
	speaking bool
	members  map[*Member]bool
	closed   bool
}

// A Member is one who is in the room, or was.
type Member struct{ outbox chan string }

// NewHub returns a room with nobody in it.
func NewHub() *Hub {
	h := &Hub{members: map[*Member]bool{}}
	h.silence = sync.NewCond(&h.mu)
	return h
}

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

// Broadcast passes text to everyone in the room, one member after another.
func (h *Hub) Broadcast(text string) {
	for _, m := range h.begin() {
		h.give(m, text)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.speaking = false
	h.silence.Signal()
}

// begin waits for its turn, and returns who is in the room.
func (h *Hub) begin() []*Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	for h.speaking {
		h.silence.Wait()
	}
	h.speaking = true
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

// Close lets the one who speaks come to an end, and puts everyone out.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for h.speaking {
		h.silence.Wait()
	}
	h.closed = true
	for m := range h.members {
		h.remove(m)
	}
}
