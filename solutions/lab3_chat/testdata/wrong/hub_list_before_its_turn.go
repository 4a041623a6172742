// Package chat is a chat room: whatever one says, everyone hears.
package chat

import (
	"slices"
	"sync"
	"sync/atomic"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub has a list of its members that is never changed, only replaced.
type Hub struct {
	members atomic.Pointer[[]*Member]

	mu     sync.Mutex // guards the replacing, the sending and the closing
	closed bool
}

// A Member is one who is in the room, or was.
type Member struct {
	outbox chan string
	out    bool // outbox is closed; guarded by the hub's mu
}

// NewHub returns a room with nobody in it.
func NewHub() *Hub {
	h := &Hub{}
	h.members.Store(&[]*Member{})
	return h
}

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// Join adds a new member.
func (h *Hub) Join() *Member {
	m := &Member{outbox: make(chan string, Backlog)}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		m.out = true
		close(m.outbox)
		return m
	}
	members := append(slices.Clone(*h.members.Load()), m)
	h.members.Store(&members)
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.putOut(m)
}

// putOut needs the lock.
func (h *Hub) putOut(m *Member) {
	if m.out {
		return
	}
	m.out = true
	close(m.outbox)
	members := slices.DeleteFunc(slices.Clone(*h.members.Load()), func(other *Member) bool { return other == m })
	h.members.Store(&members)
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	members := *h.members.Load() // needs no lock: nobody changes this list
	if len(members) == 0 {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, m := range members {
		if m.out {
			continue
		}
		select {
		case m.outbox <- text:
		default:
			h.putOut(m)
		}
	}
}

// Close puts everyone out.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, m := range *h.members.Load() {
		h.putOut(m)
	}
}
