// Package chat is a chat room.
package chat

import "sync/atomic"

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub is a goroutine that does what it is asked to.
type Hub struct {
	calls   chan func(members map[*Member]bool)
	closed  atomic.Bool
	stopped chan struct{}
}

// A Member is one who is in the room, or was.
type Member struct{ outbox chan string }

// NewHub returns a room with nobody in it.
func NewHub() *Hub {
	h := &Hub{calls: make(chan func(map[*Member]bool)), stopped: make(chan struct{})}
	go h.run()
	return h
}

func (h *Hub) run() {
	members := map[*Member]bool{}
	for {
		select {
		case call := <-h.calls:
			call(members)
			continue
		default: // the end has time until nobody asks
		}
		select {
		case call := <-h.calls:
			call(members)
		case <-h.stopped:
			for m := range members {
				close(m.outbox)
			}
			return
		}
	}
}

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// Join adds a new member.
func (h *Hub) Join() *Member {
	m := &Member{make(chan string, Backlog)}
	if h.closed.Load() {
		close(m.outbox)
		return m
	}
	h.calls <- func(members map[*Member]bool) { members[m] = true }
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) {
	if h.closed.Load() {
		return
	}
	h.calls <- func(members map[*Member]bool) { remove(members, m) }
}

func remove(members map[*Member]bool, m *Member) {
	if members[m] {
		delete(members, m)
		close(m.outbox)
	}
}

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	if h.closed.Load() {
		return
	}
	h.calls <- func(members map[*Member]bool) {
		for m := range members {
			select {
			case m.outbox <- text:
			default:
				remove(members, m)
			}
		}
	}
}

// Close puts everyone out.
func (h *Hub) Close() {
	if h.closed.CompareAndSwap(false, true) {
		close(h.stopped)
	}
}
