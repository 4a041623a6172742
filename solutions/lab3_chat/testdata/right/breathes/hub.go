// Right: a semaphore lets one speak at a time; when somebody falls behind, the speaker pauses, by a timer or until the hub closes.

package chat

import (
	"sync"
	"time"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub knows who is in the room.
type Hub struct {
	turn    chan struct{} // has room for the one who speaks
	stopped chan struct{}

	sync.Mutex // guards what follows
	members    map[*Member]bool
	closed     bool
}

// A Member is one who is in the room, or was.
type Member struct{ outbox chan string }

// NewHub returns a room with nobody in it.
func NewHub() *Hub {
	return &Hub{turn: make(chan struct{}, 1), stopped: make(chan struct{}), members: map[*Member]bool{}}
}

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// Join adds a new member.
func (h *Hub) Join() *Member {
	h.Lock()
	defer h.Unlock()
	m := &Member{make(chan string, Backlog)}
	h.members[m] = true
	if h.closed {
		h.remove(m)
	}
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	h.Lock()
	defer h.Unlock()
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
	h.turn <- struct{}{}
	defer func() { <-h.turn }()
	if h.pass(text) < Backlog/2 {
		return
	}
	pause := time.NewTimer(time.Millisecond)
	defer pause.Stop()
	select {
	case <-pause.C:
	case <-h.stopped:
	}
}

// pass returns how many messages wait for the one who is furthest behind.
func (h *Hub) pass(text string) (most int) {
	h.Lock()
	defer h.Unlock()
	for m := range h.members {
		select {
		case m.outbox <- text:
			most = max(most, len(m.outbox))
		default:
			h.remove(m)
		}
	}
	return most
}

// Close puts everyone out.
func (h *Hub) Close() {
	h.Lock()
	defer h.Unlock()
	if h.closed {
		return
	}
	h.closed = true
	close(h.stopped)
	for m := range h.members {
		h.remove(m)
	}
}
