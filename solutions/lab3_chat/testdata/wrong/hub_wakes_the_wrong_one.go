// Package chat is a chat room.
package chat

import (
	"sync"
)

const Backlog = 64

// While somebody speaks, the list does not change.
type Hub struct {
	mu      sync.Mutex
	quiet   *sync.Cond
	talking bool
	members map[*Member]bool
	closed  bool
}

type Member struct {
	out chan string
}

func NewHub() *Hub {
	h := &Hub{members: map[*Member]bool{}}
	h.quiet = sync.NewCond(&h.mu)
	return h
}

func (m *Member) Messages() <-chan string { return m.out }

// begin waits until nobody talks.
func (h *Hub) begin() {
	h.mu.Lock()
	for h.talking {
		h.quiet.Wait()
	}
}

func (h *Hub) Join() *Member {
	h.begin()
	defer h.mu.Unlock()
	m := &Member{out: make(chan string, Backlog)}
	if h.closed {
		close(m.out)
	} else {
		h.members[m] = true
	}
	h.quiet.Signal()
	return m
}

func (h *Hub) Leave(m *Member) {
	h.begin()
	defer h.mu.Unlock()
	h.remove(m)
}

func (h *Hub) remove(m *Member) {
	if h.members[m] {
		delete(h.members, m)
		close(m.out)
	}
}

func (h *Hub) Broadcast(text string) {
	h.begin()
	h.talking = true
	h.mu.Unlock()
	var slow []*Member
	for m := range h.members {
		select {
		case m.out <- text:
		default:
			slow = append(slow, m)
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, m := range slow {
		h.remove(m)
	}
	h.talking = false
	h.quiet.Signal()
}

func (h *Hub) Close() {
	h.begin()
	defer h.mu.Unlock()
	h.closed = true
	for m := range h.members {
		h.remove(m)
	}
	h.quiet.Signal()
}
