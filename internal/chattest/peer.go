package chattest

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
)

// A Peer is one end of a WebSocket connection in the hands of the test: a visitor of
// the room, or the server that a client talks to. Whatever comes is read at once, by a
// goroutine of its own, so a Peer never keeps the other end waiting, unless it is deaf.
type Peer struct {
	t     referee
	name  string
	conn  *websocket.Conn
	inbox *inbox
	pongs *inbox
	turn  chan bool // holds one value while nobody sends: gorilla allows one writer at a time
}

func newPeer(t referee, name string, conn *websocket.Conn) *Peer {
	p := &Peer{t: t, name: name, conn: conn, inbox: newInbox(), pongs: newInbox(), turn: make(chan bool, 1)}
	p.turn <- true
	conn.SetPongHandler(func(text string) error {
		p.pongs.put(text)
		return nil
	})
	return p
}

// Wakes makes a deaf Peer listen from now on.
func (p *Peer) Wakes() { p.t.Go(p.listen) }

// NeverAnswers makes a deaf Peer take whatever comes from now on, and answer none of it,
// not even a goodbye.
func (p *Peer) NeverAnswers() { p.t.Go(func() { io.Copy(io.Discard, p.conn.NetConn()) }) }

// HearsAndGoesDeaf requires that the next message to a deaf Peer is this one. It reads no other.
func (p *Peer) HearsAndGoesDeaf(want string) {
	p.t.Helper()
	p.conn.SetReadDeadline(time.Now().Add(patience))
	if _, got, err := p.conn.ReadMessage(); err != nil || string(got) != want {
		p.t.Fatalf("%s should hear: %s\n%s heard:       %s", p.name, short(want), p.name, short(string(got)))
	}
	p.conn.SetReadDeadline(time.Time{}) // whoever is slow may take longer than that until it wakes
	p.t.Note("%s hears %s, and reads no more", p.name, short(want))
}

// listen reads until the connection ends.
func (p *Peer) listen() {
	for {
		kind, data, err := p.conn.ReadMessage()
		switch {
		case err != nil:
			p.t.Note("%s: %s", p.name, ending(err))
			p.inbox.close(err)
			return
		case kind == websocket.BinaryMessage:
			p.inbox.put(fmt.Sprintf("a binary message: %q", data))
		default:
			p.t.Note("%s hears %s", p.name, short(string(data)))
			p.inbox.put(string(data))
		}
	}
}

// Says sends a text message.
func (p *Peer) Says(text string) {
	p.t.Helper()
	p.t.Note("%s says %s", p.name, short(text))
	p.send(websocket.TextMessage, []byte(text))
}

// Sends sends a message, or a ping, of the given kind.
func (p *Peer) Sends(kind int, data []byte) {
	p.t.Helper()
	p.t.Note("%s sends a %s: %s", p.name, kinds[kind], short(string(data)))
	p.send(kind, data)
}

var kinds = map[int]string{
	websocket.TextMessage:   "text message",
	websocket.BinaryMessage: "binary message",
	websocket.PingMessage:   "ping",
}

func (p *Peer) send(kind int, data []byte) {
	p.t.Helper()
	<-p.turn
	defer func() { p.turn <- true }()
	p.conn.SetWriteDeadline(time.Now().Add(patience))
	err := p.conn.WriteMessage(kind, data)
	if err == nil {
		return
	}
	var late net.Error // gorilla hides os.ErrDeadlineExceeded behind another one
	why := "nobody reads the connection\n" + p.t.Goroutines()
	if !errors.As(err, &late) || !late.Timeout() { // then the connection is over
		why = ending(cmp.Or(p.inbox.waitForEnd(), err))
	}
	p.t.Errorf("%s could not send %s: %s", p.name, short(string(data)), why)
}

// TalksUntilCutOff says text again and again, with a pause before each, until the other end
// hangs up.
func (p *Peer) TalksUntilCutOff(text string, pause time.Duration) {
	p.goesOnUntilCutOff(websocket.TextMessage, text, pause)
}

// PingsUntilCutOff sends a ping again and again, likewise.
func (p *Peer) PingsUntilCutOff(pause time.Duration) {
	p.goesOnUntilCutOff(websocket.PingMessage, "are you there?", pause)
}

func (p *Peer) goesOnUntilCutOff(kind int, text string, pause time.Duration) {
	<-p.turn
	defer func() { p.turn <- true }()
	for {
		time.Sleep(pause)
		p.conn.SetWriteDeadline(time.Now().Add(patience))
		if p.conn.WriteMessage(kind, []byte(text)) != nil {
			return
		}
	}
}

// SendsRaw sends bytes as they are: what no honest peer would send.
func (p *Peer) SendsRaw(data []byte) {
	p.t.Note("%s sends the raw bytes % x", p.name, data[:min(len(data), 16)])
	p.conn.NetConn().SetWriteDeadline(time.Now().Add(patience))
	p.conn.NetConn().Write(data) // the other end may have hung up at the first odd byte
}

