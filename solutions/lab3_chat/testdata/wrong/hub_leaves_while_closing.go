// Package chat is a chat room.
package chat

import (
	"sync"
	"sync/atomic"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

type Hub struct {
	closing atomic.Bool

	mu      sync.Mutex
	members map[*Member]struct{}
	closed  bool
}

type Member struct {
	ch chan string
}

func NewHub() *Hub { return &Hub{members: map[*Member]struct{}{}} }

func (m *Member) Messages() <-chan string { return m.ch }

func (h *Hub) Join() *Member {
	m := &Member{ch: make(chan string, Backlog)}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		close(m.ch)
		return m
	}
	h.members[m] = struct{}{}
	return m
}

func (h *Hub) out(m *Member) {
	if _, ok := h.members[m]; ok {
		delete(h.members, m)
		close(m.ch)
	}
}

func (h *Hub) Leave(m *Member) {
	if h.closing.Load() {
		return // Close puts everyone out
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.out(m)
}

func (h *Hub) Broadcast(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for m := range h.members {
		select {
		case m.ch <- text:
		default:
			h.out(m)
		}
	}
}

func (h *Hub) Close() {
	h.closing.Store(true)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for m := range h.members {
		h.out(m)
	}
}
