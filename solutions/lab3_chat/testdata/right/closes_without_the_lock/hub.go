// Right: under the lock a member is taken off, by one call alone, and without the lock that one closes the channel.

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
	m := &Member{make(chan string, Backlog)}
	if !h.add(m) {
		close(m.outbox)
	}
	return m
}

func (h *Hub) add(m *Member) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.closed {
		h.members[m] = true
	}
	return !h.closed
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	here := h.members[m]
	delete(h.members, m)
	h.mu.Unlock()
	if here {
		close(m.outbox) // nobody sends to one who is not on the list
	}
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	for _, m := range h.pass(text) {
		close(m.outbox)
	}
}

// pass takes those off who have no room for text, and returns them.
func (h *Hub) pass(text string) (slow []*Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for m := range h.members {
		select {
		case m.outbox <- text:
		default:
			delete(h.members, m)
			slow = append(slow, m)
		}
	}
	return slow
}

// Close puts everyone out.
func (h *Hub) Close() {
	h.mu.Lock()
	all := h.members
	h.members, h.closed = nil, true
	h.mu.Unlock()
	for m := range all {
		close(m.outbox)
	}
}
