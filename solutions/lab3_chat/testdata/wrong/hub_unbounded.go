// Package chat is a chat room.
package chat

import "sync"

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub knows who is in the room.
type Hub struct {
	mu      sync.Mutex
	members map[*Member]bool
	closed  bool
}

// A Member has a queue that grows as long as it does not read.
type Member struct {
	outbox chan string
	mu     sync.Mutex
	news   *sync.Cond
	queue  []string
	gone   bool
}

// NewHub returns a room with nobody in it.
func NewHub() *Hub { return &Hub{members: map[*Member]bool{}} }

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// pump moves what is in the queue to the outbox.
func (m *Member) pump() {
	defer close(m.outbox)
	for {
		m.mu.Lock()
		for len(m.queue) == 0 && !m.gone {
			m.news.Wait()
		}
		if len(m.queue) == 0 || m.gone && len(m.outbox) == cap(m.outbox) {
			m.mu.Unlock()
			return
		}
		text := m.queue[0]
		m.queue = m.queue[1:]
		m.mu.Unlock()
		m.outbox <- text
	}
}

// Join adds a new member.
func (h *Hub) Join() *Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	m := &Member{outbox: make(chan string, Backlog)}
	m.news = sync.NewCond(&m.mu)
	m.gone = h.closed
	h.members[m] = !h.closed
	go m.pump()
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.members, m)
	m.change(func() { m.gone = true })
}

func (m *Member) change(f func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f()
	m.news.Signal()
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for m := range h.members {
		m.change(func() { m.queue = append(m.queue, text) })
	}
}

// Close puts everyone out.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for m := range h.members {
		delete(h.members, m)
		m.change(func() { m.gone = true })
	}
}
