// Given: the tests of server.go. Read them, there is nothing to edit.

package chat_test

import (
	"bytes"
	"fmt"
	"log"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"

	"asynclab/internal/bubble"
	"asynclab/internal/chattest"
	chat "asynclab/lab3_chat"
)

const connection = "server.go, connection" // where these tests ask a student to look

// openRoom starts a chat server in memory.
func openRoom(t *bubble.T) *chattest.Room {
	return chattest.Open(t, new(chat.Server).Serve)
}

// The server greets whoever comes.
func TestTheServerGreets(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "The first message on a connection is the greeting. Those who are here already do not hear it again.",
		Look:  connection,
		Think: "A request comes in as HTTP. What makes it a WebSocket connection, and what is sent on it first?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		room.Join("Ana")
		room.Join("Budi")
		room.NobodyHearsMore()
	})
}

// Everyone hears what one says, the sender too.
func TestEveryoneHearsWhatOneSays(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "What one says, everyone hears, the sender too, once.",
		Look:  connection,
		Think: "Each connection has two jobs, and neither may wait for the other: which two?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana, budi := room.Join("Ana"), room.Join("Budi")
		room.Join("Citra")
		synctest.Wait() // until all is done that began so far
		ana.Says("hello")
		room.EveryoneHears("hello")
		synctest.Wait()
		budi.Says("hi Ana")
		room.EveryoneHears("hi Ana")
		room.NobodyHearsMore()
	})
}

// One goroutine at a time writes to a connection, from the greeting on.
func TestOneWriterPerConnection(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "What is said while the greeting is being written waits. It comes after the greeting, one message after the other.",
		Look:  connection,
		Think: "Since when is the newcomer in the hub? And how many goroutines write to its connection? (gorilla allows one at a time.)",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		late := room.DialDeaf("Budi, who reads late,")
		for _, text := range numbered(50) {
			ana.Says(text)
			ana.Hears(text)
		}
		late.Wakes()
		late.Hears(chat.Greeting)
		late.Hears(numbered(50)...)
		late.HearsNothing()
	})
}

// A message arrives as it was said.
func TestMessagesKeepTheirShape(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Each message comes as a message of its own, to the letter.",
		Look:  connection,
		Think: "What may a server change in a text?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		room.Join("Budi")
		texts := []string{"", "two\nlines", " spaces ", "100% sure", "selamat pagi 👋", "From server: me", strings.Repeat("x", chat.MaxMessage)}
		for _, text := range texts {
			ana.Says(text)
			room.EveryoneHears(text)
		}
		room.NobodyHearsMore()
	})
}

// Messages keep their order.
func TestMessagesKeepTheirOrder(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "One's messages come in the order in which they were said, even if it takes a while to sign the first.",
		Look:  connection,
		Think: "May a message overtake another one of the same client? How many goroutines handle them?",
	}, func(t *bubble.T) {
		server := chat.Server{Sign: func() func(string) string {
			return func(text string) string {
				if text == "0" {
					time.Sleep(time.Second)
				}
				return text
			}
		}}
		room := chattest.Open(t, server.Serve)
		ana := room.Join("Ana")
		room.Join("Budi")
		for _, text := range numbered(40) {
			ana.Says(text)
		}
		room.EveryoneHears(numbered(40)...)
		room.NobodyHearsMore()
	})
}

// The room hears what sign makes of a text.
func TestEachTextIsSigned(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "s.sign() is called once for each connection, and the room hears what the function that it returns makes of a text.",
		Look:  connection,
		Think: "sign returns a function. Who calls that one, and for what?",
	}, func(t *bubble.T) {
		var connections atomic.Int32
		server := chat.Server{Sign: func() func(string) string {
			number := connections.Add(1)
			return func(text string) string { return fmt.Sprintf("%s (signed by number %d)", text, number) }
		}}
		room := chattest.Open(t, server.Serve)
		ana, budi := room.Join("Ana"), room.Join("Budi")
		for range 2 {
			ana.Says("hello")
			room.EveryoneHears("hello (signed by number 1)")
			budi.Says("hi Ana")
			room.EveryoneHears("hi Ana (signed by number 2)")
		}
		room.NobodyHearsMore()
	})
}

// Only text messages are broadcast.
func TestOnlyTextIsBroadcast(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Only text messages are broadcast. A binary message reaches nobody, and its sender may talk on.",
		Look:  connection,
		Think: "ReadMessage returns three things. What is the first one for?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		room.Join("Budi")
		ana.Sends(websocket.BinaryMessage, []byte("\x00\x01\x02"))
		synctest.Wait()
		ana.Says("hello")
		room.EveryoneHears("hello")
		room.NobodyHearsMore()
	})
}

// A ping is answered, and silence is no reason to go.
func TestASilentClientStays(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A ping is answered with a pong, and whoever says nothing for an hour is still in the room.",
		Look:  connection,
		Think: "gorilla answers a ping, while somebody reads the connection. How long may a client be silent?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		room.Join("Budi")
		ana.Pings()
		time.Sleep(time.Hour)
		t.Note("an hour of silence has passed")
		ana.Says("hello")
		room.EveryoneHears("hello")
		room.NobodyHearsMore()
	})
}

