// Right: the simplest hub of part 1: a slice under a lock. Leave closes no channel yet.

package chat

import "sync"

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub knows who is in the room.
type Hub struct {
	sync.Mutex
	members []*Member
}

// A Member is one who is in the room.
type Member struct{ texts chan string }

// NewHub returns a room with nobody in it.
func NewHub() *Hub { return &Hub{} }

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.texts }

// Join adds a new member.
func (h *Hub) Join() *Member {
	m := &Member{make(chan string, 10)}
	h.Lock()
	h.members = append(h.members, m)
	h.Unlock()
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	h.Lock()
	for i, other := range h.members {
		if other == m {
			h.members = append(h.members[:i], h.members[i+1:]...)
			break
		}
	}
	h.Unlock()
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	h.Lock()
	for _, m := range h.members {
		m.texts <- text
	}
	h.Unlock()
}

// Close does nothing yet.
func (h *Hub) Close() {}
