// Package chat is a chat room: whatever one says, everyone hears.
//
// The Hub knows who is here. The Server gives each WebSocket connection a place in the
// hub. The Client is one person at a terminal.
package chat

import (
	"maps"
	"slices"
	"sync"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub knows who is in the room and passes on what is said. All its methods may
// be called from any goroutine, and none of them ever waits until a member reads.
type Hub struct {
	mu      sync.Mutex // guards what follows
	members map[*Member]bool
	closed  bool
}

// A Member is one who is in the room, or was.
type Member struct {
	outbox chan string
}

// NewHub returns a room with nobody in it.
func NewHub() *Hub {
	return &Hub{members: map[*Member]bool{}}
}

// Messages returns the channel from which the member hears every message that is
// broadcast while it is in the room, once and in the order of broadcasting. The
// channel is closed when the member leaves or is put out; what waits in it then can
// still be read.
func (m *Member) Messages() <-chan string {
	return m.outbox
}

// Join adds a new member. It hears what is said from now on. In a closed hub the
// member is put out at once.
func (h *Hub) Join() *Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	m := &Member{outbox: make(chan string, Backlog)}
	h.members[m] = true
	if h.closed {
		h.remove(m)
	}
	return m
}

// Leave takes m off the hub. If m is not there any more, Leave does nothing.
func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.remove(m)
}

// remove needs the lock.
func (h *Hub) remove(m *Member) {
	if h.members[m] {
		delete(h.members, m)
		close(m.outbox)
	}
}

// Broadcast passes text to everyone in the room. Two messages reach all members in
// the same order. A member for whom Backlog messages wait already is put out: better
// no conversation than one with holes.
func (h *Hub) Broadcast(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all sync.WaitGroup
	defer all.Wait() // before the lock is given back: the next message comes after this one
	for _, m := range slices.Collect(maps.Keys(h.members)) {
		all.Add(1)
		go func() { // one for each, so that nobody waits for another
			defer all.Done()
			select {
			case m.outbox <- text:
			default:
				h.remove(m) // the lock is held
			}
		}()
	}
}

// Close puts everyone out. From then on Broadcast and Leave do nothing.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for m := range h.members {
		h.remove(m)
	}
}
