package chat

import "sync"

const Backlog = 64

type Hub struct {
	mu      sync.Mutex
	members map[*Member]bool
	closed  bool
	pumps   sync.WaitGroup
}

type Member struct {
	mu     sync.Mutex
	wake   *sync.Cond
	queue  []string
	gone   bool
	outbox chan string
}

func NewHub() *Hub { return &Hub{members: map[*Member]bool{}} }

func (m *Member) Messages() <-chan string { return m.outbox }

func (h *Hub) Join() *Member {
	m := &Member{outbox: make(chan string, Backlog)}
	m.wake = sync.NewCond(&m.mu)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		close(m.outbox)
		return m
	}
	h.members[m] = true
	h.pumps.Add(1)
	go func() {
		defer h.pumps.Done()
		m.pump()
	}()
	return m
}

// pump carries texts from the queue to the outbox. There is room for all that Broadcast lets in.
func (m *Member) pump() {
	defer close(m.outbox)
	for {
		text, ok := m.take()
		if !ok {
			return
		}
		m.outbox <- text
	}
}

func (m *Member) take() (string, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for len(m.queue) == 0 && !m.gone {
		m.wake.Wait()
	}
	if len(m.queue) == 0 {
		return "", false
	}
	text := m.queue[0]
	m.queue = m.queue[1:]
	return text, true
}

func (m *Member) put(text string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.queue)+len(m.outbox) >= Backlog {
		return false
	}
	m.queue = append(m.queue, text)
	m.wake.Signal()
	return true
}

func (h *Hub) remove(m *Member) {
	if !h.members[m] {
		return
	}
	delete(h.members, m)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.gone = true
	m.wake.Signal()
}

func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.remove(m)
}

func (h *Hub) Broadcast(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for m := range h.members {
		if !m.put(text) {
			h.remove(m)
		}
	}
}

func (h *Hub) Close() {
	h.mu.Lock()
	h.closed = true
	for m := range h.members {
		h.remove(m)
	}
	h.mu.Unlock()
	h.pumps.Wait()
}
