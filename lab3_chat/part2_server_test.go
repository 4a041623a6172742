// Given: the tests of part 2, many at once: the server. Read them, there is nothing to edit.

package chat_test

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"asynclab/internal/bubble"
	"asynclab/internal/chattest"
	chat "asynclab/lab3_chat"
)

// One goroutine at a time writes to a connection, from the greeting on.
func TestPart2OneWriterPerConnection(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "What is said while the greeting is being written waits. It comes after the greeting, one message after the other.",
		Look:  connection,
		Think: "Since when is the newcomer in the hub? And how many goroutines write to its connection? (gorilla allows one at a time.)",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		late := room.DialDeaf("Budi (who reads late)")
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

// Messages keep their order.
func TestPart2MessagesKeepTheirOrder(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "One's messages come in the order in which they were said, even if it takes a while to sign the first.",
		Look:  connection,
		Think: "May a message overtake another one of the same client? How many goroutines handle them?",
	}, func(t *bubble.T) {
		var signing crowd
		server := chat.Server{Sign: func() func(string) string {
			return func(text string) string {
				defer signing.enter()()
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
		require.LessOrEqual(t, signing.most(), 1, "how many texts of one client are being signed at the same time")
	})
}

// The room hears what sign makes of a text.
func TestPart2EachTextIsSigned(t *testing.T) {
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

// Who signs is asked before the greeting.
func TestPart2TheSignComesBeforeTheGreeting(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "s.sign() is called once for each connection, before its greeting is sent, and the greeting is the first message.",
		Look:  connection,
		Think: "Whoever has read the greeting may count on having its sign. In which order does your code do the two?",
	}, func(t *bubble.T) {
		var signs atomic.Int32
		server := chat.Server{Sign: func() func(string) string {
			time.Sleep(time.Second) // the greeting must wait for it
			signs.Add(1)
			return strings.ToUpper
		}}
		room := chattest.Open(t, server.Serve)
		ana := room.Join("Ana")
		require.Equal(t, int32(1), signs.Load(), "when the greeting comes; the number of calls of s.sign() that are over")
		ana.Says("hello")
		ana.Hears("HELLO")
		budi := room.DialDeaf("Budi")
		ana.Says("who comes?") // while the server still asks for Budi's sign
		ana.Hears("WHO COMES?")
		budi.Wakes()
		budi.Hears(chat.Greeting)
	})
}

// Several may talk at the same time; all hear one conversation.
func TestPart2ManyTalkAtTheSameTime(t *testing.T) {
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
func TestPart2TheGreetingComesFirst(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "The greeting is the first message on a connection, once, even if others are talking.",
		Look:  connection,
		Think: "Which goroutine sends the greeting, and which one the messages? Can the second be faster?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		isOver := make(chan struct{})
		t.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-isOver:
					return
				case <-time.After(time.Millisecond):
					ana.Says(fmt.Sprint(i))
				}
			}
		})
		defer close(isOver)
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

// A client that does not read delays nobody.
func TestPart2AStuckClientDelaysNobody(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A client that never reads, not even the greeting, delays nobody.",
		Look:  connection,
		Think: "Writing to a client that does not read waits. Who waits then, and for whom does that one not wait?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		room.Join("Budi")
		start := t.Elapsed()
		room.DialDeaf("one who never reads")
		deafer := room.DialDeaf("one who reads the greeting and then no more")
		deafer.HearsAndGoesDeaf(chat.Greeting)
		for _, text := range numbered(500) {
			ana.Says(text)
			room.EveryoneHears(text)
		}
		require.Less(t, t.Elapsed()-start, time.Second, "500 messages were said while somebody did not read; the time that took the others")
		room.NobodyHearsMore()
	})
}
