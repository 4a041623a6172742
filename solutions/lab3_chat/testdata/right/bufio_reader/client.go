// Right: the lines come from a bufio.Reader, and the end of the input is one of its errors.

package chat

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
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
	type input struct {
		line string
		err  error
	}
	over := make(chan struct{})
	defer close(over)
	inputs := make(chan input)
	go func() {
		in := bufio.NewReader(c.In)
		for {
			line, err := in.ReadString('\n')
			select {
			case inputs <- input{strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r"), err}:
			case <-over:
				return
			}
			if err != nil {
				return
			}
		}
	}()
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		for {
			kind, text, err := conn.ReadMessage()
			if err != nil {
				return
			}
			if kind == websocket.TextMessage {
				fmt.Fprintf(c.Out, "From server: %s\n", text)
			}
		}
	}()
	for {
		select {
		case in := <-inputs:
			if in.err == nil || in.line != "" {
				if err := conn.WriteMessage(websocket.TextMessage, []byte(in.line)); err != nil {
					return err
				}
			}
			if in.err != nil {
				goodbye(conn)
			}
			if errors.Is(in.err, io.EOF) {
				return nil
			}
			if in.err != nil {
				return in.err
			}
		case <-ctx.Done():
			goodbye(conn)
			return nil
		case <-gone:
			return errors.New("the server has hung up")
		}
	}
}

func goodbye(conn *websocket.Conn) {
	message := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(time.Second))
}
