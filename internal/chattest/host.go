package chattest

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"asynclab/internal/bubble"
)

// A Host is a server that says only what the test wants, for the tests of a client.
type Host struct {
	t        referee
	network  *memory
	arrivals chan *Peer
}

// NewHost starts a server in memory. When the test is over, it is gone.
func NewHost(t *bubble.T) *Host {
	h := &Host{t: newReferee(t), network: newMemory(), arrivals: make(chan *Peer, 10)}
	t.LeaveLeaksToOthers()
	server := http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := new(websocket.Upgrader).Upgrade(w, r, nil)
		if err != nil {
			t.Errorf("the client's handshake is wrong: %v", err)
			return
		}
		h.arrivals <- newPeer(h.t, "the server", conn)
	})}
	t.Go(func() { server.Serve(h.network) })
	always(t, func() { server.Close() })
	return h
}

// URL is the address of the server, for a client that calls with the Host's Dialer. Any
// other Dialer finds nobody there, and needs neither a network nor a name server to find out.
func (h *Host) URL() string { return "ws://127.0.0.1:0/" }

// Dialer reaches the server.
func (h *Host) Dialer() *websocket.Dialer {
	return &websocket.Dialer{NetDialContext: h.network.dial}
}

// Leaves makes the server unreachable from now on.
func (h *Host) Leaves() { h.network.Close() }

// Accepts waits for the client, and returns the server's end of the connection.
func (h *Host) Accepts() *Peer {
	h.t.Helper()
	p := h.AcceptsDeaf()
	p.Wakes()
	return p
}

// AcceptsDeaf is Accepts for a server that reads nothing, until it Wakes.
func (h *Host) AcceptsDeaf() *Peer {
	h.t.Helper()
	select {
	case p := <-h.arrivals:
		h.t.Note("the client connects")
		always(h.t.T, func() { p.conn.Close() })
		return p
	case <-time.After(patience):
		h.t.Fatalf("the client should call the server with its Dialer, but does not\n%s", h.t.Goroutines())
	}
	return nil
}

// A Terminal is a keyboard and a screen for a client.
type Terminal struct {
	t      *bubble.T
	screen *inbox
	result chan error

	mu    sync.Mutex
	typed *sync.Cond
	keys  []byte
	end   error // what Read returns when all keys are read
	used  bool  // something has been written
	line  string
}

// NewTerminal returns a terminal at which nothing has been typed. When the test is over,
// its input ends.
func NewTerminal(t *bubble.T) *Terminal {
	term := &Terminal{t: t, screen: newInbox(), result: make(chan error, 1)}
	term.typed = sync.NewCond(&term.mu)
	always(t, func() { term.Ends(io.EOF) })
	return term
}

// Runs runs a client at the terminal.
func (term *Terminal) Runs(client func() error) {
	term.t.Go(func() {
		err := client()
		term.t.Note("Run returns: %v", err)
		term.screen.close(fmt.Errorf("the client's Run has returned: %w", cmp.Or(err, errors.New("without an error"))))
		term.result <- err
	})
}

// Result returns the error with which the client ends. If it does not end, the test fails;
// why says what should have ended it.
func (term *Terminal) Result(why string) error {
	term.t.Helper()
	select {
	case err := <-term.result:
		return err
	case <-time.After(patience):
		term.t.Fatalf("%s, and Run has not returned\n%s", why, term.t.Goroutines())
		return nil
	}
}

// Types types text, and the Enter key at its end. It never waits.
func (term *Terminal) Types(text string) {
	term.t.Note("somebody types %s", short(text))
	term.TypesKeys(text + "\n")
}

// TypesKeys types exactly these keys.
func (term *Terminal) TypesKeys(keys string) {
	term.mu.Lock()
	defer term.mu.Unlock()
	term.keys = append(term.keys, keys...)
	term.typed.Broadcast()
}

// Ends ends the input: with io.EOF as Ctrl-D does, or with another error.
func (term *Terminal) Ends(err error) {
	term.t.Note("the input ends: %v", err)
	term.mu.Lock()
	defer term.mu.Unlock()
	term.end = err
	term.typed.Broadcast()
}

// Read is the keyboard: it waits for keys, for ever if need be. All of p is its own meanwhile
// (io.Reader): a line that still lies there is spoilt.
func (term *Terminal) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '?'
	}
	term.mu.Lock()
	defer term.mu.Unlock()
	for len(term.keys) == 0 && term.end == nil {
		term.typed.Wait()
	}
	if len(term.keys) == 0 {
		return 0, term.end
	}
	n := copy(p, term.keys)
	term.keys = term.keys[n:]
	return n, nil
}

// Write is the screen.
func (term *Terminal) Write(p []byte) (int, error) {
	term.mu.Lock()
	defer term.mu.Unlock()
	term.used = true
	term.line += string(p)
	for {
		line, rest, whole := strings.Cut(term.line, "\n")
		if !whole {
			return len(p), nil
		}
		term.t.Note("the screen shows %s", short(line))
		term.screen.put(line)
		term.line = rest
	}
}

// Shows requires that the next lines on the screen are these.
func (term *Terminal) Shows(lines ...string) {
	term.t.Helper()
	for _, want := range lines {
		term.ShowsBehind(want, want)
	}
}

// ShowsBehind requires that the next line on the screen is want; the line early may come
// before it.
func (term *Terminal) ShowsBehind(early, want string) {
	term.t.Helper()
	got, ok, end := term.screen.take()
	if ok && got == early && early != want {
		got, ok, end = term.screen.take()
	}
	switch {
	case !ok:
		why := term.t.Goroutines()
		if end != nil {
			why = end.Error()
		}
		term.t.Fatalf("the screen should show: %s\n%s\n%s", short(want), term.rest(), why)
	case got != want:
		term.t.Fatalf("the screen should show: %s\nthe screen shows:       %s", short(want), short(got))
	}
}

// rest says what the screen shows behind its whole lines.
func (term *Terminal) rest() string {
	term.mu.Lock()
	defer term.mu.Unlock()
	switch {
	case !term.used:
		return "the screen shows:       nothing: the client has not written to its Out"
	case term.line != "":
		return fmt.Sprintf("the screen shows:       %s, but the line is not ended", short(term.line))
	}
	return "the screen shows:       nothing more"
}
