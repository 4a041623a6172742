// Right: the goroutine that writes also pings, by a ticker; a silent client is put out.

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
func (s *Server) connection(ctx context.Context, hub *Hub, visits *sync.WaitGroup, w http.ResponseWriter, r *http.Request) {
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	s.logf("%s came", r.RemoteAddr)
	sign := s.sign()
	member := hub.Join()
	visits.Add(1)
	go func() {
		defer visits.Done()
		defer s.logf("%s went", r.RemoteAddr)
		defer conn.Close()
		if err := s.write(ctx, conn, member); err != nil {
			return
		}
	}()
	defer hub.Leave(member)
	alive := func(string) error { return conn.SetReadDeadline(time.Now().Add(time.Minute)) }
	alive("")
	conn.SetPongHandler(alive)
	conn.SetReadLimit(MaxMessage)
	for {
		switch kind, text, err := conn.ReadMessage(); {
		case err != nil:
			return
		case kind == websocket.TextMessage:
			hub.Broadcast(sign(string(text)))
		}
	}
}

func (s *Server) write(ctx context.Context, conn *websocket.Conn, member *Member) error {
	ticker := time.NewTicker(20 * time.Second)
	defer ticker.Stop()
	send := func(kind int, text string) error {
		conn.SetWriteDeadline(time.Now().Add(writeTime))
		return conn.WriteMessage(kind, []byte(text))
	}
	err := send(websocket.TextMessage, Greeting)
	for err == nil {
		select {
		case <-ticker.C:
			err = send(websocket.PingMessage, "")
		case text, ok := <-member.Messages():
			if !ok {
				code := websocket.ClosePolicyViolation
				if ctx.Err() != nil {
					code = websocket.CloseGoingAway
				}
				return send(websocket.CloseMessage, string(websocket.FormatCloseMessage(code, "")))
			}
			err = send(websocket.TextMessage, text)
		}
	}
	return err
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
