// Package chat is a chat room.
package chat

import (
	"sync"
	"sync/atomic"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

type slot struct {
	next   atomic.Pointer[slot]
	member *Member // guarded by Hub.mu
}

type Hub struct {
	free atomic.Pointer[slot]

	mu     sync.Mutex
	slots  []*slot
	closed bool
}

type Member struct {
	slot *slot
	ch   chan string
}

func NewHub() *Hub { return &Hub{} }

func (m *Member) Messages() <-chan string { return m.ch }

// take returns a slot that nobody uses.
func (h *Hub) take() *slot {
	for {
		s := h.free.Load()
		if s == nil {
			s = &slot{}
			h.mu.Lock()
			h.slots = append(h.slots, s)
			h.mu.Unlock()
			return s
		}
		next := s.next.Load()
		if h.free.CompareAndSwap(s, next) {
			return s
		}
	}
}

func (h *Hub) give(s *slot) {
	for {
		head := h.free.Load()
		s.next.Store(head)
		if h.free.CompareAndSwap(head, s) {
			return
		}
	}
}

// empty is called with the lock held. It reports whether m was still there.
func (h *Hub) empty(m *Member) bool {
	if m.slot == nil || m.slot.member != m {
		return false
	}
	m.slot.member = nil
	close(m.ch)
	return true
}

func (h *Hub) Join() *Member {
	m := &Member{ch: make(chan string, Backlog)}
	s := h.take()
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		close(m.ch)
		return m
	}
	m.slot = s
	s.member = m
	return m
}

func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	was := h.empty(m)
	h.mu.Unlock()
	if was {
		h.give(m.slot)
	}
}

func (h *Hub) Broadcast(text string) {
	var freed []*slot
	h.mu.Lock()
	for _, s := range h.slots {
		m := s.member
		if m == nil {
			continue
		}
		select {
		case m.ch <- text:
		default:
			h.empty(m)
			freed = append(freed, s)
		}
	}
	h.mu.Unlock()
	for _, s := range freed {
		h.give(s)
	}
}

func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, s := range h.slots {
		if s.member != nil {
			h.empty(s.member)
		}
	}
}
