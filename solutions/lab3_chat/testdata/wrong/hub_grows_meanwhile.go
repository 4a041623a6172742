// Package chat is a chat room.
package chat

import (
	"slices"
	"sync"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

type Hub struct {
	speak sync.Mutex // who speaks, leaves or closes; before mu

	mu      sync.Mutex
	members []*Member // grows under mu, shrinks under both
	closed  bool
}

type Member struct {
	in bool // guarded by Hub.mu
	ch chan string
}

func NewHub() *Hub { return &Hub{} }

func (m *Member) Messages() <-chan string { return m.ch }

func (h *Hub) Join() *Member {
	m := &Member{ch: make(chan string, Backlog)}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		close(m.ch)
		return m
	}
	m.in = true
	h.members = append(h.members, m)
	return m
}

func (h *Hub) Leave(m *Member) {
	h.speak.Lock()
	defer h.speak.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	if !m.in {
		return
	}
	m.in = false
	close(m.ch)
	h.members = slices.DeleteFunc(h.members, func(o *Member) bool { return o == m })
}

// at returns member number i, or nil after the last one.
func (h *Hub) at(i int) *Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	if i >= len(h.members) {
		return nil
	}
	return h.members[i]
}

func (h *Hub) Broadcast(text string) {
	h.speak.Lock()
	defer h.speak.Unlock()
	var full []*Member
	for i := 0; ; i++ {
		m := h.at(i)
		if m == nil {
			break
		}
		select {
		case m.ch <- text:
		default:
			full = append(full, m)
		}
	}
	if len(full) == 0 {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, m := range full {
		m.in = false
		close(m.ch)
	}
	h.members = slices.DeleteFunc(h.members, func(o *Member) bool { return !o.in })
}

func (h *Hub) Close() {
	h.speak.Lock()
	defer h.speak.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, m := range h.members {
		m.in = false
		close(m.ch)
	}
	h.members = nil
}
