// Package web is the room in a browser: one page, which stands beside the WebSocket of the room.
package web

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/gorilla/websocket"
)

//go:embed page.html
var source string

// page is the source with the line ends that a browser counts with, whatever git made of them.
var page = strings.ReplaceAll(source, "\r\n", "\n")

// policy lets the page run its own script, use its own style and call the server that it
// came from, and nothing else. In a browser that knows trusted types, the page cannot even
// turn a text into markup.
var policy = strings.Join([]string{
	"default-src 'none'",
	"script-src " + hash("script"),
	"style-src " + hash("style"),
	"connect-src 'self'",
	"img-src data:",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
	"require-trusted-types-for 'script'",
	"trusted-types 'none'",
}, "; ")

// hash is the page's only element of this name, as the policy names what may stand inline.
func hash(element string) string {
	_, rest, _ := strings.Cut(page, "<"+element+">")
	content, _, _ := strings.Cut(rest, "</"+element+">")
	sum := sha256.Sum256([]byte(content))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// Page puts the page before a room that is served at addr: a GET or HEAD of / gets the page,
// a WebSocket handshake goes on to room, and whatever else is asked for gets an HTTP error.
//
// It answers only to the names by which the room can be meant: localhost, the loopback
// addresses, the host that stands in addr, and any address of the machine if that host stands
// for all of them. Who comes by another name gets 421: a foreign page can let its own name
// point to this machine (DNS rebinding), and would then count as ours.
func Page(addr net.Addr, room http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !meant(r.Host, addr):
			refuse(w, http.StatusMisdirectedRequest)
		case websocket.IsWebSocketUpgrade(r):
			room.ServeHTTP(w, r)
		case r.URL.Path != "/":
			refuse(w, http.StatusNotFound)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			refuse(w, http.StatusMethodNotAllowed)
		default:
			send(w)
		}
	})
}

// meant reports whether host, as a request names it, is the room at addr.
func meant(host string, addr net.Addr) bool {
	host = withoutPort(host)
	own := withoutPort(addr.String())
	if host == own || host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	all, _ := netip.ParseAddr(own)
	return err == nil && (ip.IsLoopback() || all.IsUnspecified()) // an address is nobody's name: it cannot be rebound
}

func withoutPort(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.Trim(host, "[]"))
}

func refuse(w http.ResponseWriter, status int) {
	w.Header().Set("Connection", "close")
	http.Error(w, http.StatusText(status), status)
}

func send(w http.ResponseWriter) {
	for name, value := range map[string]string{
		"Connection":              "close", // the page needs no second request on it
		"Cache-Control":           "no-store",
		"Content-Type":            "text/html; charset=utf-8",
		"Content-Security-Policy": policy,
		"Referrer-Policy":         "no-referrer",
		"X-Content-Type-Options":  "nosniff",
	} {
		w.Header().Set(name, value)
	}
	io.WriteString(w, page)
}
