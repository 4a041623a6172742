package web_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"asynclab/internal/web"
)

// An address as a listener has one.
type address string

func (a address) Network() string { return "tcp" }
func (a address) String() string  { return string(a) }

// ask is what a room at addr answers to a request, and whether the request came to the room.
func ask(t *testing.T, addr net.Addr, method, host, path string, header ...string) (answer *http.Response, came bool) {
	t.Helper()
	room := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { came = true })
	request := httptest.NewRequest(method, "http://"+host+path, nil)
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	recorder := httptest.NewRecorder()
	web.Page(addr, room).ServeHTTP(recorder, request)
	return recorder.Result(), came
}

var handshake = []string{"Connection", "keep-alive, Upgrade", "Upgrade", "websocket"}

// A browser gets the page, a WebSocket handshake goes on to the room, all else is an error.
func TestWhoGetsWhat(t *testing.T) {
	const addr = address("127.0.0.1:2000")
	for request, want := range map[string]int{
		"GET /":            http.StatusOK,
		"HEAD /":           http.StatusOK,
		"GET /?from=ana":   http.StatusOK,
		"POST /":           http.StatusMethodNotAllowed,
		"OPTIONS /":        http.StatusMethodNotAllowed,
		"GET /page.html":   http.StatusNotFound,
		"DELETE /a":        http.StatusNotFound,
		"GET /favicon.ico": http.StatusNotFound,
	} {
		method, path, _ := strings.Cut(request, " ")
		answer, came := ask(t, addr, method, "127.0.0.1:2000", path)
		require.Equal(t, want, answer.StatusCode, "the status of %s", request)
		require.False(t, came, "%s goes on to the room", request)
	}
	for _, path := range []string{"/", "/anything"} {
		_, came := ask(t, addr, "GET", "127.0.0.1:2000", path, handshake...)
		require.True(t, came, "a handshake at %s goes on to the room", path)
	}
}

// The room answers to the names by which it can be meant, and to no other.
func TestWhichNamesAreMeant(t *testing.T) {
	for _, c := range []struct {
		addr, host string
		ok         bool
	}{
		{"127.0.0.1:2000", "127.0.0.1:2000", true},
		{"127.0.0.1:2000", "127.0.0.1", true},
		{"127.0.0.1:2000", "localhost:2000", true},
		{"127.0.0.1:2000", "LocalHost:2000", true},
		{"127.0.0.1:2000", "127.1.2.3:2000", true},
		{"127.0.0.1:2000", "[::1]:2000", true},
		{"127.0.0.1:2000", "localhost:3000", true}, // through a tunnel
		{"127.0.0.1:2000", "evil.example:2000", false},
		{"127.0.0.1:2000", "evil.example", false},
		{"127.0.0.1:2000", "127.0.0.1.evil.example:2000", false},
		{"127.0.0.1:2000", "localhost.evil.example:2000", false},
		{"127.0.0.1:2000", "192.168.1.7:2000", false},
		{"127.0.0.1:2000", "", false},
		{"[::1]:2000", "[::1]:2000", true},
		{"192.168.1.7:2000", "192.168.1.7:2000", true},
		{"192.168.1.7:2000", "192.168.1.8:2000", false},
		{"[::]:8080", "192.168.1.7:8080", true},
		{"[::]:8080", "[fd00::7]:8080", true},
		{"0.0.0.0:8080", "192.168.1.7:8080", true},
		{"0.0.0.0:8080", "evil.example:8080", false},
		{"ana.local:8080", "Ana.local:8080", true},
		{"ana.local:8080", "budi.local:8080", false},
	} {
		want := http.StatusOK
		if !c.ok {
			want = http.StatusMisdirectedRequest
		}
		answer, _ := ask(t, address(c.addr), "GET", c.host, "/")
		require.Equal(t, want, answer.StatusCode, "the status for %q at %s", c.host, c.addr)
		_, came := ask(t, address(c.addr), "GET", c.host, "/", handshake...)
		require.Equal(t, c.ok, came, "whether a handshake with %q comes to the room at %s", c.host, c.addr)
	}
}
