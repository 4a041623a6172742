// Right: the answer to part 1 alone, in its simplest form: Run sends, and a goroutine prints.

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
	conn, _, err := c.Dialer.DialContext(ctx, url, nil) // gorilla knows what a nil Dialer means
	if err != nil {
		return err
	}
	defer conn.Close()
	go func() {
		for {
			_, text, err := conn.ReadMessage()
			if err != nil {
				return
			}
			fmt.Fprintf(c.Out, "From server: %s\n", text)
		}
	}()
	lines := bufio.NewScanner(c.In)
	for lines.Scan() {
		conn.WriteMessage(websocket.TextMessage, lines.Bytes())
	}
	// TODO 15, in part 4: print texts alone. And what if the server is not there, or does not
	// answer the call?
	// TODO 16, in part 4: say goodbye at the end of In, and at Ctrl-C (ctx).
	// TODO 17, in part 4: what if the server goes, or In fails? And see that everything ends.
	return nil
}
