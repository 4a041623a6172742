// Package chat is a chat room.
package chat

import (
	"slices"
	"sync"
)

const Backlog = 64

type Hub struct {
	speak   sync.Mutex // one talks at a time
	mu      sync.Mutex
	members []*Member
	closed  bool
}

type Member struct{ out chan string }

func NewHub() *Hub { return &Hub{} }

func (m *Member) Messages() <-chan string { return m.out }

func (h *Hub) Join() *Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	m := &Member{out: make(chan string, Backlog)}
	if h.closed {
		close(m.out)
	} else {
		h.members = append(h.members, m)
	}
	return m
}

func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if i := slices.Index(h.members, m); i >= 0 {
		h.members = slices.Delete(h.members, i, i+1)
		close(m.out)
	}
}

func (h *Hub) Broadcast(text string) {
	h.speak.Lock()
	defer h.speak.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := 0; i < len(h.members); i++ {
		m := h.members[i]
		select {
		case m.out <- text:
		default:
			h.mu.Unlock() // Leave takes it
			h.Leave(m)
			h.mu.Lock()
			i-- // the next one has moved up
		}
	}
}

func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, m := range h.members {
		close(m.out)
	}
	h.members = nil
}
