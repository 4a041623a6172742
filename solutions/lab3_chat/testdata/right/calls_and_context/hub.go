// Right: a goroutine that is handed functions until a context is cancelled; who comes too late sees the context.

package chat

import "context"

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub is a goroutine, the way to it, and its end.
type Hub struct {
	calls chan func(members)
	open  context.Context
	stop  context.CancelFunc
}

// members are those in the room.
type members map[*Member]struct{}

// A Member is one who is in the room, or was.
type Member struct{ outbox chan string }

// NewHub returns a room with nobody in it.
func NewHub() *Hub {
	h := &Hub{calls: make(chan func(members))}
	h.open, h.stop = context.WithCancel(context.Background())
	go h.run()
	return h
}

func (h *Hub) run() {
	all := members{}
	for {
		select {
		case call := <-h.calls:
			call(all)
		case <-h.open.Done():
			for m := range all {
				all.remove(m)
			}
			return
		}
	}
}

// do reports whether the hub was open to do it.
func (h *Hub) do(call func(members)) bool {
	select {
	case h.calls <- call:
		return true
	case <-h.open.Done():
		return false
	}
}

func (all members) remove(m *Member) {
	if _, here := all[m]; here {
		delete(all, m)
		close(m.outbox)
	}
}

// Messages returns the channel from which the member hears.
func (m *Member) Messages() <-chan string { return m.outbox }

// Join adds a new member.
func (h *Hub) Join() *Member {
	m := &Member{make(chan string, Backlog)}
	if !h.do(func(all members) { all[m] = struct{}{} }) {
		close(m.outbox)
	}
	return m
}

// Leave takes m off the hub.
func (h *Hub) Leave(m *Member) { h.do(func(all members) { all.remove(m) }) }

// Broadcast passes text to everyone in the room.
func (h *Hub) Broadcast(text string) {
	h.do(func(all members) {
		for m := range all {
			select {
			case m.outbox <- text:
			default:
				all.remove(m)
			}
		}
	})
}

// Close puts everyone out.
func (h *Hub) Close() { h.stop() }
