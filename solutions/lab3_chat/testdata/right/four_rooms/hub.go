// Right: four rooms with a lock each; who comes or goes needs one, who speaks or closes takes them all, in the same order.

package chat

import (
	"sync"
	"sync/atomic"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub is four rooms.
type Hub struct {
	arrivals atomic.Uint32
	rooms    [4]room
}

type room struct {
	sync.Mutex
	members map[*Member]struct{} // nil: closed
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
		h.rooms[i].members = map[*Member]struct{}{}
	}
	return h
}

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// Join adds a new member.
func (h *Hub) Join() *Member {
	r := &h.rooms[h.arrivals.Add(1)%uint32(len(h.rooms))]
	m := &Member{r, make(chan string, Backlog)}
	r.Lock()
	defer r.Unlock()
	if r.members == nil {
		close(m.outbox)
	} else {
		r.members[m] = struct{}{}
	}
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	m.room.Lock()
	defer m.room.Unlock()
	m.room.remove(m)
}

func (r *room) remove(m *Member) {
	if _, here := r.members[m]; here {
		delete(r.members, m)
		close(m.outbox)
	}
}

// lock locks all rooms, and returns what unlocks them.
func (h *Hub) lock() (unlock func()) {
	for i := range h.rooms {
		h.rooms[i].Lock()
	}
	return func() {
		for i := range h.rooms {
			h.rooms[i].Unlock()
		}
	}
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	defer h.lock()()
	for i := range h.rooms {
		for m := range h.rooms[i].members {
			select {
			case m.outbox <- text:
			default:
				h.rooms[i].remove(m)
			}
		}
	}
}

// Close puts everyone out.
func (h *Hub) Close() {
	defer h.lock()()
	for i := range h.rooms {
		for m := range h.rooms[i].members {
			h.rooms[i].remove(m)
		}
		h.rooms[i].members = nil
	}
}
