// Right: the talk is a chain, in which each link closes a channel when the next is known; each member follows it at its own pace.

package chat

import "sync"

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub knows the end of the chain.
type Hub struct {
	mu     sync.Mutex
	end    *link
	closed bool
}

// A link is one message: until there is closed, one that nobody has said yet.
type link struct {
	there chan struct{}
	text  string
	next  *link // nil: the hub has closed
}

func newLink() *link { return &link{there: make(chan struct{})} }

// A Member is one who is in the room, or was.
type Member struct {
	outbox chan string
	left   chan struct{}
	gone   bool  // left is closed; guarded by the hub
	until  *link // the first that it does not hear; known when left is closed
}

// NewHub returns a room with nobody in it.
func NewHub() *Hub { return &Hub{end: newLink()} }

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// Join adds a new member.
func (h *Hub) Join() *Member {
	h.mu.Lock()
	defer h.mu.Unlock()
	m := &Member{outbox: make(chan string, Backlog), left: make(chan struct{})}
	go m.follow(h.end)
	return m
}

// follow moves what is said from l on into the outbox, while there is room.
func (m *Member) follow(l *link) {
	defer close(m.outbox)
	for ; ; l = l.next {
		select {
		case <-l.there:
		case <-m.left:
		}
		if m.hasLeft() && l == m.until {
			return
		}
		<-l.there // since it was said before the member left
		if l.next == nil {
			return
		}
		select {
		case m.outbox <- l.text:
		default:
			return
		}
	}
}

func (m *Member) hasLeft() bool {
	select {
	case <-m.left:
		return true
	default:
		return false
	}
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !m.gone {
		m.gone = true
		m.until = h.end
		close(m.left)
	}
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return
	}
	l := h.end
	l.text, l.next = text, newLink()
	h.end = l.next
	close(l.there)
}

// Close puts everyone out.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.closed {
		h.closed = true
		close(h.end.there)
	}
}
