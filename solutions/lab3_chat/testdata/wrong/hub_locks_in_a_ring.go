// Package chat is a chat room.
package chat

import (
	"sync"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// Each two of Join, Leave, Broadcast and Close have a lock in common.
type Hub struct {
	door sync.Mutex // Join, Broadcast
	list sync.Mutex // Join, Leave, Close
	box  sync.Mutex // Leave, Broadcast, Close

	members map[*Member]struct{}
	closed  bool // guarded by door
}

type Member struct {
	ch chan string
}

func NewHub() *Hub { return &Hub{members: map[*Member]struct{}{}} }

func (m *Member) Messages() <-chan string { return m.ch }

func (h *Hub) out(m *Member) {
	if _, ok := h.members[m]; ok {
		delete(h.members, m)
		close(m.ch)
	}
}

func (h *Hub) Join() *Member {
	m := &Member{ch: make(chan string, Backlog)}
	h.door.Lock()
	defer h.door.Unlock()
	if h.closed {
		close(m.ch)
		return m
	}
	h.list.Lock()
	defer h.list.Unlock()
	h.members[m] = struct{}{}
	return m
}

func (h *Hub) Leave(m *Member) {
	h.list.Lock()
	defer h.list.Unlock()
	h.box.Lock()
	defer h.box.Unlock()
	h.out(m)
}

func (h *Hub) Broadcast(text string) {
	h.box.Lock()
	defer h.box.Unlock()
	h.door.Lock()
	defer h.door.Unlock()
	if h.closed {
		return
	}
	for m := range h.members {
		select {
		case m.ch <- text:
		default:
			h.out(m)
		}
	}
}

func (h *Hub) Close() {
	h.door.Lock()
	h.closed = true
	h.door.Unlock()

	h.list.Lock()
	defer h.list.Unlock()
	h.box.Lock()
	defer h.box.Unlock()
	for m := range h.members {
		h.out(m)
	}
}
