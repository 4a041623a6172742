// Package command is what the programs of the chat share: addresses, errors, Ctrl-C.
package command

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/signal"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"

	"asynclab/internal/flags"
)

// Parse is flags.Parse, for a program that is more than its flags.
func Parse(about string) { flags.Parse(about) }

// Server is the main function of a chat server: it lets serve work on a listener at
// addr, or at the address given by the flag -addr, until Ctrl-C. It prints where clients
// call the room, and where a browser opens it.
func Server(addr string, serve func(context.Context, net.Listener) error) {
	flag.StringVar(&addr, "addr", addr, "listen on `host:port`; port 0 takes any free one")
	Parse("The server of the chat room. Ctrl-C stops it.")
	if err := checkPort(addr, 0); err != nil {
		flags.Fail(2, fmt.Errorf("cannot listen on %q: %w", addr, err))
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		flags.Fail(1, fmt.Errorf("cannot listen on %s: %w", addr, reason(err)))
	}
	debug.SetGCPercent(5) // a room is mostly idle connections: rather a little work than their garbage
	untilCtrlC(func(ctx context.Context) error {
		room := called(l, addr)
		fmt.Printf("listening on ws://%s\nopen %s\n", l.Addr(), pages(room.Addr())) // whoever has read it may press Ctrl-C
		return serve(ctx, room)
	})
}

// Client is the main function of a chat client: it lets run visit the room at address,
// or at the address given by the flag -url, until it returns or Ctrl-C.
func Client(address string, run func(ctx context.Context, url string) error) {
	flag.StringVar(&address, "url", address, "the `address` of the chat room")
	Parse("A client of the chat room: type a line and press Enter, and everyone sees it.\nCtrl-C, or the end of the input, leaves the room.")
	if err := checkURL(address); err != nil {
		flags.Fail(2, fmt.Errorf("cannot call %q: %w", address, err))
	}
	untilCtrlC(func(ctx context.Context) error { return run(ctx, address) })
}

// untilCtrlC runs f with a context that the first Ctrl-C ends; the second one ends the
// program at once.
func untilCtrlC(f func(context.Context) error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	if err := f(ctx); err != nil {
		flags.Fail(1, err)
	}
}

// checkURL requires a WebSocket address. It may leave out the port, as a URL may.
func checkURL(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "ws" && u.Scheme != "wss" || u.Hostname() == "" || strings.Contains(u.Hostname(), ":") && u.Host[0] != '[' {
		return errors.New("it should have the form ws://host:port, such as ws://127.0.0.1:9000")
	}
	if u.Port() == "" && !strings.HasSuffix(u.Host, ":") {
		return nil
	}
	return checkPort(u.Host, 1)
}

// checkPort requires the form host:port, and a port from least on.
func checkPort(addr string, least int) error {
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return errors.New("it should have the form host:port, such as 127.0.0.1:9000")
	}
	if number, err := strconv.Atoi(port); err != nil || number < least || number > 65535 {
		return fmt.Errorf("the port should be a number from %d to 65535", least)
	}
	return nil
}

// reason says in plain words why the network refused.
func reason(err error) error {
	const onWindows = 10048 // WSAEADDRINUSE
	if number := syscall.Errno(0); errors.As(err, &number) && (number == syscall.EADDRINUSE || number == onWindows) {
		return errors.New("another program listens there already")
	}
	if op := new(net.OpError); errors.As(err, &op) {
		return op.Err // the rest only repeats the address
	}
	return err
}
