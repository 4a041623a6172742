// Given: harder tests, for go test -tags stretch. Read them, there is nothing to edit.

//go:build stretch

package chat_test

import (
	"encoding/binary"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"

	"asynclab/internal/bubble"
	chat "asynclab/lab3_chat"
)

// raw is a frame as a client may send it: masked, with a key of zeros (RFC 6455, section 5.2).
func raw(first byte, payload string) []byte {
	b := []byte{first}
	switch n := len(payload); {
	case n < 126:
		b = append(b, 0x80|byte(n))
	default:
		b = binary.BigEndian.AppendUint16(append(b, 0x80|126), uint16(n))
	}
	return append(append(b, 0, 0, 0, 0), payload...)
}

// A peer that has gone silent is found by a ping and put out; one that is only quiet stays.
func TestStretchASilentPeerIsPutOut(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A client that says nothing and answers no ping for three minutes is put out; one that says nothing for an hour, but answers, stays.",
		Look:  connection,
		Think: "Some networks drop a connection and tell nobody. Whom could the server ask, how often, and how long may the answer take?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		before := t.Mark()
		room.DialDeaf("the silent one")
		time.Sleep(3 * time.Minute)
		t.NothingLeftSince(before)
		time.Sleep(time.Hour)
		ana.Says("an hour later")
		room.EveryoneHears("an hour later")
		room.NobodyHearsMore()
	})
}

// A handshake that never ends does not stay.
func TestStretchAHandshakeThatNeverEnds(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A connection that begins a handshake and never ends it is closed within a minute.",
		Look:  (*chat.Server).Serve,
		Think: "Before the upgrade, a connection belongs to net/http. Which of its limits apply?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		before := t.Mark()
		conn := room.Connection()
		fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: mem")
		time.Sleep(time.Minute)
		t.NothingLeftSince(before)
		ana.Says("hello")
		room.EveryoneHears("hello")
	})
}

// Text that is not UTF-8 ends its own connection, and reaches nobody.
func TestStretchTextThatIsNotUTF8(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Text that is not UTF-8 ends its connection with close code 1007 and reaches nobody (RFC 6455, section 8.1).",
		Look:  connection,
		Think: "A browser that receives such a message must hang up. Who would then have hung up everybody?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		before := t.Mark()
		for _, text := range []string{"\xff", "caf\xc3", "\xed\xa0\x80", "good \xf5\x80\x80\x80 bad"} {
			guest := room.Dial("the guest")
			guest.Hears(chat.Greeting)
			guest.SendsRaw(raw(0x81, text))
			guest.IsClosedWith(websocket.CloseInvalidFramePayloadData)
			guest.Vanishes()
		}
		ana.HearsNothing()
		time.Sleep(time.Minute)
		t.NothingLeftSince(before)
		ana.Says("café") // and what is UTF-8 still passes
		ana.Hears("café")
	})
}

// Fragments make one message, even with a ping, or half a letter, between them.
func TestStretchFragments(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A message in fragments is heard as one message. A ping between them is answered, and a letter may be cut in two.",
		Look:  connection,
		Think: "Do you look at frames or at messages? Which does gorilla give you?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		ana.SendsRaw(raw(0x01, "caf\xc3"))
		ana.Pings()
		ana.SendsRaw(raw(0x00, "\xa9 and "))
		ana.SendsRaw(raw(0x80, "tea"))
		ana.Hears("café and tea")
		ana.HearsNothing()
	})
}

