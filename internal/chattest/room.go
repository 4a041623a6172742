// Package chattest is a chat in memory, on which tests read as sentences:
//
//	room := chattest.Open(t, server.Serve)
//	ana, budi := room.Join("Ana"), room.Join("Budi")
//	ana.Says("hello")
//	room.EveryoneHears("hello")
//	budi.HearsNothing()
//
// A Room tests a server, a Host tests a client. In a bubble they need no network, no
// port and no time. All their methods belong to the goroutine of the test's body,
// but for Says, Sends and SendsRaw of different Peers.
package chattest

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"asynclab/internal/bubble"
)

// Greeting is what the server says first on every connection.
const Greeting = "Welcome to chat! Type a message"

// A Room is a running chat server and its visitors.
type Room struct {
	t       referee
	network *memory // nil: a real one
	url     string
	dial    func(ctx context.Context, network, addr string) (net.Conn, error)
	stop    context.CancelFunc
	result  error
	stopped chan struct{} // closed when serve has returned
	guests  []*Peer       // all who ever came
	present []*Peer       // who EveryoneHears asks
}

// Open starts serve in memory. When the test is over, the visitors leave and it is stopped;
// whether it can do that without leaving anything behind is for Stop and a Mark to say.
func Open(t *bubble.T, serve func(context.Context, net.Listener) error) *Room {
	network := newMemory()
	r := open(t, serve, network, network.dial)
	r.network = network
	return r
}

// OpenTCP starts serve on a free port of 127.0.0.1, for tests in real time.
func OpenTCP(t *bubble.T, serve func(context.Context, net.Listener) error) *Room {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("no free port: %v", err)
	}
	recorded := &recorder{Listener: l}
	r := open(t, serve, recorded, new(net.Dialer).DialContext)
	always(t, recorded.hangUp)
	return r
}

func open(t *bubble.T, serve func(context.Context, net.Listener) error, l net.Listener, dial func(context.Context, string, string) (net.Conn, error)) *Room {
	ctx, stop := context.WithCancel(context.Background())
	r := &Room{t: newReferee(t), url: "ws://" + l.Addr().String() + "/", dial: dial, stop: stop, stopped: make(chan struct{})}
	t.LeaveLeaksToOthers()
	t.Go(func() {
		defer close(r.stopped)
		r.result = serve(ctx, l)
	})
	t.AtEnd(func() {
		limit := time.Minute
		if r.network == nil {
			limit = time.Second // of real time: a server that does not stop is for other tests to find
		}
		select {
		case <-r.stopped:
		case <-time.After(limit):
		}
	})
	always(t, func() {
		for _, guest := range r.guests {
			guest.conn.Close()
		}
		r.stop()
	})
	return r
}

// URL is the address of the room.
func (r *Room) URL() string { return r.url }

// Dialer reaches the room.
func (r *Room) Dialer() *websocket.Dialer {
	return &websocket.Dialer{NetDialContext: r.dial, HandshakeTimeout: patience}
}

// Join is Dial, and hears the greeting. In a bubble, the server then has done for it what can be
// done: who comes next comes later.
func (r *Room) Join(name string) *Peer {
	r.t.Helper()
	p := r.Dial(name)
	p.Hears(Greeting)
	r.settle()
	r.present = append(r.present, p)
	return p
}

// Dial connects a visitor, who has not asked for the greeting yet.
func (r *Room) Dial(name string) *Peer {
	r.t.Helper()
	p := r.connect(name)
	p.Wakes()
	return p
}

// DialDeaf connects a visitor who reads nothing, until it Wakes. In a bubble, the server
// then has done for it what can be done.
func (r *Room) DialDeaf(name string) *Peer {
	r.t.Helper()
	p := r.connect(name)
	r.settle()
	return p
}

// settle waits, in a bubble, until nobody has anything left to do.
func (r *Room) settle() {
	if r.network != nil {
		synctest.Wait()
	}
}

