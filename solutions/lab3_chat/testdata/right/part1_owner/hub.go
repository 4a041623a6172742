// Right: a hub of part 1 in which one goroutine owns the members. It never ends yet.

package chat

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub knows who is in the room.
type Hub struct {
	join  chan *Member
	leave chan *Member
	say   chan string
}

// A Member is one who is in the room.
type Member struct{ texts chan string }

// NewHub returns a room with nobody in it.
func NewHub() *Hub {
	h := &Hub{make(chan *Member), make(chan *Member), make(chan string)}
	go h.run(map[*Member]bool{})
	return h
}

func (h *Hub) run(members map[*Member]bool) {
	for {
		select {
		case m := <-h.join:
			members[m] = true
		case m := <-h.leave:
			delete(members, m)
			close(m.texts)
		case text := <-h.say:
			for m := range members {
				m.texts <- text
			}
		}
	}
}

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.texts }

// Join adds a new member.
func (h *Hub) Join() *Member {
	m := &Member{make(chan string, Backlog)}
	h.join <- m
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) { h.leave <- m }

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) { h.say <- text }

// Close does nothing yet.
func (h *Hub) Close() {}
