// Package chat is a chat room.
package chat

import (
	"sync"
	"sync/atomic"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub knows who is in the room.
type Hub struct {
	order   sync.Mutex // who holds it broadcasts
	members sync.Map   // of *Member
	closed  atomic.Bool
}

// A Member is one who is in the room, or was.
type Member struct {
	mu     sync.Mutex // for a send or for the close
	gone   bool
	outbox chan string
}

// send reports whether m had room for text.
func (m *Member) send(text string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.gone {
		return true // somebody else has taken it off
	}
	select {
	case m.outbox <- text:
		return true
	default:
		return false
	}
}

// end closes the channel, once.
func (m *Member) end() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.gone {
		m.gone = true
		close(m.outbox)
	}
}

// NewHub returns a room with nobody in it.
func NewHub() *Hub { return new(Hub) }

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// Join adds a new member.
func (h *Hub) Join() *Member {
	m := &Member{outbox: make(chan string, Backlog)}
	if h.closed.Load() {
		m.end()
		return m
	}
	h.members.Store(m, true)
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	h.members.Delete(m)
	m.end()
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	h.order.Lock()
	defer h.order.Unlock()
	h.members.Range(func(m, _ any) bool {
		if !m.(*Member).send(text) {
			h.Leave(m.(*Member))
		}
		return true
	})
}

// Close puts everyone out.
func (h *Hub) Close() {
	h.closed.Store(true)
	h.members.Range(func(m, _ any) bool {
		h.Leave(m.(*Member))
		return true
	})
}
