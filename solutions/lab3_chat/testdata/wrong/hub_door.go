package chat

import (
	"sync"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub knows who is in the room. Nobody who joins waits for one who speaks.
type Hub struct {
	mu      sync.Mutex // guards members
	members map[*Member]bool

	door    sync.Mutex // guards pending; taken after mu, or alone
	pending []*Member  // joined while somebody spoke
	closed  bool       // written with both locks, read with one
}

type Member struct{ outbox chan string }

func NewHub() *Hub { return &Hub{members: map[*Member]bool{}} }

func (m *Member) Messages() <-chan string { return m.outbox }

func (h *Hub) Join() *Member {
	m := &Member{outbox: make(chan string, Backlog)}
	if h.mu.TryLock() {
		defer h.mu.Unlock()
		if h.closed {
			close(m.outbox)
		} else {
			h.members[m] = true
		}
		return m
	}
	h.door.Lock()
	defer h.door.Unlock()
	if h.closed {
		close(m.outbox)
	} else {
		h.pending = append(h.pending, m)
	}
	return m
}

// admit makes members of those who wait at the door. The caller holds mu and door.
func (h *Hub) admit() {
	for _, m := range h.pending {
		h.members[m] = true
	}
	h.pending = nil
}

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

func (h *Hub) Broadcast(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.door.Lock()
	h.admit()
	h.door.Unlock()
	for m := range h.members {
		select {
		case m.outbox <- text:
		default:
			h.remove(m)
		}
	}
}

func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.door.Lock()
	defer h.door.Unlock()
	h.closed = true
	h.admit()
	for m := range h.members {
		h.remove(m)
	}
}
