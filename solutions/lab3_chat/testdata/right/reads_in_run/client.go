// Right: Run itself prints; what ends it makes its ReadMessage fail, and leaves the reason.

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
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer context.AfterFunc(ctx, func() {
		goodbye(conn)
		conn.SetReadDeadline(time.Now().Add(time.Second))
	})()
	go func() {
		scanner := bufio.NewScanner(c.In)
		for scanner.Scan() && ctx.Err() == nil {
			if err := conn.WriteMessage(websocket.TextMessage, scanner.Bytes()); err != nil {
				return // ReadMessage fails as well
			}
		}
		cancel(scanner.Err()) // nil: as at Ctrl-C
	}()
	for {
		kind, text, err := conn.ReadMessage()
		switch {
		case err == nil && kind == websocket.TextMessage:
			fmt.Fprintf(c.Out, "From server: %s\n", text)
		case err == nil:
		case ctx.Err() == nil:
			return fmt.Errorf("the server is gone: %w", err)
		case context.Cause(ctx) == context.Canceled:
			return nil
		default:
			return context.Cause(ctx)
		}
	}
}

func goodbye(conn *websocket.Conn) {
	message := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(time.Second))
}
