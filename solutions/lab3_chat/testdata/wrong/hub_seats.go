// Package chat is a chat room.
package chat

import (
	"sync"
)

const Backlog = 64

// A Hub has seats. One that has become free is used again.
type Hub struct {
	mu     sync.Mutex
	seats  []*seat
	free   []*seat
	closed bool
}

type seat struct {
	taken bool
	out   chan string
}

type Member struct {
	seat *seat
	out  chan string
}

func NewHub() *Hub { return &Hub{} }

func (m *Member) Messages() <-chan string { return m.out }

func (h *Hub) Join() *Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := make(chan string, Backlog)
	if h.closed {
		close(out)
		return &Member{seat: &seat{}, out: out}
	}
	var s *seat
	if n := len(h.free); n > 0 {
		s = h.free[n-1]
		h.free = h.free[:n-1]
	} else {
		s = &seat{}
		h.seats = append(h.seats, s)
	}
	s.taken, s.out = true, out
	return &Member{seat: s, out: out}
}

func (h *Hub) clear(s *seat) {
	if s.taken {
		s.taken = false
		close(s.out)
		h.free = append(h.free, s)
	}
}

func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.clear(m.seat)
}

func (h *Hub) Broadcast(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.seats {
		if !s.taken {
			continue
		}
		select {
		case s.out <- text:
		default:
			h.clear(s)
		}
	}
}

func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, s := range h.seats {
		h.clear(s)
	}
}
