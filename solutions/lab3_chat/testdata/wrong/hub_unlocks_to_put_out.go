// Package chat is a chat room.
package chat

import (
	"slices"
	"sync"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

type Hub struct {
	mu      sync.Mutex
	members []*Member
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
	h.mu.Lock()
	defer h.mu.Unlock()
	if !m.in {
		return
	}
	m.in = false
	h.members = slices.DeleteFunc(h.members, func(o *Member) bool { return o == m })
	close(m.ch)
}

func (h *Hub) Broadcast(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, m := range slices.Clone(h.members) {
		if !m.in {
			continue // it went while we put out another one
		}
		select {
		case m.ch <- text:
		default:
			h.mu.Unlock() // Leave wants it
			h.Leave(m)
			h.mu.Lock()
		}
	}
}

func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, m := range h.members {
		m.in = false
		close(m.ch)
	}
	h.members = nil
}
