// Right: the goroutine that reads the lines sends them, too.

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

// Run enters the room at url.
func (c *Client) Run(ctx context.Context, url string) error {
	conn, _, err := c.Dialer.DialContext(ctx, url, nil) // a nil Dialer is gorilla's default one
	if err != nil {
		return fmt.Errorf("nobody answers at %s: %w", url, err)
	}
	defer conn.Close()
	heard, typed := make(chan error, 1), make(chan error, 1)
	go func() {
		for {
			kind, text, err := conn.ReadMessage()
			if err != nil {
				heard <- err
				return
			}
			if kind == websocket.TextMessage {
				fmt.Fprint(c.Out, "From server: ", string(text), "\n")
			}
		}
	}()
	go func() {
		scanner := bufio.NewScanner(c.In)
		for scanner.Scan() {
			if err := conn.WriteMessage(websocket.TextMessage, scanner.Bytes()); err != nil {
				typed <- err
				return
			}
		}
		typed <- scanner.Err()
	}()
	select {
	case err = <-typed:
	case <-ctx.Done():
	case err := <-heard:
		return fmt.Errorf("the connection is over: %w", err)
	}
	goodbye(conn)
	select { // what is on its way may still be printed
	case <-heard:
	case <-time.After(time.Second):
	}
	return err
}

func goodbye(conn *websocket.Conn) {
	message := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(time.Second))
}
