// Right: one loop owns everything and hears of events; each line is given to a goroutine of its own, one at a time.

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
		return fmt.Errorf("cannot enter the room at %s: %w", url, err)
	}
	over := make(chan struct{})
	typed, eof := make(chan string), make(chan error, 1)
	go func() {
		in := bufio.NewScanner(c.In)
		in.Buffer(nil, 1<<20)
		for in.Scan() {
			select {
			case typed <- in.Text():
			case <-over:
				return
			}
		}
		eof <- in.Err() // after the last line has been taken
	}()
	heard := make(chan error, 1)
	go func() {
		var err error
		for err == nil {
			var kind int
			var text []byte
			if kind, text, err = conn.ReadMessage(); err == nil && kind == websocket.TextMessage {
				c.Out.Write(append(append([]byte("From server: "), text...), '\n'))
			}
		}
		heard <- err
	}()

	var (
		waiting []string
		sending bool
		sent    = make(chan error, 1)
		ended   bool
		inErr   error
	)
	defer func() {
		close(over)
		conn.Close()
		if sending {
			<-sent
		}
	}()
	for {
		if !sending && len(waiting) > 0 {
			line := waiting[0]
			waiting, sending = waiting[1:], true
			go func() { sent <- conn.WriteMessage(websocket.TextMessage, []byte(line)) }()
		}
		if ended && !sending {
			bye(conn, heard)
			return inErr
		}
		select {
		case line := <-typed:
			waiting = append(waiting, line)
		case err := <-eof:
			if ended = true; err != nil {
				inErr = fmt.Errorf("input: %w", err)
			}
		case err := <-sent:
			if sending = false; err != nil {
				conn.Close()
				<-heard
				return fmt.Errorf("cannot send to the server: %w", err)
			}
		case err := <-heard:
			return fmt.Errorf("the server has left: %w", err)
		case <-ctx.Done():
			bye(conn, heard)
			return nil
		}
	}
}

// bye says goodbye and waits a moment for the answer.
func bye(conn *websocket.Conn, heard <-chan error) {
	conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), time.Now().Add(time.Second))
	timer := time.NewTimer(2 * time.Second)
	defer timer.Stop()
	select {
	case <-heard:
		return
	case <-timer.C:
	}
	conn.Close()
	<-heard
}
