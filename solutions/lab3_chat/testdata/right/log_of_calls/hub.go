// Right: each call goes into a lock-free log; whoever has the lock carries out all that is in it, in order, also for the others.

package chat

import (
	"sync"
	"sync/atomic"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

type op struct {
	below *op // pushed before this one
	run   func()
}

type Hub struct {
	top atomic.Pointer[op]

	mu      sync.Mutex
	members []*Member
	closed  bool
}

type Member struct {
	in bool
	ch chan string
}

func NewHub() *Hub { return &Hub{} }

func (h *Hub) do(run func()) {
	o := &op{run: run}
	for {
		o.below = h.top.Load()
		if h.top.CompareAndSwap(o.below, o) {
			break
		}
	}
	h.mu.Lock() // who had it before us may have done our op already
	defer h.mu.Unlock()
	var first *op
	for o := h.top.Swap(nil); o != nil; {
		below := o.below
		o.below = first
		first, o = o, below
	}
	for o := first; o != nil; o = o.below {
		o.run()
	}
}

func (m *Member) Messages() <-chan string { return m.ch }

func (h *Hub) Join() *Member {
	m := &Member{ch: make(chan string, Backlog)}
	h.do(func() {
		if h.closed {
			close(m.ch)
			return
		}
		m.in = true
		h.members = append(h.members, m)
	})
	return m
}

// sweep takes off all for whom gone is true.
func (h *Hub) sweep(gone func(*Member) bool) {
	stay := h.members[:0]
	for _, m := range h.members {
		if gone(m) {
			m.in = false
			close(m.ch)
		} else {
			stay = append(stay, m)
		}
	}
	clear(h.members[len(stay):])
	h.members = stay
}

func (h *Hub) Leave(m *Member) {
	h.do(func() {
		if m.in {
			h.sweep(func(o *Member) bool { return o == m })
		}
	})
}

func (h *Hub) Broadcast(text string) {
	h.do(func() {
		h.sweep(func(m *Member) bool {
			select {
			case m.ch <- text:
				return false
			default:
				return true
			}
		})
	})
}

func (h *Hub) Close() {
	h.do(func() {
		h.closed = true
		h.sweep(func(*Member) bool { return true })
	})
}
