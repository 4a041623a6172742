// Yours to edit: the client, TODO 6 and 7 in part 1, TODO 15 to 17 in part 4.

package chat

import (
	"context"
	"errors"
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
	// TODO 6: call the server, and print what comes from it.
	// TODO 7: at the same time, send each line of In.
	//
	// TODO 15, in part 4: print texts alone. And what if the server is not there, or does not
	// answer the call?
	// TODO 16, in part 4: say goodbye at the end of In, and at Ctrl-C (ctx).
	// TODO 17, in part 4: what if the server goes, or In fails? And see that everything ends.
	return errors.New("the client does nothing yet")
}
