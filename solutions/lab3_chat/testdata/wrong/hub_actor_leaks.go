// Package chat is a chat room.
package chat

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub is a goroutine that knows who is in the room, and channels to it.
type Hub struct {
	join, leave chan *Member
	texts       chan string
	done        chan struct{} // nil: closed
}

// A Member is one who is in the room, or was.
type Member struct{ outbox chan string }

// NewHub returns a room with nobody in it.
func NewHub() *Hub {
	h := &Hub{make(chan *Member), make(chan *Member), make(chan string), make(chan struct{})}
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
		case m := <-h.join:
			members[m] = true
			if h.done == nil {
				remove(m)
			}
		case m := <-h.leave:
			remove(m)
		case text := <-h.texts:
			for m := range members {
				select {
				case m.outbox <- text:
				default:
					remove(m)
				}
			}
		case <-h.done:
			for m := range members {
				remove(m)
			}
			h.done = nil
		}
	}
}

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// Join adds a new member.
func (h *Hub) Join() *Member {
	m := &Member{make(chan string, Backlog)}
	h.join <- m
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) { h.leave <- m }

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) { h.texts <- text }

// Close puts everyone out, and the goroutine goes on for ever.
func (h *Hub) Close() {
	select {
	case h.done <- struct{}{}:
	default:
	}
}
