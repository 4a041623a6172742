// Right: a client of part 1 of two goroutines; Run waits for the first of them to end.

package chat

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

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
	conn, _, err := c.Dialer.Dial(url, nil)
	if err != nil {
		return err
	}
	defer conn.Close()
	done := make(chan error, 2)
	go func() {
		for {
			_, text, err := conn.ReadMessage()
			if err != nil {
				done <- err
				return
			}
			fmt.Fprintf(c.Out, "From server: %s\n", text)
		}
	}()
	go func() {
		in := bufio.NewReader(c.In)
		for {
			line, err := in.ReadString('\n')
			if err != nil {
				done <- nil
				return
			}
			conn.WriteMessage(websocket.TextMessage, []byte(strings.TrimSuffix(line, "\n")))
		}
	}()
	return <-done
}
