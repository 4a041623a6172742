// Given: the tests of both programs, as a user runs them. There is nothing to edit.

package port8080_test

import (
	"net"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"asynclab/internal/bubble"
	"asynclab/internal/program"
)

func TestMain(m *testing.M) { bubble.Main(m, program.Remove) }

const (
	address  = "127.0.0.1:8080"
	greeting = "From server: Welcome to chat! Type a message"
)

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

// calls returns the address of which a client says that it cannot reach it.
func calls(t *bubble.T, client *program.Program) string {
	t.Helper()
	_, text := client.Ends()
	called := regexp.MustCompile(`\bws://([^/: ]+(:\d+)?)`).FindStringSubmatch(text)
	require.NotNil(t, called, "the client should say which ws:// address it cannot reach, but says: %s", text)
	return called[1]
}

// The server listens on port 8080, on this machine alone.
func TestTheServerListensOn8080(t *testing.T) {
	run(t, bubble.Lesson{
		Rule:  "Without flags, the server listens on 127.0.0.1:8080.",
		Look:  "server/main.go, TODO 1",
		Think: "Which part of an address is the port? And who can reach the other part?",
	}, func(t *bubble.T, programs string) {
		require.Equal(t, address, listens(t, program.Start(t, programs, "server")), "where the server says it listens")
	})
}

// The client calls port 8080; if nobody is there, it says so in one line.
func TestTheClientCalls8080(t *testing.T) {
	run(t, bubble.Lesson{
		Rule:  "Without flags, the client calls ws://127.0.0.1:8080. If no server is there, it says so in one line and ends with exit code 1.",
		Look:  "client/main.go, TODO 2",
		Think: "The server has moved. How does the client know?",
	}, func(t *bubble.T, programs string) {
		client := program.Start(t, programs, "client")
		code, text := client.Ends()
		require.Regexp(t, `\bws://(127\.0\.0\.1|localhost):8080\b`, text, "what the client says when no server is there")
		require.Equal(t, 1, code, "the client's exit code when no server is there")
		require.NotContains(t, text, "\n", "what the client says should be one line")
	})
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
				_, listening, _ := net.SplitHostPort(at)
				called := calls(t, client)
				_, calling, err := net.SplitHostPort(called)
				if err != nil {
					t.Fatalf("the server listens on %s, the client calls %s, without a port: both ends must agree", at, called)
				} else if listening != calling {
					t.Fatalf("the server listens on %s, the client calls %s: both ends must agree", listening, calling)
				}
				_, text := client.Ends()
				t.Fatalf("the client does not reach the server on %s: %s", at, text)
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
		require.NotEqual(t, address, at, "the server was told -addr 127.0.0.1:0, which is any free port")
		program.Start(t, programs, "client", "-url", "ws://"+at).Prints(greeting)
		for _, name := range []string{"server", "client"} {
			help := program.Start(t, programs, name, "-h")
			text := ""
			for line, ok := help.Line(); ok; line, ok = help.Line() {
				text += line + "\n"
			}
			require.Contains(t, text, ":8080", "the help of the %s", name)
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
		defer other.Close()
		server := program.Start(t, programs, "server")
		if line, ok := server.Line(); ok {
			t.Fatalf("port 8080 is taken, but the server starts and prints: %s", line)
		}
		code, text := server.Ends()
		require.Equal(t, 1, code, "the exit code of a server whose port is taken; it says: %s", text)
		require.Contains(t, text, "8080", "what the server says should name the port")
		require.NotContains(t, text, "\n", "what the server says should be one line")
	})
}
