// Given: a harder test, for go test -tags stretch. Read it, there is nothing to edit.

//go:build stretch

package chat_test

import (
	"fmt"
	"net"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"asynclab/internal/bubble"
	"asynclab/internal/chattest"
	chat "asynclab/lab3_chat"
)

// The same where the kernel's buffers lie between: a real network.
func TestStretchARealNetwork(t *testing.T) {
	bubble.RunReal(t, bubble.Lesson{
		Rule:  "On a real network, with a stuck client and a flood, two who talk hear every word in order, and the server stops in time.",
		Look:  connection,
		Think: "The kernel's buffers hide a stuck client for a while. What happens when they are full?",
	}, func(t *bubble.T) {
		room := chattest.OpenTCP(t, new(chat.Server).Serve)
		room.DialDeaf("the deaf one").Conn().(*net.TCPConn).SetReadBuffer(4 << 10)
		ana, budi := room.Join("Ana"), room.Join("Budi")
		noisy := room.Join("the noisy one")
		t.Go(func() { noisy.TalksUntilCutOff(strings.Repeat("x", 1000), 0) })
		talk := func(p *chattest.Peer, want string) {
			for p.Next() != want {
			}
		}
		for i := range 200 {
			text := fmt.Sprint("talk ", i)
			ana.Says(text)
			talk(ana, text)
			talk(budi, text)
		}
		room.Stop()
		ana.Rest()
		ana.IsClosedWith(websocket.CloseGoingAway)
	})
}
