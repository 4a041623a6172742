// Right: a linked list with a lock for each member; who walks through it locks the next before it unlocks the last, so nobody overtakes.

package chat

import "sync"

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub is the place before the first member.
type Hub struct {
	first  Member
	closed bool // guarded by the lock of first
}

// A Member is one who is in the room, or was.
type Member struct {
	mu     sync.Mutex // guards next, and that the next one stays
	next   *Member
	outbox chan string
}

// NewHub returns a room with nobody in it.
func NewHub() *Hub { return new(Hub) }

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// Join adds a new member.
func (h *Hub) Join() *Member {
	m := &Member{outbox: make(chan string, Backlog)}
	h.first.mu.Lock()
	defer h.first.mu.Unlock()
	if h.closed {
		close(m.outbox)
		return m
	}
	m.next = h.first.next
	h.first.next = m
	return m
}

// walk visits all members. Who may not stay is taken off.
func (h *Hub) walk(stays func(m *Member) bool) {
	last := &h.first
	last.mu.Lock()
	for m := last.next; m != nil; m = last.next {
		m.mu.Lock()
		if stays(m) {
			last.mu.Unlock()
			last = m
			continue
		}
		last.next = m.next
		m.mu.Unlock()
		close(m.outbox)
	}
	last.mu.Unlock()
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	h.walk(func(other *Member) bool { return other != m })
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	h.walk(func(m *Member) bool {
		select {
		case m.outbox <- text:
			return true
		default:
			return false
		}
	})
}

// Close puts everyone out.
func (h *Hub) Close() {
	h.first.mu.Lock()
	h.closed = true
	h.first.mu.Unlock()
	h.walk(func(*Member) bool { return false })
}
