// Package chat is a chat room.
package chat

import (
	"sync"
)

const Backlog = 64

// Whoever speaks while somebody else does hands over the text, and need not wait.
type Hub struct {
	mu       sync.Mutex
	members  map[*Member]bool
	closed   bool
	speaking bool
	texts    []string // not yet said
}

type Member struct {
	mu   sync.Mutex
	out  chan string
	gone bool
}

func NewHub() *Hub { return &Hub{members: map[*Member]bool{}} }

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

func (m *Member) end() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.gone {
		m.gone = true
		close(m.out)
	}
}

func (h *Hub) Join() *Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	m := &Member{out: make(chan string, Backlog)}
	if h.closed {
		m.end()
	} else {
		h.members[m] = true
	}
	return m
}

func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	delete(h.members, m)
	h.mu.Unlock()
	m.end()
}

func (h *Hub) Broadcast(text string) {
	h.mu.Lock()
	h.texts = append(h.texts, text)
	if h.speaking {
		h.mu.Unlock()
		return // the one who speaks says it too
	}
	h.speaking = true
	for len(h.texts) > 0 {
		last := len(h.texts) - 1
		text := h.texts[last]
		h.texts = h.texts[:last]
		var here []*Member
		for m := range h.members {
			here = append(here, m)
		}
		h.mu.Unlock()
		for _, m := range here {
			if !m.give(text) {
				h.Leave(m)
			}
		}
		h.mu.Lock()
	}
	h.speaking = false
	h.mu.Unlock()
}

func (h *Hub) Close() {
	h.mu.Lock()
	h.closed = true
	var here []*Member
	for m := range h.members {
		here = append(here, m)
	}
	h.mu.Unlock()
	for _, m := range here {
		h.Leave(m)
	}
}
