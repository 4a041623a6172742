// Package chat is a chat room.
package chat

import (
	"sync"
)

const Backlog = 64

type Hub struct {
	speak   sync.Mutex // one talks at a time
	mu      sync.Mutex
	members []*Member
	closed  bool
}

type Member struct {
	mu   sync.Mutex
	out  chan string
	gone bool
}

func NewHub() *Hub { return &Hub{} }

func (m *Member) Messages() <-chan string { return m.out }

func (m *Member) give(text string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.gone {
		return false
	}
	select {
	case m.out <- text:
		return true
	default:
		m.gone = true
		close(m.out)
		return false
	}
}

func (h *Hub) Join() *Member {
	m := &Member{out: make(chan string, Backlog)}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		m.gone = true
		close(m.out)
		return m
	}
	h.members = append(h.members, m)
	return m
}

// Leave only lets the member go: the next Broadcast takes it off the list.
func (h *Hub) Leave(m *Member) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.gone {
		m.gone = true
		close(m.out)
	}
}

func (h *Hub) Broadcast(text string) {
	h.speak.Lock()
	defer h.speak.Unlock()
	h.mu.Lock()
	members := h.members
	h.mu.Unlock()
	var here []*Member
	for _, m := range members {
		if m.give(text) {
			here = append(here, m)
		}
	}
	if len(here) < len(members) {
		h.mu.Lock()
		h.members = here // and who has joined since?
		h.mu.Unlock()
	}
}

func (h *Hub) Close() {
	h.mu.Lock()
	members := h.members
	h.members, h.closed = nil, true
	h.mu.Unlock()
	for _, m := range members {
		h.Leave(m)
	}
}
