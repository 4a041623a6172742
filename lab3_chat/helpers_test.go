// Given: what the tests share. There is nothing to edit.

package chat_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"

	"asynclab/internal/bubble"
	"asynclab/internal/chattest"
	chat "asynclab/lab3_chat"
)

func TestMain(m *testing.M) { bubble.Main(m) }

// connection is where most tests of the server ask a student to look.
const connection = "server.go (*Server).connection"

// openRoom starts a chat server in memory.
func openRoom(t *bubble.T) *chattest.Room {
	return chattest.Open(t, new(chat.Server).Serve)
}

// slowlySigned returns a server that takes so long to sign each text.
func slowlySigned(each time.Duration) *chat.Server {
	return &chat.Server{Sign: func() func(string) string {
		return func(text string) string {
			time.Sleep(each)
			return text
		}
	}}
}

// A visit is a client: its terminal, and the server that it talks to.
type visit struct {
	*chattest.Terminal
	host  *chattest.Host
	ctx   context.Context
	ctrlC context.CancelFunc
}

// startClient starts a client that calls a server in the hands of the test.
func startClient(t *bubble.T) *visit {
	v := newVisit(t)
	v.calls(v.host.Dialer())
	return v
}

// newVisit returns a visit whose client has not begun.
func newVisit(t *bubble.T) *visit {
	v := &visit{Terminal: chattest.NewTerminal(t), host: chattest.NewHost(t)}
	ctx, cancel := context.WithCancel(context.Background())
	v.ctx = ctx
	v.ctrlC = func() {
		t.Note("Ctrl-C is pressed")
		cancel()
	}
	return v
}

// calls starts the client, which calls the server with this dialer.
func (v *visit) calls(dialer *websocket.Dialer) {
	client := chat.Client{In: v, Out: v, Dialer: dialer}
	v.Runs(func() error { return client.Run(v.ctx, v.host.URL()) })
}

// hears takes all messages that wait for m. left tells that m's channel is closed.
func hears(m *chat.Member) (texts []string, left bool) {
	for waited := false; ; {
		select {
		case text, ok := <-m.Messages():
			if !ok {
				return texts, true
			}
			texts, waited = append(texts, text), false
		default:
			if waited {
				return texts, false
			}
			synctest.Wait() // until every goroutine has done what it can
			waited = true
		}
	}
}

// requireHears requires that these messages wait for m, no others, and that m is still in.
func requireHears(t *bubble.T, m *chat.Member, who string, want ...string) {
	t.Helper()
	if requireConversation(t, m, who, want) {
		t.Fatalf("%s has not left, but the channel is closed", who)
	}
}

// requireLeft requires that m's channel is closed, after these messages.
func requireLeft(t *bubble.T, m *chat.Member, who string, want ...string) {
	t.Helper()
	if !requireConversation(t, m, who, want) {
		t.Fatalf("%s is not in the hub any more, but the channel is not closed", who)
	}
}

// requireConversation requires that these messages wait for m, and reports whether m's
// channel is closed after them.
func requireConversation(t *bubble.T, m *chat.Member, who string, want []string) (left bool) {
	t.Helper()
	require.NotNil(t, m.Messages(), "Messages returns a nil channel: nobody can ever hear anything from it")
	got, left := hears(m)
	if !slices.Equal(want, got) {
		end := "nothing more"
		if left {
			end = "and then the channel is closed"
		}
		t.Fatalf("%s should hear: %s\n%s heard:       %s, %s", who, list(want), who, list(got), end)
	}
	return left
}

// list writes texts on one line.
func list(texts []string) string {
	if n := len(texts); n > 10 {
		return fmt.Sprintf("%d messages, %q ... %q", n, texts[:8], texts[n-1])
	}
	return fmt.Sprintf("%q", texts)
}

// numbered returns the texts "0", "1", "2" and so on.
func numbered(n int) (texts []string) {
	for i := range n {
		texts = append(texts, fmt.Sprint(i))
	}
	return texts
}

// difference shows where two conversations part.
func difference(one, other []string) string {
	for i := range min(len(one), len(other)) {
		if one[i] != other[i] {
			return fmt.Sprintf("message %d is %q for one, %q for the other", i+1, one[i], other[i])
		}
	}
	return fmt.Sprintf("one hears %d messages, the other %d", len(one), len(other))
}

// A crowd knows how many goroutines were at the same place at the same time.
type crowd struct {
	mu            sync.Mutex
	now, greatest int
}

// enter counts the caller in; what it returns counts it out.
func (c *crowd) enter() (leave func()) {
	c.add(1)
	return func() { c.add(-1) }
}

func (c *crowd) add(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now += n
	c.greatest = max(c.greatest, c.now)
}

// most returns how many there were at most.
func (c *crowd) most() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.greatest
}
