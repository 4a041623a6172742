// Package chat is a chat room.
package chat

import (
	"sync"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

type Hub struct {
	mu      sync.Mutex
	members map[*Member]struct{}
	closed  bool
}

type Member struct {
	mu      sync.RWMutex
	gone    bool
	waiting []string    // as long as nobody has asked for the channel
	ch      chan string // nil until then
}

func NewHub() *Hub { return &Hub{members: map[*Member]struct{}{}} }

func (m *Member) Messages() <-chan string {
	m.mu.RLock()
	ch := m.ch
	m.mu.RUnlock()
	if ch != nil {
		return ch
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ch = make(chan string, Backlog)
	for _, text := range m.waiting {
		m.ch <- text // there is room for all of them
	}
	m.waiting = nil
	if m.gone {
		close(m.ch)
	}
	return m.ch
}

// hear reports whether there was room.
func (m *Member) hear(text string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.ch == nil {
		if len(m.waiting) == Backlog {
			return false
		}
		m.waiting = append(m.waiting, text)
		return true
	}
	select {
	case m.ch <- text:
		return true
	default:
		return false
	}
}

func (m *Member) shut() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.gone = true
	if m.ch != nil {
		close(m.ch)
	}
}

func (h *Hub) Join() *Member {
	m := &Member{}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		m.shut()
		return m
	}
	h.members[m] = struct{}{}
	return m
}

func (h *Hub) out(m *Member) {
	if _, ok := h.members[m]; ok {
		delete(h.members, m)
		m.shut()
	}
}

func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.out(m)
}

func (h *Hub) Broadcast(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for m := range h.members {
		if !m.hear(text) {
			h.out(m)
		}
	}
}

func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for m := range h.members {
		h.out(m)
	}
}
