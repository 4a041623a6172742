// Right: each member has a queue, and a goroutine that moves it into the channel.

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

// A Member is one who is in the room, or was. What stands in the queue and in the outbox
// is never more than fits into the outbox, so pump never waits for the one who reads.
type Member struct {
	mu     sync.Mutex
	news   *sync.Cond
	queue  []string
	gone   bool
	outbox chan string
}

// NewHub returns a room with nobody in it.
func NewHub() *Hub { return &Hub{members: map[*Member]bool{}} }

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// pump ends when the member has gone and the queue is empty.
func (m *Member) pump() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for {
		for _, text := range m.queue {
			m.outbox <- text
		}
		m.queue = nil
		if m.gone {
			close(m.outbox)
			return
		}
		m.news.Wait()
	}
}

// put reports whether there was room for text.
func (m *Member) put(text string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.queue)+len(m.outbox) == cap(m.outbox) {
		return false
	}
	m.queue = append(m.queue, text)
	m.news.Signal()
	return true
}

func (m *Member) end() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.gone = true
	m.news.Signal()
}

// Join adds a new member.
func (h *Hub) Join() *Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	m := &Member{outbox: make(chan string, Backlog), gone: h.closed}
	m.news = sync.NewCond(&m.mu)
	if !h.closed {
		h.members[m] = true
	}
	go m.pump()
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.remove(m)
}

func (h *Hub) remove(m *Member) {
	if h.members[m] {
		delete(h.members, m)
		m.end()
	}
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for m := range h.members {
		if !m.put(text) {
			h.remove(m)
		}
	}
}

// Close puts everyone out.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for m := range h.members {
		h.remove(m)
	}
}
