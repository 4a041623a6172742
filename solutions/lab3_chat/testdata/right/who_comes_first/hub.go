// Right: calls are put on a list, and whoever gets the lock by TryLock does all that is on it, also for the others.

package chat

import "sync"

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub is a list of what to do, and what belongs to the one who does it.
type Hub struct {
	mu    sync.Mutex
	calls []func()

	work    sync.Mutex // who holds it does what is on the list, and owns what follows
	members map[*Member]bool
	closed  bool
}

// A Member is one who is in the room, or was.
type Member struct{ outbox chan string }

// NewHub returns a room with nobody in it.
func NewHub() *Hub { return &Hub{members: map[*Member]bool{}} }

// do has call done, by this goroutine or by one that is at it. Whoever stops looks again
// afterwards: a call may have come that relied on it.
func (h *Hub) do(call func()) {
	h.put(call)
	for h.waits() && h.work.TryLock() {
		for call := h.take(); call != nil; call = h.take() {
			call()
		}
		h.work.Unlock()
	}
}

func (h *Hub) put(call func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.calls = append(h.calls, call)
}

func (h *Hub) waits() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.calls) > 0
}

func (h *Hub) take() (call func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.calls) > 0 {
		call, h.calls = h.calls[0], h.calls[1:]
	}
	return call
}

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// Join adds a new member.
func (h *Hub) Join() *Member {
	m := &Member{make(chan string, Backlog)}
	h.do(func() {
		h.members[m] = true
		if h.closed {
			h.remove(m)
		}
	})
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) { h.do(func() { h.remove(m) }) }

func (h *Hub) remove(m *Member) {
	if h.members[m] {
		delete(h.members, m)
		close(m.outbox)
	}
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	h.do(func() {
		for m := range h.members {
			select {
			case m.outbox <- text:
			default:
				h.remove(m)
			}
		}
	})
}

// Close puts everyone out.
func (h *Hub) Close() {
	h.do(func() {
		h.closed = true
		for m := range h.members {
			h.remove(m)
		}
	})
}
