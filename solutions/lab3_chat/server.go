// Yours to edit: the server, TODO 4 and 5 in part 1, TODO 11 in part 2, TODO 12 to 14 in part 3.

package chat

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/gorilla/websocket"

	"asynclab/internal/frames"
	"asynclab/internal/web"
)

// Greeting is the first message on every connection.
const Greeting = "Welcome to chat! Type a message"

// MaxMessage is the length in bytes of the longest message that the server accepts.
const MaxMessage = 4096

// How long the server waits for one client.
const (
	handshakeTime = 10 * time.Second // to finish its handshake
	writeTime     = 10 * time.Second // to take a message
	goodbyeTime   = time.Second      // to answer a goodbye
	pingTime      = 25 * time.Second // between two pings
	silence       = 60 * time.Second // without a message or a pong
)

// A Server is a chat room on a network. The zero value is ready to use; its fields
// must not change while it serves.
type Server struct {
	// Log, if not nil, gets a line for each connection that comes and one when it goes.
	Log *log.Logger

	// Sign, if not nil, is called once for each new connection, before its greeting, and
	// from several goroutines. The function that it returns makes of each text that this
	// client sends the one that the room hears: it can put a name to it.
	Sign func() func(text string) string
}

// Serve lets clients in at l until ctx is done; a browser gets the page of the room. Then it
// closes l, says goodbye to every client with close code 1001 (RFC 6455, section 7.4.1) and
// returns nil when all of them are gone. Each call is a room of its own. If l fails, Serve
// ends likewise and returns the error.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	hub := NewHub()
	var visits sync.WaitGroup
	server := &http.Server{
		ReadHeaderTimeout: handshakeTime,
		ConnState: func(_ net.Conn, state http.ConnState) {
			switch state { // a connection counts as a visit until its handler takes over
			case http.StateNew:
				visits.Add(1)
			case http.StateHijacked, http.StateClosed:
				visits.Done()
			}
		},
		Handler: web.Page(l.Addr(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			visits.Add(1)
			defer visits.Done()
			s.connection(ctx, hub, &visits, w, r)
		})),
	}
	failed := make(chan error, 1)
	go func() {
		failed <- server.Serve(l)
		cancel()
	}()
	<-ctx.Done()
	server.Close()
	hub.Close()
	err := <-failed // from here on nobody new comes
	visits.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// upgrader turns an HTTP request into a WebSocket connection. It refuses the pages of
// other origins, as long as nobody tells it otherwise (RFC 6455, section 10.2). Its
// buffers are small or shared, since most connections are idle most of the time.
var upgrader = websocket.Upgrader{ReadBufferSize: 128, WriteBufferPool: new(sync.Pool)}

// connection is one client's visit, from the handshake to the goodbye. In the end the
// client is off the hub, its connection is closed and none of its goroutines is left.
//
// The simplest way is to return when all of that is done; then visits needs no thought. One
// that returns earlier counts each goroutine that goes on in visits, as in a WaitGroup.
func (s *Server) connection(ctx context.Context, hub *Hub, visits *sync.WaitGroup, w http.ResponseWriter, r *http.Request) {
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has told the client why
	}
	s.logf("%s came", r.RemoteAddr)
	conn.SetReadLimit(MaxMessage)                                // a longer message ends in close code 1009
	conn.SetCloseHandler(func(int, string) error { return nil }) // write answers, after the last message

	v := &visit{conn: conn, hub: hub, sign: s.sign(), left: make(chan struct{})}
	v.member = hub.Join() // before the greeting: who has read it hears everything
	v.greet()
	v.expectPong()
	visits.Add(2)
	go v.read(visits)
	go func() {
		v.write(ctx)
		s.logf("%s went", conn.RemoteAddr())
		visits.Done()
	}()
}

// A visit is what the two goroutines of one connection share.
type visit struct {
	conn   *websocket.Conn
	hub    *Hub
	member *Member
	sign   func(text string) string
	pings  *time.Timer
	left   chan struct{} // closed when nothing more comes from the client
	polite bool          // then: it has said goodbye
}

// greet sends the greeting. A client that does not take it is stuck: let the others know.
func (v *visit) greet() {
	v.conn.SetWriteDeadline(time.Now().Add(writeTime))
	if v.conn.WriteMessage(websocket.TextMessage, []byte(Greeting)) != nil {
		v.conn.Close()
	}
}

