package chat

import (
	"sync"
	"sync/atomic"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub knows who is in the room and passes on what is said. All its methods may
// be called from any goroutine, and none of them ever waits until a member reads.
type Hub struct {
	mu      sync.Mutex // guards members and closed
	members []*Member
	closed  bool
}

// A Member is one who is in the room, or was.
type Member struct {
	outbox chan string
	place  atomic.Int64 // where it stands in the list of the hub
}

// NewHub returns a room with nobody in it.
func NewHub() *Hub {
	return &Hub{}
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
	m := &Member{outbox: make(chan string, Backlog)}
	place, ok := h.add(m)
	if !ok {
		close(m.outbox)
		return m
	}
	m.place.Store(int64(place))
	return m
}

// add appends m to the list, unless the hub is closed.
func (h *Hub) add(m *Member) (place int, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return 0, false
	}
	h.members = append(h.members, m)
	return len(h.members) - 1, true
}

// removeAt puts out the member at i, and the last one takes its place. The caller holds the lock.
func (h *Hub) removeAt(i int) {
	close(h.members[i].outbox)
	last := len(h.members) - 1
	h.members[i] = h.members[last]
	h.members[i].place.Store(int64(i))
	h.members[last] = nil
	h.members = h.members[:last]
}

// Leave takes m off the hub. If m is not there any more, Leave does nothing.
func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	i := int(m.place.Load()) // no need to search
	if i < len(h.members) && h.members[i] == m {
		h.removeAt(i)
	}
}

// Broadcast passes text to everyone in the room. Two messages reach all members in
// the same order. A member for whom Backlog messages wait already is put out: better
// no conversation than one with holes.
func (h *Hub) Broadcast(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := len(h.members) - 1; i >= 0; i-- { // backwards: who takes the place of another has heard it
		select {
		case h.members[i].outbox <- text:
		default:
			h.removeAt(i)
		}
	}
}

// Close puts everyone out. From then on Broadcast and Leave do nothing.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, m := range h.members {
		close(m.outbox)
	}
	h.members = nil
}
