// Right: the server measures messages itself, while it reads them.

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
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			visits.Add(1)
			defer visits.Done()
			s.connection(ctx, hub, &visits, w, r)
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
	visits.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// upgrader turns an HTTP request into a WebSocket connection. It refuses the pages of
// other origins, as long as nobody tells it otherwise (RFC 6455, section 10.2). Its
// buffers are small or shared, since most connections are idle most of the time.
var upgrader = websocket.Upgrader{ReadBufferSize: 512, WriteBufferPool: new(sync.Pool)}

// connection is one client's visit.
func (s *Server) connection(ctx context.Context, hub *Hub, _ *sync.WaitGroup, w http.ResponseWriter, r *http.Request) {
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	s.logf("%s came", r.RemoteAddr)
	defer s.logf("%s went", r.RemoteAddr)
	defer conn.Close()
	sign, member := s.sign(), hub.Join()
	reading := make(chan struct{})
	go func() {
		defer close(reading)
		defer hub.Leave(member)
		for {
			text, err := next(conn)
			if err != nil {
				return
			}
			hub.Broadcast(sign(text))
		}
	}()
	write(conn, Greeting)
	for text := range member.Messages() {
		if write(conn, text) != nil {
			conn.Close()
		}
	}
	if ctx.Err() != nil {
		hangUp(conn, websocket.CloseGoingAway)
	}
	conn.SetReadDeadline(time.Now().Add(goodbyeTime))
	<-reading
}

var errTooLong = errors.New("too long a message")

// next returns the next text message.
func next(conn *websocket.Conn) (string, error) {
	for {
		kind, message, err := conn.NextReader()
		if err != nil {
			return "", err
		}
		text, err := io.ReadAll(io.LimitReader(message, MaxMessage+1))
		if err != nil {
			return "", err
		}
		if len(text) > MaxMessage {
			hangUp(conn, websocket.CloseMessageTooBig)
			return "", errTooLong
		}
		if kind == websocket.TextMessage {
			return string(text), nil
		}
	}
}

func write(conn *websocket.Conn, text string) error {
	conn.SetWriteDeadline(time.Now().Add(writeTime))
	w, err := conn.NextWriter(websocket.TextMessage)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, text); err != nil {
		return err
	}
	return w.Close()
}

func hangUp(conn *websocket.Conn, code int) {
	conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(goodbyeTime))
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
