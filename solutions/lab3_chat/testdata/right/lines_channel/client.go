// Right: one goroutine reads the lines and hands them to Run, which alone writes to the connection.

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
	if err != nil {
		return fmt.Errorf("cannot reach the server at %s: %w", url, err)
	}
	defer conn.Close()

	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	lines, inputErr := c.lines(ctx)
	lost := make(chan error, 1) // room for one, so that the printing can end without us
	go func() { lost <- c.print(conn) }()
	for {
		select {
		case line, more := <-lines:
			if !more {
				c.sayGoodbye(conn, lost)
				return <-inputErr
			}
			if err := conn.WriteMessage(websocket.TextMessage, []byte(line)); err != nil {
				return fmt.Errorf("the connection is lost: %w", err)
			}
		case <-ctx.Done():
			c.sayGoodbye(conn, lost)
			return nil
		case err := <-lost:
			return fmt.Errorf("the server is gone: %w", err)
		}
	}
}

// lines reads In in a goroutine of its own, since a Read may take for ever. It closes
// the channel of lines at the end; then the other has the error, if there was one.
func (c *Client) lines(ctx context.Context) (<-chan string, <-chan error) {
	lines, failed := make(chan string), make(chan error, 1)
	go func() {
		defer close(failed)
		defer close(lines)
		scanner := bufio.NewScanner(c.In)
		for scanner.Scan() {
			select {
			case lines <- scanner.Text():
			case <-ctx.Done():
				return // nobody takes lines any more
			}
		}
		if err := scanner.Err(); err != nil {
			failed <- fmt.Errorf("cannot read the input: %w", err)
		}
	}()
	return lines, failed
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
func (c *Client) sayGoodbye(conn *websocket.Conn, lost <-chan error) {
	message := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(time.Second))
	conn.SetReadDeadline(time.Now().Add(time.Second))
	<-lost
}