// Frames that break the protocol end their own connection and hurt nobody.
func TestStretchOddFrames(t *testing.T) {
	unmasked := append([]byte{0x81, 5}, "hello"...)
	for name, odd := range map[string]struct {
		frame []byte
		codes []int
	}{
		"an unmasked frame":             {unmasked, []int{1002}},
		"a reserved bit":                {raw(0xc1, "hello"), []int{1002}},
		"an unknown opcode":             {raw(0x83, "hello"), []int{1002}},
		"an unknown control opcode":     {raw(0x8b, "hello"), []int{1002}},
		"a fragmented ping":             {raw(0x09, "hello"), []int{1002}},
		"a ping of 126 bytes":           {raw(0x89, strings.Repeat("x", 126)), []int{1002}},
		"a continuation of nothing":     {raw(0x80, "hello"), []int{1002}},
		"a new message in another":      {append(raw(0x01, "hel"), raw(0x81, "lo")...), []int{1002}},
		"a close frame of a wrong code": {raw(0x88, "\x03\xed"), []int{1002}},
		"a negative length":             {append([]byte{0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0}, 0, 0, 0, 0), []int{1002, 1009}},
		"a length of a petabyte":        {append([]byte{0x81, 0xff, 0, 4, 0, 0, 0, 0, 0, 0}, 0, 0, 0, 0), []int{1009}},
		"fragments without an end":      {slices.Concat(raw(0x01, strings.Repeat("x", 3000)), raw(0x00, strings.Repeat("x", 3000))), []int{1009}},
	} {
		t.Run(name, func(t *testing.T) {
			bubble.Run(t, bubble.Lesson{
				Rule:  "A frame that breaks the protocol ends its own connection with the right close code, and reaches nobody.",
				Look:  connection,
				Think: "gorilla notices this and returns an error from ReadMessage. What does your code do with errors?",
			}, func(t *bubble.T) {
				room := openRoom(t)
				ana := room.Join("Ana")
				before := t.Mark()
				guest := room.Dial("the guest")
				guest.Hears(chat.Greeting)
				guest.SendsRaw(odd.frame)
				guest.IsClosedWith(odd.codes...)
				guest.Vanishes()
				time.Sleep(time.Minute)
				t.NothingLeftSince(before)
				ana.Says("hello")
				ana.Hears("hello")
				ana.HearsNothing()
			})
		})
	}
}

// A frame that promises more than comes keeps nobody waiting for ever.
func TestStretchALengthThatLies(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A client that sends half a frame and then nothing more is put out within three minutes.",
		Look:  connection,
		Think: "ReadMessage waits for the rest. For how long?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		before := t.Mark()
		guest := room.DialDeaf("the liar")
		guest.SendsRaw(raw(0x81, "hello")[:8])
		time.Sleep(3 * time.Minute)
		t.NothingLeftSince(before)
		ana.Says("hello")
		ana.Hears("hello")
		ana.HearsNothing()
	})
}

// A thousand come and go while two talk.
func TestStretchAThousandComeAndGo(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "While a thousand others come and go, two who talk hear every word, in order, and nothing is left of the thousand.",
		Look:  connection,
		Think: "What does a newcomer make everybody else wait for?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana, budi := room.Join("Ana"), room.Join("Budi")
		before := t.Mark()
		for round := range 20 {
			guests := room.DialMany(50)
			ana.Says(fmt.Sprint("round ", round))
			for i, guest := range guests {
				if i%2 == 0 {
					guest.Vanishes()
				} else {
					guest.Closes(websocket.CloseNormalClosure)
				}
			}
			budi.Says(fmt.Sprint("yes, ", round))
			heard := []string{ana.Next(), ana.Next()}
			require.ElementsMatch(t, []string{fmt.Sprint("round ", round), fmt.Sprint("yes, ", round)}, heard, "what Ana hears")
			budi.Hears(heard...)
		}
		time.Sleep(time.Minute)
		t.NothingLeftSince(before)
		room.NobodyHearsMore()
	})
}