// Hears requires that the next messages are these, each in a message of its own.
func (p *Peer) Hears(texts ...string) {
	p.t.Helper()
	for _, want := range texts {
		if got := p.Next(); got != want {
			p.t.Fatalf("%s should hear: %s\n%s heard:       %s", p.name, short(want), p.name, short(got))
		}
	}
}

// Next returns the next message. None, or the end of the connection, fails the test.
func (p *Peer) Next() string {
	p.t.Helper()
	text, ok, end := p.inbox.take()
	switch {
	case ok:
	case end != nil:
		p.t.Fatalf("%s should hear a message, but %s", p.name, ending(end))
	default:
		p.t.Fatalf("%s should hear a message, but heard nothing\n%s", p.name, p.t.Goroutines())
	}
	return text
}

// Rest returns all messages up to the end of the connection, which must come.
func (p *Peer) Rest() (texts []string) {
	p.t.Helper()
	for {
		switch text, ok, end := p.inbox.take(); {
		case ok:
			texts = append(texts, text)
		case end != nil:
			return texts
		default:
			p.t.Fatalf("%s should be disconnected, but is still connected\n%s", p.name, p.t.Goroutines())
		}
	}
}

// Conn is the network connection below the Peer.
func (p *Peer) Conn() net.Conn { return p.conn.NetConn() }

// HearsNothing requires that nothing has come that has not been asked for, and that
// nobody has anything left to do that would send more. Only in a bubble can this be known.
func (p *Peer) HearsNothing() {
	p.t.Helper()
	synctest.Wait()
	if text, ok, end := p.inbox.peek(); ok {
		p.t.Fatalf("%s should hear nothing more, but heard %s", p.name, short(text))
	} else if end != nil {
		p.t.Fatalf("%s should still be connected, but %s", p.name, ending(end))
	}
}

// Pings sends a ping and requires its pong.
func (p *Peer) Pings() {
	p.t.Helper()
	p.Sends(websocket.PingMessage, []byte("are you there?"))
	if _, ok, _ := p.pongs.take(); !ok {
		p.t.Fatalf("%s sent a ping, and no pong came back: is somebody reading the connection?", p.name)
	}
}

// Leaves says goodbye with close code 1000 and requires that the other end closes the
// connection.
func (p *Peer) Leaves() {
	p.t.Helper()
	p.t.Note("%s leaves", p.name)
	p.Closes(websocket.CloseNormalClosure)
	if p.inbox.waitForEnd() == nil {
		p.t.Fatalf("%s said goodbye (close code 1000), but the other end neither answers nor hangs up\n%s", p.name, p.t.Goroutines())
	}
	p.IsHungUpOn()
	p.conn.Close()
}

// Closes sends a close frame and waits for nothing.
func (p *Peer) Closes(code int) {
	p.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(patience))
}

// Vanishes breaks the connection without a goodbye.
func (p *Peer) Vanishes() {
	p.t.Note("%s vanishes", p.name)
	p.conn.NetConn().Close()
}

// IsClosedWith requires that the other end closes the connection with this code, or one
// of these.
func (p *Peer) IsClosedWith(codes ...int) {
	p.t.Helper()
	wanted := strings.Join(strings.Fields(strings.Trim(fmt.Sprint(codes), "[]")), " or ")
	end := p.inbox.waitForEnd()
	if end == nil {
		p.t.Fatalf("%s should be told goodbye with close code %s, but is still connected\n%s", p.name, wanted, p.t.Goroutines())
	}
	if !websocket.IsCloseError(end, codes...) {
		p.t.Fatalf("%s should be told goodbye with close code %s, but %s", p.name, wanted, ending(end))
	}
}

// IsHungUpOn requires that the other end closes the connection under a deaf Peer.
func (p *Peer) IsHungUpOn() {
	p.t.Helper()
	conn := p.conn.NetConn()
	conn.SetReadDeadline(time.Now().Add(patience))
	if _, err := io.Copy(io.Discard, conn); errors.Is(err, os.ErrDeadlineExceeded) {
		p.t.Fatalf("%s should find the connection closed, but it is still open", p.name)
	}
}

// ending says how a connection ended.
func ending(err error) string {
	var closed *websocket.CloseError
	switch {
	case errors.As(err, &closed) && closed.Code != websocket.CloseAbnormalClosure:
		return fmt.Sprintf("the connection ended with close code %d", closed.Code)
	case errors.Is(err, net.ErrClosed):
		return "the connection is closed"
	}
	return "the connection broke without a goodbye (no close code)"
}

// short quotes a text so that it fits on a line.
func short(text string) string {
	if len(text) > 60 {
		return fmt.Sprintf("%.40q... (%d bytes)", text, len(text))
	}
	return fmt.Sprintf("%q", text)
}
