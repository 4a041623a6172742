// Package chat is a chat room: whatever one says, everyone hears.
package chat

import "sync"

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub knows who is in the room.
type Hub struct {
	mu      sync.Mutex
	members map[*Member]bool // nil when closed

	saying sync.Mutex
	queue  []string // what is to be said
	busy   bool     // somebody is saying it
}

// A Member is one who is in the room, or was.
type Member struct {
	out chan string
}

// NewHub returns a room with nobody in it.
func NewHub() *Hub { return &Hub{members: map[*Member]bool{}} }

// Messages returns the channel of the member.
func (m *Member) Messages() <-chan string { return m.out }

// Join adds a new member.
func (h *Hub) Join() *Member {
	m := &Member{out: make(chan string, Backlog)}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.members == nil {
		close(m.out)
		return m
	}
	h.members[m] = true
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.members[m] {
		delete(h.members, m)
		close(m.out)
	}
}

// Broadcast passes text to everyone in the room. If somebody is busy with that already, that
// one passes on ours as well, so nobody waits and the order is that of the queue.
func (h *Hub) Broadcast(text string) {
	h.saying.Lock()
	h.queue = append(h.queue, text)
	if h.busy {
		h.saying.Unlock()
		return
	}
	h.busy = true
	for len(h.queue) > 0 {
		text, h.queue = h.queue[0], h.queue[1:]
		h.saying.Unlock()
		h.say(text)
		h.saying.Lock()
	}
	h.busy = false
	h.saying.Unlock()
}

// say lets every member hear text.
func (h *Hub) say(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for m := range h.members {
		select {
		case m.out <- text:
		default:
			delete(h.members, m)
			close(m.out)
		}
	}
}

// Close puts everyone out.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for m := range h.members {
		close(m.out)
	}
	h.members = nil
}
