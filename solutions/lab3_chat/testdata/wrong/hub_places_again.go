package chat

import "sync"

const Backlog = 64

type slot struct {
	outbox     chan string // nil: free
	generation int
}

type Hub struct {
	speak  sync.Mutex // held for the whole of a Broadcast
	mu     sync.Mutex
	slots  []slot
	free   []int
	closed bool
}

type Member struct {
	hub        *Hub
	slot       int
	generation int
	outbox     chan string
}

func NewHub() *Hub { return &Hub{} }

func (m *Member) Messages() <-chan string { return m.outbox }

func (h *Hub) Join() *Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	m := &Member{hub: h, outbox: make(chan string, Backlog)}
	if h.closed {
		close(m.outbox)
		m.generation = -1
		return m
	}
	if n := len(h.free); n > 0 {
		m.slot = h.free[n-1]
		h.free = h.free[:n-1]
	} else {
		m.slot = len(h.slots)
		h.slots = append(h.slots, slot{})
	}
	h.slots[m.slot].outbox = m.outbox
	m.generation = h.slots[m.slot].generation
	return m
}

func (h *Hub) release(i int) {
	s := &h.slots[i]
	if s.outbox == nil {
		return
	}
	close(s.outbox)
	s.outbox = nil
	s.generation++
	h.free = append(h.free, i)
}

func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if m.hub == h && m.generation >= 0 && h.slots[m.slot].generation == m.generation {
		h.release(m.slot)
	}
}

func (h *Hub) Broadcast(text string) {
	h.speak.Lock()
	defer h.speak.Unlock()
	if full := h.pass(text); len(full) > 0 {
		h.putOut(full)
	}
}

func (h *Hub) pass(text string) (full []int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, s := range h.slots {
		if s.outbox == nil {
			continue
		}
		select {
		case s.outbox <- text:
		default:
			full = append(full, i)
		}
	}
	return full
}

func (h *Hub) putOut(full []int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, i := range full {
		h.release(i)
	}
}

func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for i := range h.slots {
		h.release(i)
	}
}
