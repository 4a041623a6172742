// Package frames writes several WebSocket messages with one system call.
//
// Why: in a busy room several messages wait for each member. conn.WriteMessage sends each
// of them by itself, and the system call costs ten times more than everything else. Here
// the messages that wait are framed one after another (each is still a message of its
// own) and leave in one write. WriteMessage in a loop does the same, more slowly.
package frames

import (
	"encoding/binary"
	"sync"

	"github.com/gorilla/websocket"
)

// enough is the size in bytes from which on a write takes no further message.
const enough = 16 << 10

var buffers = sync.Pool{New: func() any { return new([]byte) }}

// Write sends first, and what waits in more at this moment, as text messages on a
// server's connection. Only one goroutine may call it at a time; gorilla's own control
// frames may come between two calls, since each is a single write as well. The deadline
// is that of conn.NetConn().
func Write(conn *websocket.Conn, first string, more <-chan string) error {
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	frames := appendFrame((*buffer)[:0], first)
	for waits := true; waits && len(frames) < enough; {
		select {
		case text, ok := <-more:
			if waits = ok; ok {
				frames = appendFrame(frames, text)
			}
		default:
			waits = false
		}
	}
	*buffer = frames
	_, err := conn.NetConn().Write(frames)
	return err
}

// appendFrame appends one unmasked, unfragmented text frame (RFC 6455, section 5.2).
func appendFrame(b []byte, text string) []byte {
	const final, textFrame = 0x80, 0x1
	b = append(b, final|textFrame)
	switch n := len(text); {
	case n < 126:
		b = append(b, byte(n))
	case n < 1<<16:
		b = binary.BigEndian.AppendUint16(append(b, 126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, 127), uint64(n))
	}
	return append(b, text...)
}