// read lets the room hear each text message, until the client says goodbye or is gone.
func (v *visit) read(visits *sync.WaitGroup) {
	for {
		v.isAlive() // who waited for its turn for long had no chance to be heard
		kind, text, err := v.conn.ReadMessage()
		if err != nil {
			v.polite = v.isGoodbye(err)
			break
		}
		if kind != websocket.TextMessage {
			continue
		}
		if !utf8.Valid(text) { // a browser that gets it must hang up (RFC 6455, section 8.1)
			v.sayGoodbye(websocket.CloseInvalidFramePayloadData)
			break
		}
		v.hub.Broadcast(v.sign(string(text)))
	}
	close(v.left)
	v.hub.Leave(v.member)
	visits.Done()
}

// isGoodbye reports whether reading has ended with the client's own goodbye.
func (v *visit) isGoodbye(err error) bool {
	if errors.Is(err, websocket.ErrReadLimit) {
		v.sayGoodbye(websocket.CloseMessageTooBig) // gorilla forgets this for a negative length
	}
	closed, ok := err.(*websocket.CloseError)
	return ok && closed.Code != websocket.CloseAbnormalClosure
}

// write sends what the member hears until it has left the hub, and then says goodbye. It
// alone sends messages on the connection: gorilla allows one writer at a time.
func (v *visit) write(ctx context.Context) {
	for text := range v.member.Messages() {
		if v.hasLeft() && !v.polite {
			break // gorilla has closed the connection for a mistake of the client's
		}
		v.conn.NetConn().SetWriteDeadline(time.Now().Add(writeTime)) // a client that does not read must not hold us
		if frames.Write(v.conn, text, v.member.Messages()) != nil {
			break // the client is gone, or stuck
		}
	}
	v.hub.Leave(v.member) // else the room would wait for one who hears no more
	v.pings.Stop()
	v.sayGoodbye(v.closeCode(ctx))
	time.AfterFunc(goodbyeTime, func() { v.conn.Close() }) // whatever the client does
	<-v.left
	if !v.polite { // closing while it still sends would take our last words from it
		io.Copy(io.Discard, v.conn.NetConn())
	}
	v.conn.Close()
}

// expectPong lets a ping ask the client for a sign of life, again and again. One that
// gives none is gone: some networks drop a connection without telling anybody.
func (v *visit) expectPong() {
	ping := func() { v.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeTime)) }
	v.pings = time.AfterFunc(pingTime, ping)
	v.conn.SetPongHandler(func(string) error { return v.isAlive() })
	v.conn.SetPingHandler(func(text string) error { // gorilla's own would leave a second to the message before its pong
		v.conn.WriteControl(websocket.PongMessage, []byte(text), time.Now().Add(writeTime))
		return nil
	})
}

// isAlive notes a sign of life.
func (v *visit) isAlive() error {
	v.pings.Reset(pingTime)
	return v.conn.SetReadDeadline(time.Now().Add(silence))
}

// sayGoodbye sends a close frame, unless that has been done.
func (v *visit) sayGoodbye(code int) {
	message := websocket.FormatCloseMessage(code, "")
	v.conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(goodbyeTime))
}

// hasLeft reports whether nothing more comes from the client.
func (v *visit) hasLeft() bool {
	select {
	case <-v.left:
		return true
	default:
		return false
	}
}

// closeCode tells why the member has left the hub (RFC 6455, section 7.4.1; 1013 is in
// IANA's registry of close codes).
func (v *visit) closeCode(ctx context.Context) int {
	switch {
	case v.hasLeft():
		return websocket.CloseNormalClosure // the client went of its own accord
	case ctx.Err() != nil:
		return websocket.CloseGoingAway // the server stops
	default:
		return websocket.CloseTryAgainLater // the hub put it out: it was too slow
	}
}

// sign returns what makes of each text of a new connection the one that the room hears.
func (s *Server) sign() func(text string) string {
	if s.Sign == nil {
		return func(text string) string { return text }
	}
	return s.Sign()
}

func (s *Server) logf(format string, args ...any) {
	if s.Log != nil {
		s.Log.Printf(format, args...)
	}
}
