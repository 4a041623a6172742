// Right: whether there is something to do is seen under a read lock, and seen again under the write lock before it is done.

package chat

import (
	"container/list"
	"sync"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub knows who is in the room.
type Hub struct {
	mu      sync.RWMutex
	members list.List // of *Member
	closed  bool
}

// A Member is one who is in the room, or was.
type Member struct {
	place  *list.Element // nil: it is not in the room any more
	outbox chan string
}

// NewHub returns a room with nobody in it.
func NewHub() *Hub { return new(Hub) }

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// Join adds a new member.
func (h *Hub) Join() *Member {
	m := &Member{outbox: make(chan string, Backlog)}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		close(m.outbox)
	} else {
		m.place = h.members.PushBack(m)
	}
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	if h.has(m) {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.remove(m)
	}
}

func (h *Hub) has(m *Member) bool {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return m.place != nil
}

// remove looks again: between the two locks somebody else may have done it.
func (h *Hub) remove(m *Member) {
	if m.place != nil {
		h.members.Remove(m.place)
		m.place = nil
		close(m.outbox)
	}
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for place, next := h.members.Front(), (*list.Element)(nil); place != nil; place = next {
		next = place.Next()
		m := place.Value.(*Member)
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
	for h.members.Len() > 0 {
		h.remove(h.members.Front().Value.(*Member))
	}
}
