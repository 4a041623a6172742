package chat_test

import (
	"context"
	"fmt"
	"net"
	"sync"
	"testing"

	"github.com/gorilla/websocket"

	chat "asynclab/solutions/lab3_chat"
)

const line = "sixty-four bytes, which is about as long as what somebody types."

// BenchmarkBroadcast is the cost of one broadcast to so many members who all read.
func BenchmarkBroadcast(b *testing.B) {
	for _, members := range []int{1, 10, 100, 1000} {
		b.Run(fmt.Sprintf("members=%d", members), func(b *testing.B) {
			b.ReportAllocs()
			hub := chat.NewHub()
			var readers, heard sync.WaitGroup
			for range members {
				m := hub.Join()
				readers.Go(func() {
					for range m.Messages() {
						heard.Done()
					}
				})
			}
			for range b.N {
				heard.Add(members)
				hub.Broadcast(line)
				heard.Wait()
			}
			hub.Close()
			readers.Wait()
		})
	}
}

// BenchmarkRoundTrip is one message from a client through the server and back, on TCP.
func BenchmarkRoundTrip(b *testing.B) {
	b.ReportAllocs()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(b.Context())
	var server sync.WaitGroup
	server.Go(func() { new(chat.Server).Serve(ctx, l) })
	conn, _, err := websocket.DefaultDialer.Dial("ws://"+l.Addr().String(), nil)
	if err != nil {
		b.Fatal(err)
	}
	if _, _, err := conn.ReadMessage(); err != nil { // the greeting
		b.Fatal(err)
	}
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		if err := conn.WriteMessage(websocket.TextMessage, []byte(line)); err != nil {
			b.Fatal(err)
		}
		if _, _, err := conn.ReadMessage(); err != nil {
			b.Fatal(err)
		}
	}
	conn.Close()
	stop()
	server.Wait()
}
