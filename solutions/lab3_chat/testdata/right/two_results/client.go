// Right: two goroutines, each ends with a result; Run takes the first and does not wait for the other.

package chat

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/gorilla/websocket"
)

// A Client is one person at a terminal. Its fields must not change while it runs.
type Client struct {
	In     io.Reader         // the lines to send
	Out    io.Writer         // where messages are printed
	Dialer *websocket.Dialer // how to reach the server; nil: websocket.DefaultDialer
}

// Run enters the room at url.
func (c *Client) Run(ctx context.Context, url string) error {
	conn, _, err := c.Dialer.DialContext(ctx, url, nil) // a nil Dialer is gorilla's default one
	if err != nil {
		return fmt.Errorf("nobody answers at %s: %w", url, err)
	}
	defer conn.Close()
	done := make(chan struct{})
	defer close(done)
	heard, typed := make(chan error, 1), make(chan error, 1)
	lines := make(chan string)
	go func() { heard <- c.hear(conn) }()
	go func() { typed <- c.read(lines, done) }()
	for {
		select {
		case line := <-lines:
			if err := conn.WriteMessage(websocket.TextMessage, []byte(line)); err != nil {
				return err
			}
		case err := <-typed: // after the last line: lines has no buffer
			goodbye(conn)
			return err
		case <-ctx.Done():
			goodbye(conn)
			return nil
		case err := <-heard:
			return err
		}
	}
}

func (c *Client) hear(conn *websocket.Conn) error {
	for {
		kind, message, err := conn.NextReader()
		if err != nil {
			return errors.Join(errors.New("the server has gone"), err)
		}
		if kind != websocket.TextMessage {
			continue
		}
		text, err := io.ReadAll(message)
		if err != nil {
			return err
		}
		fmt.Fprintln(c.Out, "From server:", string(text))
	}
}

func (c *Client) read(lines chan<- string, done <-chan struct{}) error {
	scanner := bufio.NewScanner(c.In)
	for scanner.Scan() {
		select {
		case lines <- scanner.Text():
		case <-done:
			return nil
		}
	}
	return scanner.Err()
}

func goodbye(conn *websocket.Conn) {
	message := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(time.Second))
}
