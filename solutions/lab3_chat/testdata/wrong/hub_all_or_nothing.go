// Package chat is a chat room: whatever one says, everyone hears.
package chat

import "sync"

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub knows who is in the room. Whoever gets the lock delivers all texts that wait, so
// that a crowd of speakers goes over the members once.
type Hub struct {
	mu      sync.Mutex // guards what follows
	members map[*Member]bool
	closed  bool

	desk  sync.Mutex // guards texts; who needs both takes mu first
	texts []string   // that wait, in the order of broadcasting
}

// A Member is one who is in the room, or was.
type Member struct {
	outbox chan string
}

// NewHub returns a room with nobody in it.
func NewHub() *Hub { return &Hub{members: map[*Member]bool{}} }

// Join adds a new member.
func (h *Hub) Join() *Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	m := &Member{outbox: make(chan string, Backlog)}
	if h.closed {
		close(m.outbox)
	} else {
		h.members[m] = true
	}
	return m
}

// remove takes m off the hub. The caller holds the lock.
func (h *Hub) remove(m *Member) {
	if h.members[m] {
		delete(h.members, m)
		close(m.outbox)
	}
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.remove(m)
}

// Broadcast passes text to everyone in the room. When it has the lock, text has been
// delivered by somebody else, or is delivered now.
func (h *Hub) Broadcast(text string) {
	h.desk.Lock()
	h.texts = append(h.texts, text)
	h.desk.Unlock()

	h.mu.Lock()
	defer h.mu.Unlock()
	h.desk.Lock()
	batch := h.texts
	h.texts = nil
	h.desk.Unlock()
	for m := range h.members {
		if Backlog-len(m.outbox) < len(batch) {
			h.remove(m) // better no conversation than one with holes
			continue
		}
		for _, text := range batch {
			m.outbox <- text // there is room, and nobody else sends
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

// Messages returns the channel from which the member hears every message that is
// broadcast while it is in the room, once and in the order of broadcasting. The
// channel is closed when the member leaves or is put out; what waits in it then can
// still be read.
func (m *Member) Messages() <-chan string {
	return m.outbox
}
