// Given: the tests of both programs, as a user runs them. There is nothing to edit.

package port8080_test

import (
	"fmt"
	"net"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"

	"asynclab/internal/bubble"
	"asynclab/internal/chattest"
	"asynclab/internal/program"
)

func TestMain(m *testing.M) { bubble.Main(m, program.Of()) }

const (
	address  = "127.0.0.1:8080"
	oldPort  = "127.0.0.1:2000"
	greeting = "From server: " + chattest.Greeting
)

// dialer is patient: only a failure takes so long.
var dialer = websocket.Dialer{HandshakeTimeout: 20 * time.Second}

// run builds both programs and runs body in real time.
func run(t *testing.T, lesson bubble.Lesson, body func(t *bubble.T, programs string)) {
	t.Helper()
	programs := program.Build(t)
	program.NeedPort(t, address)
	bubble.RunReal(t, lesson, func(t *bubble.T) { body(t, programs) })
}

// listens returns the address of which a server says that it listens there.
func listens(t *bubble.T, server *program.Program) string {
	t.Helper()
	line, ok := server.Line()
	if !ok {
		code, text := server.Ends()
		t.Fatalf("the server should listen, but ended with exit code %d: %s", code, text)
	}
	at, ok := strings.CutPrefix(line, "listening on ws://")
	require.True(t, ok, "the server's first line should be \"listening on ws://%s\", but is %q", address, line)
	return at
}

// refuses starts a program that cannot do its work, and returns what it says on stdout and
// stderr, and its exit code. If it starts to work, the test fails; why says why it cannot.
func refuses(t *bubble.T, why, programs, name string) (said []string, code int) {
	t.Helper()
	p := program.Start(t, programs, name)
	for line, ok := p.Line(); ok; line, ok = p.Line() {
		said = append(said, line)
		switch {
		case strings.HasPrefix(line, "From server: "):
			t.Fatalf("%s, but the client meets one, and prints: %s\n%s", why, line, whom(programs))
		case strings.HasPrefix(line, "listening on "):
			t.Fatalf("%s, but the %s starts to work, and prints: %s", why, name, line)
		}
		if len(said) == 10 {
			t.Fatalf("%s, but the %s does not give up, and prints:\n%s\n...", why, name, strings.Join(said[:3], "\n"))
		}
	}
	code, text := p.Ends()
	return append(said, strings.FieldsFunc(text, func(r rune) bool { return r == '\r' || r == '\n' })...), code
}

// whom says who it may be that a client has met, although no server of the test is there.
func whom(programs string) string {
	help, _ := exec.Command(filepath.Join(programs, "client"), "-h").CombinedOutput()
	called := regexp.MustCompile(`wss?://[^\s")]+`).FindString(string(help))
	if called == "" || strings.HasSuffix(called, ":8080") {
		return "It has found a server at another address than the one that it should call."
	}
	return fmt.Sprintf("By its -h it calls %s. Somebody listens there, perhaps your own server of an earlier lab, in another terminal: Ctrl-C stops it.", called)
}

// isFree reports whether nobody listens at addr.
func isFree(addr string) bool {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return false
	}
	l.Close()
	return true
}

// requireOneLine requires that a program which gave up said so in one line, and said that
// it is a failure.
func requireOneLine(t *bubble.T, name string, said []string, code int) {
	t.Helper()
	switch {
	case len(said) == 0:
		t.Fatalf("the %s should say in one line what is wrong, but says nothing", name)
	case len(said) > 1:
		t.Fatalf("the %s should say in one line what is wrong, but says %d lines:\n%s\n...", name, len(said), said[0])
	case code != 1:
		t.Fatalf("the %s should end with exit code 1, but ends with exit code %d. It says:\n%s", name, code, said[0])
	}
}

// The server listens on port 8080, on this machine alone.
func TestTheServerListensOn8080(t *testing.T) {
	run(t, bubble.Lesson{
		Rule:  "Without flags, the server listens on 127.0.0.1:8080.",
		Look:  "server/main.go, TODO 1",
		Think: "Which part of an address is the port? And who can reach the other part?",
	}, func(t *bubble.T, programs string) {
		wasFree := isFree(oldPort)
		at := listens(t, program.Start(t, programs, "server"))
		host, _, err := net.SplitHostPort(at)
		require.NoError(t, err, "where the server says it listens")
		if ip := net.ParseIP(host); ip != nil && !ip.IsLoopback() {
			t.Fatalf("the server listens on %s: %s stands for every address of this machine, and everybody on the network can reach it", at, host)
		}
		require.Equal(t, address, at, "where the server says it listens")
		conn, _, err := dialer.Dial("ws://"+at, nil)
		if err != nil {
			t.Fatalf("the server says that it listens on %s, but no chat answers there: %v\nDoes it serve at the listener that it is given?", at, err)
		}
		conn.Close()
		if wasFree && !isFree(oldPort) {
			t.Fatalf("the server listens on %s, and on %s as well: a room that moves leaves its old place", address, oldPort)
		}
	})
}