func (r *Room) connect(name string) *Peer {
	r.t.Helper()
	conn, response, err := r.Dialer().Dial(r.url, nil)
	if err != nil {
		r.t.Fatalf("%s cannot connect: %s", name, refusal(response, err))
	}
	r.t.Note("%s connects", name)
	p := newPeer(r.t, name, conn)
	r.guests = append(r.guests, p)
	return p
}

// DialMany connects so many visitors at the same time.
func (r *Room) DialMany(n int) []*Peer {
	r.t.Helper()
	type answer struct {
		conn     *websocket.Conn
		response *http.Response
		err      error
	}
	answers := make(chan answer, n)
	for range n {
		go func() {
			conn, response, err := r.Dialer().Dial(r.url, nil)
			answers <- answer{conn, response, err}
		}()
	}
	var peers []*Peer
	for i := range n {
		a := <-answers
		if a.err != nil {
			r.t.Fatalf("one of %d who come at the same time cannot connect: %s", n, refusal(a.response, a.err))
		}
		p := newPeer(r.t, fmt.Sprintf("Guest %d", i+1), a.conn)
		r.guests = append(r.guests, p)
		r.t.Go(p.listen)
		peers = append(peers, p)
	}
	return peers
}

// StatusFor asks to enter as a browser does that shows a page of this origin ("": no
// browser), and returns the HTTP status: 101 means that the server let it in.
func (r *Room) StatusFor(origin string) int {
	r.t.Helper()
	header := http.Header{}
	if origin != "" {
		header.Set("Origin", origin)
	}
	conn, response, err := r.Dialer().Dial(r.url, header)
	if err == nil {
		conn.Close()
	}
	if response == nil {
		r.t.Fatalf("the server does not answer the handshake: %v", err)
	}
	return response.StatusCode
}

// Connection opens a bare connection to the server: no handshake, no WebSocket.
func (r *Room) Connection() net.Conn {
	r.t.Helper()
	conn, err := r.dial(context.Background(), "tcp", r.url[len("ws://"):len(r.url)-1])
	if err != nil {
		r.t.Fatalf("cannot connect: %v", err)
	}
	r.t.AtEnd(func() { conn.Close() })
	return conn
}

// AnswerTo sends a bare HTTP request and returns the beginning of what the server answers.
func (r *Room) AnswerTo(request string) string {
	r.t.Helper()
	conn := r.Connection()
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(patience))
	r.t.Go(func() { io.WriteString(conn, request) })
	answer := make([]byte, 1000)
	n, err := conn.Read(answer)
	if err != nil {
		r.t.Fatalf("the server should answer an HTTP request, but does not (%v)", err)
	}
	return string(answer[:n])
}

// EveryoneHears requires that the next messages of everyone who joined are these.
func (r *Room) EveryoneHears(texts ...string) {
	r.t.Helper()
	for _, p := range r.present {
		p.Hears(texts...)
	}
}

// NobodyHearsMore requires HearsNothing of everyone who joined.
func (r *Room) NobodyHearsMore() {
	r.t.Helper()
	for _, p := range r.present {
		p.HearsNothing()
	}
}

// Stop tells the server to stop and requires that it does, without an error, in time.
func (r *Room) Stop() {
	r.t.Helper()
	r.t.Note("the server is told to stop")
	r.stop()
	select {
	case <-r.stopped:
	case <-time.After(time.Minute):
		r.t.Fatalf("the server was told to stop a minute ago, and Serve has not returned\n%s", r.t.Goroutines())
	}
	if r.result != nil {
		r.t.Fatalf("the server was told to stop, and Serve returned an error: %v", r.result)
	}
	r.t.Note("Serve returns")
}

// refusal says why a handshake failed.
func refusal(response *http.Response, err error) string {
	if response == nil {
		return fmt.Sprintf("the server does not complete the handshake (%v)", err)
	}
	return fmt.Sprintf("the server answers the handshake with %q, not with \"101 Switching Protocols\":\nthe upgrade to WebSocket is missing", response.Status)
}
