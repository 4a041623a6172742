// Package chat is a chat room.
package chat

import (
	"sync"
)

const Backlog = 64

type Hub struct {
	mu      sync.Mutex
	members map[*Member]bool
	closed  bool
}

// A Member has its outbox from when it is first needed.
type Member struct{ out chan string }

func NewHub() *Hub { return &Hub{members: map[*Member]bool{}} }

func (m *Member) outbox() chan string {
	if m.out == nil {
		m.out = make(chan string, Backlog)
	}
	return m.out
}

func (m *Member) Messages() <-chan string { return m.outbox() }

func (h *Hub) Join() *Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	m := &Member{}
	if h.closed {
		close(m.outbox())
	} else {
		h.members[m] = true
	}
	return m
}

func (h *Hub) remove(m *Member) {
	if h.members[m] {
		delete(h.members, m)
		close(m.outbox())
	}
}

func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.remove(m)
}

func (h *Hub) Broadcast(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for m := range h.members {
		select {
		case m.outbox() <- text:
		default:
			h.remove(m)
		}
	}
}

func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for m := range h.members {
		h.remove(m)
	}
}
