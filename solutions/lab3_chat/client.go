// Yours to edit: the client, TODO 6 and 7 in part 1, TODO 15 to 17 in part 4.

package chat

import (
	"bufio"
	"context"
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

// Run enters the room at url. It sends each line of In, without its line end, and at
// the same time prints each text message that comes as "From server: TEXT" and a newline.
//
// When In ends or ctx is done, Run says goodbye with close code 1000 and returns nil.
// When the server cannot be reached, goes away or closes the connection, or In fails,
// Run returns an error that says so; if the server cannot be reached, it names url.
//
// Run does not wait for a Read of In that never returns, as one of a terminal; the
// goroutine that reads is over as soon as the Read is.
func (c *Client) Run(ctx context.Context, url string) error {
	dialer := c.Dialer
	if dialer == nil {
		dialer = websocket.DefaultDialer
	}
	conn, _, err := dialer.DialContext(ctx, url, nil)
	if err != nil && ctx.Err() != nil {
		return nil // Ctrl-C has ended the call
	}
	if err != nil {
		return fmt.Errorf("cannot reach the server at %s: %w", url, err)
	}
	defer conn.Close()

	// Room for one, so that both goroutines can end without us.
	typed, lost := make(chan error, 1), make(chan error, 1)
	go func() { typed <- c.send(conn) }()
	go func() { lost <- c.print(conn) }()
	select {
	case err = <-typed:
	case <-ctx.Done():
	case err := <-lost:
		return fmt.Errorf("the server is gone: %w", err)
	}
	sayGoodbye(conn, lost)
	return err
}

// send sends each line of In, until In ends.
func (c *Client) send(conn *websocket.Conn) error {
	scanner := bufio.NewScanner(c.In)
	for scanner.Scan() {
		if err := conn.WriteMessage(websocket.TextMessage, scanner.Bytes()); err != nil {
			return fmt.Errorf("the connection is lost: %w", err)
		}
	}
	if err := scanner.Err(); err != nil {
		return fmt.Errorf("cannot read the input: %w", err)
	}
	return nil
}

// print prints each message, until the connection ends.
func (c *Client) print(conn *websocket.Conn) error {
	for {
		kind, text, err := conn.ReadMessage()
		if err != nil {
			return err
		}
		if kind == websocket.TextMessage {
			fmt.Fprintf(c.Out, "From server: %s\n", text)
		}
	}
}

// sayGoodbye starts the closing handshake (RFC 6455, section 7.1.2), and waits a moment
// for the server's part of it: messages that are on their way are still printed.
func sayGoodbye(conn *websocket.Conn, lost <-chan error) {
	message := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(time.Second))
	conn.SetReadDeadline(time.Now().Add(time.Second))
	<-lost
}