// The client calls port 8080; if nobody is there, it says so in one line.
func TestTheClientCalls8080(t *testing.T) {
	run(t, bubble.Lesson{
		Rule:  "Without flags, the client calls ws://127.0.0.1:8080 and nobody else. If no server is there, it says so in one line and ends with exit code 1.",
		Look:  "client/main.go, TODO 2",
		Think: "The server has moved. How does the client know?",
	}, func(t *bubble.T, programs string) {
		var called atomic.Bool
		if old, err := net.Listen("tcp", oldPort); err == nil { // else a server of the student's listens there
			t.AtEnd(func() { old.Close() })
			t.Cleanup(func() { old.Close() })
			t.Go(func() {
				for conn, err := old.Accept(); err == nil; conn, err = old.Accept() {
					conn.Close()
					called.Store(true)
				}
			})
		}
		said, code := refuses(t, "no server listens on port 8080", programs, "client")
		text := strings.Join(said[:min(len(said), 3)], "\n")
		if !regexp.MustCompile(`\bws://(127\.0\.0\.1|localhost):8080\b`).MatchString(text) {
			t.Fatalf("the client should say that it cannot reach ws://%s, but says:\n%s", address, text)
		}
		requireOneLine(t, "client", said, code)
		if called.Load() {
			t.Fatalf("no server answers on port 8080, and the client calls %s instead: whoever answers there is not the room that it was told to join", oldPort)
		}
	})
}

// callMany connects so many visitors, who hear the greeting.
func callMany(t *bubble.T, n int) (visitors []*websocket.Conn) {
	t.Helper()
	for range n {
		conn, _, err := dialer.Dial("ws://"+address, nil)
		require.NoError(t, err, "one of many who call the server")
		t.AtEnd(func() { conn.Close() })
		t.Cleanup(func() { conn.Close() })
		requireHears(t, conn, chattest.Greeting, "one of many who call the server should hear the greeting")
		visitors = append(visitors, conn)
	}
	return visitors
}

// requireHears requires that the next message on the connection is this one.
func requireHears(t *bubble.T, conn *websocket.Conn, want, format string, args ...any) {
	t.Helper()
	conn.SetReadDeadline(time.Now().Add(dialer.HandshakeTimeout))
	_, text, err := conn.ReadMessage()
	if err != nil || string(text) != want {
		t.Fatalf("%s: it should hear %q, but hears %q (%v)", fmt.Sprintf(format, args...), want, text, err)
	}
}

// Both ends meet on port 8080, and everyone hears what one says.
func TestBothEndsMeet(t *testing.T) {
	run(t, bubble.Lesson{
		Rule:  "Without flags, three clients meet on the server's port 8080 and hear each other.",
		Look:  "server/main.go and client/main.go, TODO 1 and 2",
		Think: "A connection has two ends. Do both name the same port?",
	}, func(t *bubble.T, programs string) {
		at := listens(t, program.Start(t, programs, "server"))
		var clients []*program.Program
		for range 3 {
			client := program.Start(t, programs, "client")
			line, ok := client.Line()
			if !ok {
				_, text := client.Ends()
				t.Fatalf("the server listens on %s, but the client does not find it: both ends must agree. The client says:\n%s", at, text)
			}
			require.Equal(t, greeting, line, "the first line that a client prints")
			clients = append(clients, client)
		}
		for i, text := range []string{"one", "two", "three"} {
			clients[i].Types(text)
			for _, client := range clients {
				client.Prints("From server: " + text)
			}
		}
		require.Equal(t, address, at, "they have met, but at another address")
		visitors := callMany(t, 20)
		clients[0].Types("four")
		for i, visitor := range visitors {
			requireHears(t, visitor, "four", "visitor %d of %d has called %s, and is not in the same room as the others", i+1, len(visitors), address)
		}
		for _, client := range clients {
			client.EndInput()
			code, text := client.Ends()
			require.Equal(t, 0, code, "the exit code of a client whose input has ended; it says: %s", text)
		}
	})
}

// The flags still choose another address.
func TestFlagsStillOverride(t *testing.T) {
	run(t, bubble.Lesson{
		Rule:  "-addr and -url still choose another address, and -h names 8080 as what they choose by default.",
		Look:  "server/main.go and client/main.go, TODO 1 and 2",
		Think: "Where does a program's default end, and where does the user's wish begin?",
	}, func(t *bubble.T, programs string) {
		at := listens(t, program.Start(t, programs, "server", "-addr", "127.0.0.1:0"))
		if at == address {
			t.Fatalf("the server was told -addr 127.0.0.1:0, which is any free port, but listens on %s", at)
		}
		client := program.Start(t, programs, "client", "-url", "ws://"+at)
		line, ok := client.Line()
		if !ok {
			_, text := client.Ends()
			t.Fatalf("the client was told -url ws://%s, where a server is, but says:\n%s", at, text)
		}
		require.Equal(t, greeting, line, "the first line that a client prints")
		for _, name := range []string{"server", "client"} {
			help := program.Start(t, programs, name, "-h")
			text := help.All()
			_, more := help.Ends()
			require.Contains(t, text+more, ":8080", "the help of the %s", name)
		}
	})
}

// A port that is taken is one clear line.
func TestATakenPort(t *testing.T) {
	run(t, bubble.Lesson{
		Rule:  "If port 8080 is taken, the server says so in one line and ends with exit code 1.",
		Look:  "server/main.go, TODO 1",
		Think: "Two programs cannot listen on one port. Which one does your server want?",
	}, func(t *bubble.T, programs string) {
		other, err := net.Listen("tcp", address)
		require.NoError(t, err)
		t.Cleanup(func() { other.Close() })
		said, code := refuses(t, "port 8080 is taken", programs, "server")
		requireOneLine(t, "server", said, code)
		require.Contains(t, said[0], "8080", "what the server says should name the port")

		other.Close()
		listens(t, program.Start(t, programs, "server"))
		said, code = refuses(t, "port 8080 is taken by a first server", programs, "server")
		requireOneLine(t, "server", said, code)
	})
}
