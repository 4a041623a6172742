// Package chat is a chat room.
package chat

import (
	"sync"
)

const Backlog = 64

type Hub struct {
	speak   sync.Mutex
	mu      sync.Mutex
	members map[*Member]bool
	closed  bool
}

type Member struct {
	out  chan string
	gone bool
}

func NewHub() *Hub { return &Hub{members: map[*Member]bool{}} }

func (m *Member) Messages() <-chan string { return m.out }

func (h *Hub) Join() *Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	m := &Member{out: make(chan string, Backlog)}
	if h.closed {
		m.gone = true
		close(m.out)
		return m
	}
	h.members[m] = true
	return m
}

func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return // Close has put it out
	}
	h.putOut(m)
}

func (h *Hub) putOut(m *Member) {
	if !m.gone {
		m.gone = true
		delete(h.members, m)
		close(m.out)
	}
}

// Broadcast first speaks, and then parts with those who had no room.
func (h *Hub) Broadcast(text string) {
	h.speak.Lock()
	defer h.speak.Unlock()
	slow := h.say(text)
	if len(slow) == 0 {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, m := range slow {
		h.putOut(m)
	}
}

func (h *Hub) say(text string) (slow []*Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return nil
	}
	for m := range h.members {
		select {
		case m.out <- text:
		default:
			slow = append(slow, m)
		}
	}
	return slow
}

func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return
	}
	h.closed = true
	for m := range h.members {
		close(m.out)
	}
	h.members = nil
}
