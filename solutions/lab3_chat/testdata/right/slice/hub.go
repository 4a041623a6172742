// Right: the members stand in a slice, and whoever is put out is filtered from it.

package chat

import (
	"slices"
	"sync"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub knows who is in the room.
type Hub struct {
	sync.Mutex
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
	h.Lock()
	defer h.Unlock()
	m := &Member{make(chan string, Backlog)}
	if h.closed {
		close(m.outbox)
	} else {
		h.members = append(h.members, m)
	}
	return m
}

// keep closes the channel of each member that does not stay.
func (h *Hub) keep(stays func(*Member) bool) {
	h.members = slices.DeleteFunc(h.members, func(m *Member) bool {
		if stays(m) {
			return false
		}
		close(m.outbox)
		return true
	})
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	h.Lock()
	defer h.Unlock()
	h.keep(func(other *Member) bool { return other != m })
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	h.Lock()
	defer h.Unlock()
	h.keep(func(m *Member) bool {
		if len(m.outbox) == cap(m.outbox) { // nobody else sends, so it does not get fuller
			return false
		}
		m.outbox <- text
		return true
	})
}

// Close puts everyone out.
func (h *Hub) Close() {
	h.Lock()
	defer h.Unlock()
	h.closed = true
	h.keep(func(*Member) bool { return false })
}
