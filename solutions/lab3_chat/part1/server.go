// Right: the answer to part 1 alone, in its simplest form: connection waits until the client is gone.

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
	defer conn.Close()
	member := hub.Join()
	defer hub.Leave(member)
	conn.WriteMessage(websocket.TextMessage, []byte(Greeting))
	go func() {
		for text := range member.Messages() {
			conn.WriteMessage(websocket.TextMessage, []byte(text))
		}
	}()
	for {
		_, text, err := conn.ReadMessage()
		if err != nil {
			return
		}
		hub.Broadcast(string(text))
	}
	// TODO 11, in part 2: from when on does the client hear the room? And let s.sign(), called
	// before the greeting, say what the room hears of each text.
	//
	// TODO 12, in part 3: only texts are for the room, of at most MaxMessage bytes.
	// TODO 13, in part 3: the client leaves, vanishes, or takes nothing any more. See that
	// nothing of it is left. Log (s.logf) that it has come, and in the end that it has gone.
	// TODO 14, in part 3: the hub puts it out, or the server stops (ctx). Tell it, with a
	// close code.
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
