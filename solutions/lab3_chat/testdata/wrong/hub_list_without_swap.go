// Package chat is a chat room.
package chat

import (
	"slices"
	"sync"
	"sync/atomic"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub knows who is in the room.
type Hub struct {
	order   sync.Mutex                // who holds it broadcasts
	members atomic.Pointer[[]*Member] // nil: closed
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
func NewHub() *Hub {
	h := new(Hub)
	h.members.Store(new([]*Member))
	return h
}

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// replace puts the list that change makes of the old one in its place, unless the hub is closed.
func (h *Hub) replace(change func([]*Member) []*Member) bool {
	old := h.members.Load()
	if old == nil {
		return false
	}
	list := change(slices.Clone(*old))
	h.members.Store(&list)
	return true
}

// Join adds a new member.
func (h *Hub) Join() *Member {
	m := &Member{outbox: make(chan string, Backlog)}
	if !h.replace(func(list []*Member) []*Member { return append(list, m) }) {
		m.end()
	}
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	h.replace(func(list []*Member) []*Member {
		return slices.DeleteFunc(list, func(other *Member) bool { return other == m })
	})
	m.end()
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	h.order.Lock()
	defer h.order.Unlock()
	if list := h.members.Load(); list != nil {
		for _, m := range *list {
			if !m.send(text) {
				h.Leave(m)
			}
		}
	}
}

// Close puts everyone out.
func (h *Hub) Close() {
	if list := h.members.Swap(nil); list != nil {
		for _, m := range *list {
			m.end()
		}
	}
}
