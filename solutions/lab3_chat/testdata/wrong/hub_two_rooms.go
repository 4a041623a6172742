// Package chat is a chat room.
package chat

import "sync"

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub is two rooms, so that not everybody waits for the same lock.
type Hub struct {
	mu    sync.Mutex
	next  int
	rooms [2]room
}

type room struct {
	mu      sync.Mutex
	members map[*Member]bool
	closed  bool
}

// A Member is one who is in the room, or was.
type Member struct {
	room   *room
	outbox chan string
}

// NewHub returns a room with nobody in it.
func NewHub() *Hub {
	h := new(Hub)
	for i := range h.rooms {
		h.rooms[i].members = map[*Member]bool{}
	}
	return h
}

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// Join adds a new member.
func (h *Hub) Join() *Member {
	h.mu.Lock()
	r := &h.rooms[h.next%2]
	h.next++
	h.mu.Unlock()
	return r.join()
}

func (r *room) join() *Member {
	r.mu.Lock()
	defer r.mu.Unlock()
	m := &Member{r, make(chan string, Backlog)}
	r.members[m] = true
	if r.closed {
		r.remove(m)
	}
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	m.room.mu.Lock()
	defer m.room.mu.Unlock()
	m.room.remove(m)
}

func (r *room) remove(m *Member) {
	if r.members[m] {
		delete(r.members, m)
		close(m.outbox)
	}
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	for i := range h.rooms {
		h.rooms[i].pass(text)
	}
}

func (r *room) pass(text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for m := range r.members {
		select {
		case m.outbox <- text:
		default:
			r.remove(m)
		}
	}
}

// Close puts everyone out.
func (h *Hub) Close() {
	for i := range h.rooms {
		h.rooms[i].close()
	}
}

func (r *room) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	for m := range r.members {
		r.remove(m)
	}
}
