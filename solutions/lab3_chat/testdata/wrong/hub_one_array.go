// Package chat is a chat room.
package chat

import (
	"sync"
)

const Backlog = 64

// A Hub: speak keeps the conversation in one order, mu guards the list. Broadcast works on
// the list as it was when it began, so nobody waits for it.
type Hub struct {
	speak   sync.Mutex
	mu      sync.Mutex
	members []*Member
	closed  bool
}

type Member struct {
	mu     sync.Mutex
	out    chan string
	closed bool
}

func NewHub() *Hub { return &Hub{} }

func (m *Member) Messages() <-chan string { return m.out }

// give reports whether there was room.
func (m *Member) give(text string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return true
	}
	select {
	case m.out <- text:
		return true
	default:
		m.closed = true
		close(m.out)
		return false
	}
}

func (m *Member) end() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.closed {
		m.closed = true
		close(m.out)
	}
}

func (h *Hub) Join() *Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	m := &Member{out: make(chan string, Backlog)}
	if h.closed {
		m.end()
		return m
	}
	h.members = append(h.members, m)
	return m
}

func (h *Hub) forget(m *Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := range h.members {
		if h.members[i] == m {
			h.members = append(h.members[:i], h.members[i+1:]...) // in the array that Broadcast goes through
			return
		}
	}
}

func (h *Hub) Leave(m *Member) {
	h.forget(m)
	m.end()
}

func (h *Hub) Broadcast(text string) {
	h.speak.Lock()
	defer h.speak.Unlock()
	h.mu.Lock()
	members := h.members
	h.mu.Unlock()
	var slow []*Member
	for _, m := range members {
		if !m.give(text) {
			slow = append(slow, m)
		}
	}
	for _, m := range slow {
		h.forget(m)
	}
}

func (h *Hub) Close() {
	h.mu.Lock()
	members := h.members
	h.members, h.closed = nil, true
	h.mu.Unlock()
	for _, m := range members {
		m.end()
	}
}
