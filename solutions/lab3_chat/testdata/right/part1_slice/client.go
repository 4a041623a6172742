// Right: the simplest client of part 1: a goroutine sends, and Run prints until the server is gone.

package chat

import (
	"bufio"
	"context"
	"fmt"
	"io"

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
	dialer := websocket.DefaultDialer
	if c.Dialer != nil {
		dialer = c.Dialer
	}
	conn, _, err := dialer.Dial(url, nil)
	if err != nil {
		return err
	}
	go func() {
		s := bufio.NewScanner(c.In)
		for s.Scan() {
			conn.WriteMessage(websocket.TextMessage, []byte(s.Text()))
		}
	}()
	for {
		_, text, err := conn.ReadMessage()
		if err != nil {
			return err
		}
		fmt.Fprintln(c.Out, "From server: "+string(text))
	}
}
