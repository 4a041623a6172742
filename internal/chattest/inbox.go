package chattest

import (
	"sync"
	"time"
)

// patience is how long anyone waits for what must come. In a bubble it costs nothing;
// in real time only a failure takes so long.
const patience = 20 * time.Second

// An inbox holds what has come and has not been asked for yet. It has no limit, so that
// whoever fills it never waits.
type inbox struct {
	mu    sync.Mutex
	texts []string
	end   error         // why nothing more will come; nil: more may come
	news  chan struct{} // has room for one
}

func newInbox() *inbox { return &inbox{news: make(chan struct{}, 1)} }

func (b *inbox) put(text string) { b.change(func() { b.texts = append(b.texts, text) }) }

func (b *inbox) close(why error) { b.change(func() { b.end = why }) }

func (b *inbox) change(f func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	f()
	select {
	case b.news <- struct{}{}:
	default:
	}
}

// take returns the next text, if one comes in time; else the end, if there is one.
func (b *inbox) take() (text string, ok bool, end error) {
	late := time.After(patience)
	for {
		if text, ok, end = b.peek(); ok {
			b.mu.Lock()
			b.texts = b.texts[1:]
			b.mu.Unlock()
		}
		if ok || end != nil {
			return text, ok, end
		}
		select {
		case <-b.news:
		case <-late:
			return "", false, nil
		}
	}
}

// peek returns the text that take would return at once.
func (b *inbox) peek() (text string, ok bool, end error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.texts) > 0 {
		return b.texts[0], true, nil
	}
	return "", false, b.end
}

// waitForEnd returns why nothing more comes; nil if it does not end in time.
func (b *inbox) waitForEnd() error {
	late := time.After(patience)
	for {
		b.mu.Lock()
		end := b.end
		b.mu.Unlock()
		if end != nil {
			return end
		}
		select {
		case <-b.news:
		case <-late:
			return nil
		}
	}
}
