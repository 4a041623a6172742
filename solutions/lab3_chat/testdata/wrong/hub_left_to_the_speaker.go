package chat

import "sync"

const Backlog = 64

type said struct {
	text   string
	number int
}

type Hub struct {
	mu      sync.Mutex
	members map[*Member]bool
	queue   []said
	number  int
	pumping bool
	closed  bool
}

type Member struct {
	outbox chan string
	since  int // hears what has a greater number
}

func NewHub() *Hub { return &Hub{members: map[*Member]bool{}} }

func (m *Member) Messages() <-chan string { return m.outbox }

func (h *Hub) Join() *Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	m := &Member{outbox: make(chan string, Backlog), since: h.number}
	if h.closed {
		close(m.outbox)
	} else {
		h.members[m] = true
	}
	return m
}

func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.remove(m)
}

func (h *Hub) remove(m *Member) {
	if h.members[m] {
		delete(h.members, m)
		close(m.outbox)
	}
}

func (h *Hub) Broadcast(text string) {
	h.mu.Lock()
	if h.closed {
		h.mu.Unlock()
		return
	}
	h.number++
	h.queue = append(h.queue, said{text, h.number})
	if h.pumping {
		h.mu.Unlock()
		return // it will be passed on by the one who does it already
	}
	h.pumping = true
	h.mu.Unlock()
	for h.step() {
	}
}

// step passes on one message, and lets others in before the next one.
func (h *Hub) step() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.queue) == 0 {
		h.pumping = false
		return false
	}
	h.deliver()
	return true
}

func (h *Hub) deliver() {
	s := h.queue[0]
	h.queue = h.queue[1:]
	for m := range h.members {
		if s.number <= m.since {
			continue
		}
		select {
		case m.outbox <- s.text:
		default:
			h.remove(m)
		}
	}
}

func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for len(h.queue) > 0 {
		h.deliver()
	}
	h.closed = true
	for m := range h.members {
		h.remove(m)
	}
}
