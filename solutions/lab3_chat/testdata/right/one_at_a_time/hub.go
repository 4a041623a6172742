// Right: who calls while nobody works does the calls of all, at most eight, and hands the work on.

package chat

import (
	"sync"
)

// Backlog is how many messages may wait for a member that does not read.
const Backlog = 64

// A Hub has a queue of tasks, and at most one of its callers at work on them.
type Hub struct {
	mu    sync.Mutex
	queue []task
	busy  bool // somebody is at work, or has just been told to

	members map[*Member]bool // the worker's
	closed  bool             // likewise
}

type task struct {
	do   func()
	done chan bool // true: done; false: do it yourself, and go on with the others
}

// shift is how many tasks one caller does before the next one has to.
const shift = 8

type Member struct{ outbox chan string }

func NewHub() *Hub { return &Hub{members: map[*Member]bool{}} }

func (h *Hub) ask(do func()) {
	mine := task{do, make(chan bool, 1)}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.queue = append(h.queue, mine)
	if h.busy {
		h.mu.Unlock()
		done := <-mine.done
		h.mu.Lock()
		if done {
			return
		}
	}
	h.busy = true
	for n := 0; len(h.queue) > 0; n++ { // the first one is mine
		if n == shift {
			h.queue[0].done <- false
			return
		}
		t := h.queue[0]
		h.queue = h.queue[1:]
		h.mu.Unlock()
		t.do()
		t.done <- true
		h.mu.Lock()
	}
	h.busy = false
	h.queue = nil
}

func (h *Hub) remove(m *Member) {
	if h.members[m] {
		delete(h.members, m)
		close(m.outbox)
	}
}

func (m *Member) Messages() <-chan string { return m.outbox }

func (h *Hub) Join() *Member {
	m := &Member{outbox: make(chan string, Backlog)}
	h.ask(func() {
		h.members[m] = true
		if h.closed {
			h.remove(m)
		}
	})
	return m
}

func (h *Hub) Leave(m *Member) {
	h.ask(func() { h.remove(m) })
}

func (h *Hub) Broadcast(text string) {
	h.ask(func() {
		for m := range h.members {
			select {
			case m.outbox <- text:
			default:
				h.remove(m)
			}
		}
	})
}

func (h *Hub) Close() {
	h.ask(func() {
		h.closed = true
		for m := range h.members {
			h.remove(m)
		}
	})
}
