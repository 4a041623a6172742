// Yours to edit: the hub, TODO 1 to 3 in part 1, TODO 8 to 10 in part 2.

// Package chat is a chat room: whatever one says, everyone hears.
//
// The Hub knows who is here. The Server gives each WebSocket connection a place in the
// hub. The Client is one person at a terminal.
package chat

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub knows who is in the room and passes on what is said. All its methods may
// be called from any goroutine, and none of them ever waits until a member reads.
type Hub struct {
	// TODO 1: what must a hub know? And what guards it, when many come at the same time?
}

// A Member is one who is in the room, or was.
type Member struct {
	// TODO 1: where do the messages wait that it has not read yet?
}

// NewHub returns a room with nobody in it.
func NewHub() *Hub {
	return &Hub{} // TODO 1: with what does a hub begin?
}

// Messages returns the channel from which the member hears every message that is
// broadcast while it is in the room, once and in the order of broadcasting. The
// channel is closed when the member leaves or is put out; what waits in it then can
// still be read.
func (m *Member) Messages() <-chan string {
	return nil // TODO 1
}

// Join adds a new member. It hears what is said from now on. In a closed hub the
// member is put out at once.
func (h *Hub) Join() *Member {
	// TODO 1: make a member in whose channel Backlog messages may wait, and remember it.
	//
	// TODO 10, in part 2: what if the hub is closed?
	return &Member{}
}

// Leave takes m off the hub. If m is not there any more, Leave does nothing.
func (h *Hub) Leave(m *Member) {
	// TODO 3: forget the member.
	//
	// TODO 8, in part 2: let it know: close its channel. What if that was done before?
}

// Broadcast passes text to everyone in the room. Two messages reach all members in
// the same order. A member for whom Backlog messages wait already is put out: better
// no conversation than one with holes.
func (h *Hub) Broadcast(text string) {
	// TODO 2: let every member hear it.
	//
	// TODO 9, in part 2: wait for none of them. What becomes of one whose channel is full?
}

// Close puts everyone out. From then on Broadcast and Leave do nothing.
func (h *Hub) Close() {
	// TODO 10, in part 2: put everyone out, and remember that the hub is closed.
}
