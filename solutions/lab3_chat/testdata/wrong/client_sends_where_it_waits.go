package chat

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"time"

	"github.com/gorilla/websocket"
)

// input is one line, or the end of all.
type input struct {
	line string
	end  bool
	err  error
}

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

	over := make(chan struct{})
	defer close(over)
	typed, lost := make(chan input), make(chan error, 1)
	go c.read(typed, over)
	go func() { lost <- c.print(conn) }()
	for {
		select {
		case in := <-typed:
			if in.end {
				sayGoodbye(conn, lost)
				return in.err
			}
			conn.SetWriteDeadline(time.Now().Add(time.Minute))
			if err := conn.WriteMessage(websocket.TextMessage, []byte(in.line)); err != nil {
				return fmt.Errorf("the server is gone: %w", err)
			}
		case <-ctx.Done():
			sayGoodbye(conn, lost)
			return nil
		case err := <-lost:
			return fmt.Errorf("the server is gone: %w", err)
		}
	}
}

// read reads lines until In ends or Run is over.
func (c *Client) read(typed chan<- input, over <-chan struct{}) {
	scanner := bufio.NewScanner(c.In)
	for scanner.Scan() {
		select {
		case typed <- input{line: scanner.Text()}:
		case <-over:
			return
		}
	}
	in := input{end: true}
	if err := scanner.Err(); err != nil {
		in.err = fmt.Errorf("cannot read the input: %w", err)
	}
	select {
	case typed <- in:
	case <-over:
	}
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

func sayGoodbye(conn *websocket.Conn, lost <-chan error) {
	message := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(time.Second))
	conn.SetReadDeadline(time.Now().Add(time.Second))
	<-lost
}
