package chat_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"asynclab/internal/bubble"
	"asynclab/internal/chattest"
	chat "asynclab/solutions/lab3_chat"
)

// TestASlowClientMayPing is for this solution alone: it writes beside gorilla, whose pong would
// cut the time that a message may take. (A mutex held over a write stops virtual time, so the
// lab cannot ask this of everybody.)
func TestASlowClientMayPing(t *testing.T) {
	bubble.Run(t, bubble.Lesson{Rule: "A client that takes five seconds for a message, and sends a ping meanwhile, stays in the room."}, func(t *bubble.T) {
		room := chattest.Open(t, new(chat.Server).Serve)
		ana := room.Join("Ana")
		budi := room.DialDeaf("Budi")
		budi.HearsAndGoesDeaf(chat.Greeting)
		ana.Says("hello")
		ana.Hears("hello")
		synctest.Wait() // until it is being written to Budi
		budi.Sends(websocket.PingMessage, []byte("are you there?"))
		time.Sleep(5 * time.Second)
		budi.Wakes()
		budi.Hears("hello")
		budi.Pings()
	})
}
