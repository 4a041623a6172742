// Right: a goroutine that looks for the end first, and else takes what comes, whichever it is; Close waits until it has ended.

package chat

import "sync"

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub is a goroutine and the channels to it.
type Hub struct {
	joins, leaves  chan *Member
	texts          chan string
	once           sync.Once
	stopped, ended chan struct{}
}

// A Member is one who is in the room, or was.
type Member struct{ outbox chan string }

// NewHub returns a room with nobody in it.
func NewHub() *Hub {
	h := &Hub{make(chan *Member), make(chan *Member), make(chan string), sync.Once{}, make(chan struct{}), make(chan struct{})}
	go h.run(map[*Member]bool{})
	return h
}

func (h *Hub) run(members map[*Member]bool) {
	defer close(h.ended)
	for !h.isStopped() {
		select {
		case <-h.stopped:
		case m := <-h.joins:
			members[m] = true
		case m := <-h.leaves:
			remove(members, m)
		case text := <-h.texts:
			for m := range members {
				select {
				case m.outbox <- text:
				default:
					remove(members, m)
				}
			}
		}
	}
	for m := range members {
		remove(members, m)
	}
}

func (h *Hub) isStopped() bool {
	select {
	case <-h.stopped:
		return true
	default:
		return false
	}
}

func remove(members map[*Member]bool, m *Member) {
	if members[m] {
		delete(members, m)
		close(m.outbox)
	}
}

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// Join adds a new member.
func (h *Hub) Join() *Member {
	m := &Member{make(chan string, Backlog)}
	select {
	case h.joins <- m:
	case <-h.ended:
		close(m.outbox)
	}
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	select {
	case h.leaves <- m:
	case <-h.ended:
	}
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	select {
	case h.texts <- text:
	case <-h.ended:
	}
}

// Close puts everyone out.
func (h *Hub) Close() {
	h.once.Do(func() { close(h.stopped) })
	<-h.ended
}