// A flood from one client does not starve the others.
func TestStretchAFlood(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "While one client talks without a pause, two others still hear each other and every word of the flood, and nobody is put out.",
		Look:  connection,
		Think: "The outboxes fill as fast as one client can talk. Who could slow it down, and how would that one notice?",
	}, func(t *bubble.T) {
		const flood, talk = 3000, 100
		room := openRoom(t)
		ana, budi := room.Join("Ana"), room.Join("Budi")
		noisy := room.Join("the noisy one")
		t.Go(func() {
			for i := range flood {
				noisy.Says(fmt.Sprint("noise ", i))
			}
		})
		for i := range talk {
			ana.Says(fmt.Sprint("talk ", i))
		}
		var first []string
		for range flood + talk {
			first = append(first, ana.Next())
		}
		for _, kind := range []string{"noise ", "talk "} {
			next := 0
			for _, text := range first {
				if strings.HasPrefix(text, kind) {
					require.Equal(t, fmt.Sprint(kind, next), text, "the next message of its kind that Ana hears")
					next++
				}
			}
		}
		budi.Hears(first...)
		noisy.Hears(first...)
		room.NobodyHearsMore()
	})
}

// One who cannot keep up hears the beginning without a hole, and then is told why it ends.
func TestStretchTooSlowIsToldSo(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A client that cannot keep up hears the beginning without a hole, and then close code 1013 (try again later).",
		Look:  connection,
		Think: "The hub has put it out. What still waits in its channel, and what should come after that?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		slow := room.DialDeaf("the slow one")
		for _, text := range numbered(200) {
			ana.Says(text)
			ana.Hears(text)
		}
		slow.Wakes()
		slow.Hears(chat.Greeting)
		heard := slow.Rest()
		require.Greater(t, len(heard), 40, "the number of messages that the slow one still hears")
		require.True(t, slices.Equal(numbered(len(heard)), heard), "it heard a conversation with holes: %q", heard)
		slow.IsClosedWith(websocket.CloseTryAgainLater)
	})
}

// A stuck reader costs a bounded amount of memory.
func TestStretchAStuckReaderCostsBoundedMemory(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "While 40 MB are said to a client that does not read, the server keeps less than 8 MB of it.",
		Look:  connection,
		Think: "How much may wait for one client, in messages, and how long may a message be?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		before := heap()
		room.DialDeaf("the stuck one")
		text := strings.Repeat("x", chat.MaxMessage)
		for range 10_000 {
			ana.Says(text)
			ana.Hears(text)
		}
		require.Less(t, heap()-before, int64(8<<20), "bytes that the heap has grown by")
	})
}

func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// A server that is told to stop during a flood stops, and tells everyone.
func TestStretchStoppingDuringAFlood(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A server that is told to stop while three clients flood it, and one does not read, stops within a minute, and nothing is left.",
		Look:  connection,
		Think: "Everybody is busy when the hub closes. Does each goroutine come to a point where it notices?",
	}, func(t *bubble.T) {
		before := t.Mark()
		room := openRoom(t)
		ana := room.Join("Ana")
		room.DialDeaf("the deaf one")
		for i := range 3 {
			noisy := room.Join(fmt.Sprint("the noisy one ", i))
			t.Go(func() { noisy.TalksUntilCutOff("noise", 0) })
		}
		time.Sleep(100 * time.Millisecond)
		room.Stop()
		ana.Rest()
		ana.IsClosedWith(websocket.CloseGoingAway)
		time.Sleep(time.Minute)
		t.NothingLeftSince(before)
	})
}

// Ctrl-C ends even the sending of a line.
func TestStretchCtrlCWhileALineIsSent(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Ctrl-C ends the client also while it sends a line to a server that does not read: Run returns nil and leaves nothing behind.",
		Look:  (*chat.Client).Run,
		Think: "A write may wait for ever too. Does the goroutine that waits for Ctrl-C also write?",
	}, func(t *bubble.T) {
		before := t.Mark()
		client := startClient(t)
		server := client.host.AcceptsDeaf()
		for _, text := range numbered(20) {
			client.Types(text)
		}
		synctest.Wait() // until the client sends one of them
		client.ctrlC()
		require.NoError(t, client.Result("Ctrl-C was pressed"), "Ctrl-C is no error")
		server.IsHungUpOn()
		client.Ends(io.EOF)
		client.host.Leaves()
		t.NothingLeftSince(before)
	})
}
