// Yours to edit: part 2, the server, TODO 6 to 9.

package chat

import (
	"context"
	"errors"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
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

// Serve lets clients in at l until ctx is done. Then it closes l, says goodbye to every
// client with close code 1001 (RFC 6455, section 7.4.1) and returns nil when all of them
// are gone. Each call is a room of its own. If l fails, Serve ends likewise and returns
// the error.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	hub := NewHub()
	var busy sync.WaitGroup // counts connections, and handlers that took over theirs
	server := &http.Server{
		ReadHeaderTimeout: handshakeTime,
		ConnState: func(_ net.Conn, state http.ConnState) {
			switch state {
			case http.StateNew:
				busy.Add(1)
			case http.StateHijacked, http.StateClosed:
				busy.Done()
			}
		},
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			busy.Add(1)
			defer busy.Done()
			s.connection(ctx, hub, w, r)
		}),
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
	busy.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// upgrader turns an HTTP request into a WebSocket connection. It refuses the pages of
// other origins, as long as nobody tells it otherwise (RFC 6455, section 10.2).
var upgrader = websocket.Upgrader{}

// connection is one client's visit, from the handshake to the goodbye. When it returns,
// the client is off the hub, its connection is closed and none of its goroutines is left.
func (s *Server) connection(ctx context.Context, hub *Hub, w http.ResponseWriter, r *http.Request) {
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has told the client why
	}
	defer conn.Close()
	s.logf("%s came", r.RemoteAddr)
	defer s.logf("%s went", r.RemoteAddr)

	sign := s.sign()
	member := hub.Join()        // before the greeting: who has read it hears everything
	left := make(chan struct{}) // closed when the client has said its last
	go func() {
		defer hub.Leave(member)
		defer close(left)
		s.read(conn, func(text string) { hub.Broadcast(sign(text)) })
	}()
	if s.write(conn, member) == nil {
		s.sayGoodbye(conn, s.closeCode(ctx, left))
	} else {
		conn.Close() // the client is gone or stuck: let the reader know
	}
	<-left
}

// read passes every text message to say until the client says goodbye or is gone.
func (s *Server) read(conn *websocket.Conn, say func(text string)) {
	conn.SetReadLimit(MaxMessage)                                // a longer message ends in close code 1009
	conn.SetCloseHandler(func(int, string) error { return nil }) // sayGoodbye answers, after the last message
	for {
		kind, text, err := conn.ReadMessage()
		if err != nil {
			return
		}
		if kind == websocket.TextMessage {
			say(string(text))
		}
	}
}

// write sends the greeting, and then what the member hears, until it has left the hub.
// No other goroutine sends messages on conn: gorilla allows one writer at a time.
func (s *Server) write(conn *websocket.Conn, member *Member) error {
	text, ok := Greeting, true
	for ok {
		conn.SetWriteDeadline(time.Now().Add(writeTime)) // a client that does not read must not hold us
		if err := conn.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
			return err
		}
		text, ok = <-member.Messages()
	}
	return nil
}

// closeCode tells why a member has left the hub (RFC 6455, section 7.4.1; 1013 is
// in IANA's registry of close codes).
func (s *Server) closeCode(ctx context.Context, left <-chan struct{}) int {
	select {
	case <-left:
		return websocket.CloseNormalClosure // the client went of its own accord
	default:
	}
	if ctx.Err() != nil {
		return websocket.CloseGoingAway // the server stops
	}
	return websocket.CloseTryAgainLater // the hub put it out: it was too slow
}

// sayGoodbye starts or completes the closing handshake, and gives the client a moment
// for its part of it.
func (s *Server) sayGoodbye(conn *websocket.Conn, code int) {
	message := websocket.FormatCloseMessage(code, "")
	conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(goodbyeTime))
	conn.SetReadDeadline(time.Now().Add(goodbyeTime))
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
