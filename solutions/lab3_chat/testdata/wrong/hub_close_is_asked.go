package chat

import "sync"

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub knows who is in the room and passes on what is said. All its methods may
// be called from any goroutine, and none of them ever waits until a member reads.
type Hub struct {
	requests chan request
	quit     func()        // tells the owner to end
	over     chan struct{} // closed when the owner has ended
}

type request struct {
	do   func(members map[*Member]bool)
	done chan struct{}
}

// A Member is one who is in the room, or was.
type Member struct {
	outbox chan string
}

// NewHub returns a room with nobody in it.
func NewHub() *Hub {
	quit := make(chan struct{})
	h := &Hub{
		requests: make(chan request),
		quit:     sync.OnceFunc(func() { close(quit) }),
		over:     make(chan struct{}),
	}
	go h.own(quit)
	return h
}

// own is the only one who knows the members.
func (h *Hub) own(quit <-chan struct{}) {
	members := map[*Member]bool{}
	defer close(h.over)
	for {
		select {
		case r := <-h.requests:
			r.do(members)
			close(r.done)
		case <-quit:
			for m := range members {
				putOut(members, m)
			}
			return
		}
	}
}

// ask has the owner do something, and reports whether it has been done: not in a closed hub.
func (h *Hub) ask(do func(members map[*Member]bool)) bool {
	r := request{do, make(chan struct{})}
	select {
	case h.requests <- r:
		<-r.done
		return true
	case <-h.over:
		return false
	}
}

func putOut(members map[*Member]bool, m *Member) {
	if members[m] {
		delete(members, m)
		close(m.outbox)
	}
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
	if !h.ask(func(members map[*Member]bool) { members[m] = true }) {
		close(m.outbox)
	}
	return m
}

// Leave takes m off the hub. If m is not there any more, Leave does nothing.
func (h *Hub) Leave(m *Member) {
	h.ask(func(members map[*Member]bool) { putOut(members, m) })
}

// Broadcast passes text to everyone in the room. Two messages reach all members in
// the same order. A member for whom Backlog messages wait already is put out: better
// no conversation than one with holes.
func (h *Hub) Broadcast(text string) {
	h.ask(func(members map[*Member]bool) {
		for m := range members {
			select {
			case m.outbox <- text:
			default:
				putOut(members, m)
			}
		}
	})
}

// Close puts everyone out. From then on Broadcast and Leave do nothing.
func (h *Hub) Close() {
	h.quit()
}