// Several may talk at the same time; all hear one conversation.
func TestManyTalkAtTheSameTime(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "When many talk at the same time, everyone hears everything, all in the same order.",
		Look:  connection,
		Think: "How many goroutines write to one connection? (gorilla allows one at a time.) Who decides the order?",
	}, func(t *bubble.T) {
		const talkers, each = 8, 7
		room := openRoom(t)
		var all []*chattest.Peer
		for i := range talkers {
			all = append(all, room.Join(fmt.Sprintf("Talker %d", i)))
		}
		for range 10 {
			for i, p := range all {
				t.Go(func() {
					for k := range each {
						p.Says(fmt.Sprintf("%d says %02d", i, k))
					}
				})
			}
			var first []string
			for i, p := range all {
				var heard []string
				for range talkers * each {
					heard = append(heard, p.Next())
				}
				if first == nil {
					first = heard
				}
				require.True(t, slices.Equal(first, heard), "Talker %d hears another conversation than Talker 0: %s", i, difference(first, heard))
			}
			for i := range talkers {
				mine := slices.DeleteFunc(slices.Clone(first), func(text string) bool { return !strings.HasPrefix(text, fmt.Sprint(i)) })
				require.Len(t, mine, each, "Talker %d said %d things", i, each)
				require.True(t, slices.IsSorted(mine), "Talker %d's messages are out of order: %q", i, mine)
			}
		}
		room.NobodyHearsMore()
	})
}

// The greeting comes first, however busy the room is.
func TestTheGreetingComesFirst(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "The greeting is the first message on a connection, once, even if others are talking.",
		Look:  connection,
		Think: "Which goroutine sends the greeting, and which one the messages? Can the second be faster?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		t.Go(func() {
			for _, text := range numbered(400) {
				ana.Says(text)
				time.Sleep(time.Millisecond)
			}
		})
		defer time.Sleep(time.Second) // until she has said it all
		for i := range 20 {
			guest := room.Dial(fmt.Sprintf("Guest %d", i))
			guest.Hears(chat.Greeting)
			before := guest.Next()
			for range 3 { // from its first message on, a guest misses none
				var number int
				fmt.Sscan(before, &number)
				guest.Hears(fmt.Sprint(number + 1))
				before = fmt.Sprint(number + 1)
			}
			time.Sleep(time.Millisecond)
		}
	})
}

// Who leaves is taken off, and the others do not notice.
func TestWhoLeavesIsTakenOff(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "When a client says goodbye, the server hangs up and nothing of its connection is left; the others talk on.",
		Look:  connection,
		Think: "The connection is over. Which goroutines worked for it, and what tells each of them?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		before := t.Mark()
		for i := range 20 {
			guest := room.Dial(fmt.Sprintf("Guest %d", i))
			guest.Hears(chat.Greeting)
			guest.Says("hello")
			ana.Hears("hello")
			guest.Hears("hello")
			guest.Leaves()
		}
		ana.Says("all gone?")
		ana.Hears("all gone?")
		ana.HearsNothing()
		t.NothingLeftSince(before)
	})
}

// Who vanishes without a goodbye is taken off as well.
func TestWhoVanishesIsTakenOff(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "When a client dies without a goodbye, nothing of its connection is left; the others talk on.",
		Look:  connection,
		Think: "What does ReadMessage return when the other end is gone, and what must happen then?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		before := t.Mark()
		for i := range 20 {
			guest := room.Dial(fmt.Sprintf("Guest %d", i))
			guest.Hears(chat.Greeting)
			if i%2 == 0 {
				guest.SendsRaw([]byte{0x81, 0x85, 1, 2}) // dies in the middle of a word
			}
			guest.Vanishes()
		}
		t.NothingLeftSince(before)
		ana.Says("did you hear?")
		ana.Hears("did you hear?")
		ana.HearsNothing()
	})
}

// A client that does not read delays nobody, and is disconnected.
func TestAStuckClientDelaysNobody(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A client that never reads delays nobody. After 500 unread messages it is put out, and within a minute nothing of it is left.",
		Look:  connection,
		Think: "Writing to a client that does not read waits. For how long, who waits, and who can end it?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		room.Join("Budi")
		before := t.Mark()
		start := t.Elapsed()
		deaf := room.DialDeaf("one who never reads")
		deafer := room.DialDeaf("one who reads the greeting and then no more")
		deafer.HearsAndGoesDeaf(chat.Greeting)
		for _, text := range numbered(500) {
			ana.Says(text)
			room.EveryoneHears(text)
		}
		require.Less(t, t.Elapsed()-start, time.Second, "500 messages were said while somebody did not read; the time that took the others")
		time.Sleep(time.Minute)
		t.Note("a minute has passed since the 500th message")
		t.NothingLeftSince(before)
		deaf.IsHungUpOn()
		deafer.IsHungUpOn()
		ana.Says("still here?")
		room.EveryoneHears("still here?")
	})
}

