// Package chat is a chat room: whatever one says, everyone hears.
package chat

import "sync"

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub knows who is in the room and passes on what is said.
type Hub struct {
	mu        sync.Mutex // guards what follows
	news      *sync.Cond // a text has come, a text is delivered, the hub is closed
	queue     []string
	asked     uint64 // texts that have come so far
	delivered uint64 // texts that have been delivered so far
	members   map[*Member]bool
	closed    bool
	gone      chan struct{} // closed when the dispatcher is
}

// A Member is one who is in the room, or was.
type Member struct {
	outbox chan string
}

// NewHub returns a room with nobody in it.
func NewHub() *Hub {
	h := &Hub{members: map[*Member]bool{}, gone: make(chan struct{})}
	h.news = sync.NewCond(&h.mu)
	go h.dispatch()
	return h
}

func (h *Hub) dispatch() {
	defer close(h.gone)
	for h.next() {
	}
}

// next waits for a text and delivers it. It reports false when the hub is closed.
func (h *Hub) next() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	for len(h.queue) == 0 && !h.closed {
		h.news.Wait()
	}
	if h.closed {
		return false
	}
	text := h.queue[0]
	h.queue = h.queue[1:]
	for m := range h.members {
		select {
		case m.outbox <- text:
		default:
			h.remove(m)
		}
	}
	h.delivered++
	h.news.Signal()
	return true
}

// Messages returns the channel from which the member hears every message.
func (m *Member) Messages() <-chan string { return m.outbox }

// Join adds a new member.
func (h *Hub) Join() *Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	m := &Member{outbox: make(chan string, Backlog)}
	if h.closed {
		close(m.outbox)
	} else {
		h.members[m] = true
	}
	return m
}

// Leave takes m off the hub. If m is not there any more, Leave does nothing.
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

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return
	}
	h.queue = append(h.queue, text)
	h.asked++
	mine := h.asked
	h.news.Signal()
	for h.delivered < mine && !h.closed {
		h.news.Wait()
	}
}

// Close puts everyone out. From then on Broadcast and Leave do nothing.
func (h *Hub) Close() {
	h.mu.Lock()
	h.closed = true
	for m := range h.members {
		h.remove(m)
	}
	h.news.Broadcast()
	h.mu.Unlock()
	<-h.gone
}
