// Package chat is a chat room.
package chat

import "sync"

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub is a goroutine and the channels to it.
type Hub struct {
	joins   chan *Member // with room, so that nobody waits who comes
	leaves  chan *Member
	texts   chan string
	stop    sync.Once
	stopped chan struct{}
}

// A Member is one who is in the room, or was.
type Member struct {
	outbox chan string
	known  chan struct{} // closed when the hub knows it
}

// NewHub returns a room with nobody in it.
func NewHub() *Hub {
	h := &Hub{joins: make(chan *Member, 16), leaves: make(chan *Member), texts: make(chan string), stopped: make(chan struct{})}
	go h.run()
	return h
}

func (h *Hub) run() {
	members := map[*Member]bool{}
	remove := func(m *Member) {
		if members[m] {
			delete(members, m)
			close(m.outbox)
		}
	}
	for {
		select {
		case m := <-h.joins:
			members[m] = true
			close(m.known)
		case m := <-h.leaves:
			remove(m)
		case text := <-h.texts:
			for m := range members {
				select {
				case m.outbox <- text:
				default:
					remove(m)
				}
			}
		case <-h.stopped:
			for m := range members {
				remove(m)
			}
			h.turnAway()
			return
		}
	}
}

// turnAway puts those out who came while the hub stopped.
func (h *Hub) turnAway() {
	for {
		select {
		case m := <-h.joins:
			close(m.outbox)
			close(m.known)
		default:
			return
		}
	}
}

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// Join adds a new member.
func (h *Hub) Join() *Member {
	m := &Member{make(chan string, Backlog), make(chan struct{})}
	select {
	case <-h.stopped:
		close(m.outbox)
		return m
	default:
	}
	h.joins <- m
	<-m.known
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	select {
	case h.leaves <- m:
	case <-h.stopped:
	}
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	select {
	case h.texts <- text:
	case <-h.stopped:
	}
}

// Close puts everyone out.
func (h *Hub) Close() { h.stop.Do(func() { close(h.stopped) }) }