// Too long a message ends its own connection and no other.
func TestTooLongAMessage(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A message longer than MaxMessage bytes ends its connection with close code 1009, reaches nobody, and hurts nobody else.",
		Look:  connection,
		Think: "Who may decide how much memory one message takes: the client, or the server? (gorilla knows a limit.)",
	}, func(t *bubble.T) {
		room := openRoom(t)
		budi := room.Join("Budi")
		before := t.Mark()
		for _, size := range []int{chat.MaxMessage + 1, 1 << 30} {
			guest := room.Dial("Ana")
			guest.Hears(chat.Greeting)
			t.Note("Ana begins a message of %d bytes", size)
			t.Go(func() { guest.SendsRaw(frame(size, min(size, 4*chat.MaxMessage))) })
			guest.IsClosedWith(websocket.CloseMessageTooBig)
			guest.Vanishes()
		}
		budi.HearsNothing()
		budi.Says("quiet here")
		budi.Hears("quiet here")
		t.NothingLeftSince(before)
	})
}

// frame is the beginning of a masked text message of so many bytes (RFC 6455, section 5.2).
func frame(size, begin int) []byte {
	head := []byte{0x81, 0x80 | 127, 0, 0, 0, 0, byte(size >> 24), byte(size >> 16), byte(size >> 8), byte(size), 0, 0, 0, 0}
	return append(head, bytes.Repeat([]byte("x"), begin)...)
}

// The pages of other sites may not enter.
func TestAPageOfAnotherOriginIsRefused(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A browser that shows a page of another origin is refused with 403; a page of our own, and a client without a browser, may come in.",
		Look:  connection,
		Think: "Any page on the web can make a browser call your server. Who checks where the page came from?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		require.Equal(t, 403, room.StatusFor("http://evil.example"), "the status for a page of http://evil.example")
		require.Equal(t, 101, room.StatusFor("http://memory"), "the status for a page of the server's own origin")
		require.Equal(t, 101, room.StatusFor(""), "the status for a client that is no browser")
		room.Join("Ana").Says("hello")
		room.EveryoneHears("hello")
	})
}

// What is no handshake gets an answer and hurts nobody.
func TestABadHandshakeHurtsNobody(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A handshake that is none gets an HTTP error, and the room goes on.",
		Look:  connection,
		Think: "Upgrade can fail. Who has answered the client then, and what is there to join?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		before := t.Mark()
		answer := room.AnswerTo("GET / HTTP/1.1\r\nHost: memory\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
		require.Regexp(t, `^HTTP/1\.1 4\d\d `, answer, "the answer to a handshake without a version and a key")
		ana.Says("hello")
		ana.Hears("hello")
		ana.HearsNothing()
		t.NothingLeftSince(before)
	})
}

// A line in the log for each who comes and one for each who goes.
func TestComingsAndGoingsAreLogged(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "The log gets one line for each connection that comes, and one when it goes.",
		Look:  connection,
		Think: "When is a connection over? (defer)",
	}, func(t *bubble.T) {
		var diary strings.Builder
		server := &chat.Server{Log: log.New(&diary, "", 0)}
		lines := func() int {
			synctest.Wait()
			return strings.Count(diary.String(), "\n")
		}
		room := chattest.Open(t, server.Serve)
		ana := room.Join("Ana")
		require.Equal(t, 1, lines(), "lines in the log after one has come:\n%s", &diary)
		room.Join("Budi")
		require.Equal(t, 2, lines(), "lines in the log after two have come:\n%s", &diary)
		ana.Leaves()
		require.Equal(t, 3, lines(), "lines in the log after two have come and one has gone:\n%s", &diary)
	})
}

// When the server stops, everyone is told, and nothing is left.
func TestStoppingTellsEveryone(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "When the server is told to stop, every client gets close code 1001, Serve returns, and no goroutine stays.",
		Look:  connection,
		Think: "Closing the hub puts every member out. Who notices that, and what should it tell the client?",
	}, func(t *bubble.T) {
		before := t.Mark()
		room := openRoom(t)
		ana, budi := room.Join("Ana"), room.Join("Budi")
		ana.Says("hello")
		room.EveryoneHears("hello")
		room.Stop()
		ana.IsClosedWith(websocket.CloseGoingAway)
		budi.IsClosedWith(websocket.CloseGoingAway)
		t.NothingLeftSince(before)
	})
}

// A client that never reads cannot keep the server from stopping.
func TestStoppingDespiteAStuckClient(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "The server stops within a minute even if a client never reads; the others are told goodbye all the same.",
		Look:  connection,
		Think: "The goodbye is a message too. What if the client does not take it?",
	}, func(t *bubble.T) {
		before := t.Mark()
		room := openRoom(t)
		ana := room.Join("Ana")
		room.DialDeaf("one who never reads")
		room.DialDeaf("one who reads the greeting and then no more").HearsAndGoesDeaf(chat.Greeting)
		room.Stop()
		ana.IsClosedWith(websocket.CloseGoingAway)
		t.NothingLeftSince(before)
	})
}
