// Right: one lock puts the broadcasts in order, another one guards the members.

package chat

import "sync"

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub knows who is in the room.
type Hub struct {
	order   sync.Mutex // who holds it broadcasts
	mu      sync.RWMutex
	members map[*Member]struct{} // nil: closed
}

// A Member is one who is in the room, or was.
type Member struct{ outbox chan string }

// NewHub returns a room with nobody in it.
func NewHub() *Hub { return &Hub{members: map[*Member]struct{}{}} }

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// Join adds a new member.
func (h *Hub) Join() *Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	m := &Member{make(chan string, Backlog)}
	if h.members == nil {
		close(m.outbox)
		return m
	}
	h.members[m] = struct{}{}
	return m
}

// Leave takes m off the hub. Whoever sends holds mu for reading, so nobody sends now.
func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, here := h.members[m]; here {
		delete(h.members, m)
		close(m.outbox)
	}
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	h.order.Lock()
	defer h.order.Unlock()
	for _, m := range h.send(text) {
		h.Leave(m)
	}
}

// send returns those who had no room for text.
func (h *Hub) send(text string) (slow []*Member) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for m := range h.members {
		select {
		case m.outbox <- text:
		default:
			slow = append(slow, m)
		}
	}
	return slow
}

// Close puts everyone out.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for m := range h.members {
		close(m.outbox)
	}
	h.members = nil
}
