package chat

import "sync"

const Backlog = 64

type Hub struct {
	turn     sync.Mutex     // one speaks at a time
	speaking sync.WaitGroup // counts who speaks, to those who were in the room when they began

	mu      sync.Mutex // guards what follows
	members map[*Member]bool
	closed  bool
}

type Member struct {
	hub    *Hub
	outbox chan string
	gone   chan struct{} // closed after the outbox
}

func NewHub() *Hub {
	return &Hub{members: map[*Member]bool{}}
}

func (m *Member) Messages() <-chan string { return m.outbox }

func (m *Member) end() {
	close(m.outbox)
	close(m.gone)
}

func (h *Hub) Join() *Member {
	m := &Member{hub: h, outbox: make(chan string, Backlog), gone: make(chan struct{})}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		m.end()
		return m
	}
	h.members[m] = true
	return m
}

func (h *Hub) Leave(m *Member) {
	if m.hub != h {
		return
	}
	h.mu.Lock()
	here := h.members[m]
	delete(h.members, m)
	h.mu.Unlock()
	if here {
		h.speaking.Wait() // who still speaks may speak to m; from the next one on nobody does
		m.end()
	}
	<-m.gone
}

func (h *Hub) Broadcast(text string) {
	h.turn.Lock()
	defer h.turn.Unlock()
	for _, m := range h.say(text) {
		h.Leave(m)
	}
}

func (h *Hub) say(text string) (full []*Member) {
	h.mu.Lock()
	members := make([]*Member, 0, len(h.members))
	for m := range h.members {
		members = append(members, m)
	}
	h.speaking.Add(1)
	h.mu.Unlock()
	defer h.speaking.Done()
	for _, m := range members {
		select {
		case m.outbox <- text:
		default:
			full = append(full, m)
		}
	}
	return full
}

func (h *Hub) Close() {
	h.mu.Lock()
	h.closed = true
	members := h.members
	h.members = map[*Member]bool{}
	h.mu.Unlock()
	h.speaking.Wait()
	for m := range members {
		m.end()
	}
}
