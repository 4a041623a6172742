// Right: each caller hangs its own channel at the end of a queue, with one Swap, and waits for that of the one before.

package chat

import (
	"sync/atomic"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

type Hub struct {
	last    atomic.Pointer[chan struct{}]
	members map[*Member]bool
	closed  bool
}

type Member struct {
	ch chan string
}

func NewHub() *Hub {
	h := &Hub{members: map[*Member]bool{}}
	free := make(chan struct{})
	close(free)
	h.last.Store(&free)
	return h
}

// lock waits for its turn, and returns what ends it.
func (h *Hub) lock() (unlock func()) {
	mine := make(chan struct{})
	<-*h.last.Swap(&mine)
	return func() { close(mine) }
}

func (m *Member) Messages() <-chan string { return m.ch }

func (h *Hub) Join() *Member {
	m := &Member{ch: make(chan string, Backlog)}
	defer h.lock()()
	if h.closed {
		close(m.ch)
	} else {
		h.members[m] = true
	}
	return m
}

func (h *Hub) out(m *Member) {
	if h.members[m] {
		delete(h.members, m)
		close(m.ch)
	}
}

func (h *Hub) Leave(m *Member) {
	defer h.lock()()
	h.out(m)
}

func (h *Hub) Broadcast(text string) {
	defer h.lock()()
	for m := range h.members {
		select {
		case m.ch <- text:
		default:
			h.out(m)
		}
	}
}

func (h *Hub) Close() {
	defer h.lock()()
	h.closed = true
	for m := range h.members {
		h.out(m)
	}
}
