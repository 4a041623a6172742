// Given: the tests of part 3, every end of a visit. Read them, there is nothing to edit.

package chat_test

import (
	"bytes"
	"fmt"
	"log"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"

	"asynclab/internal/bubble"
	"asynclab/internal/chattest"
	chat "asynclab/lab3_chat"
)

// Only text messages are broadcast.
func TestPart3OnlyTextIsBroadcast(t *testing.T) {
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

// A message of the greatest length that is allowed passes.
func TestPart3AsLongAsItMayBe(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A message of exactly MaxMessage bytes is heard, and so is the next one.",
		Look:  connection,
		Think: "Is the limit the longest that is allowed, or the shortest that is not?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		text := strings.Repeat("x", chat.MaxMessage)
		ana.Says(text)
		ana.Hears(text)
		ana.Says("hello")
		ana.Hears("hello")
		ana.HearsNothing()
	})
}

// A ping is answered.
func TestPart3APingIsAnswered(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A ping is answered with a pong.",
		Look:  connection,
		Think: "gorilla answers a ping by itself, while somebody reads the connection. Does your code do something to that?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		for range 3 {
			ana.Pings()
		}
		ana.HearsNothing()
	})
}

// Silence is no reason to go.
func TestPart3ASilentClientStays(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Whoever says nothing for an hour is still in the room, also when others talk: it can talk, and it hears them.",
		Look:  connection,
		Think: "Does anything that was set when Ana came run out within an hour? A deadline is a moment, not a duration.",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana, budi := room.Join("Ana"), room.Join("Budi")
		time.Sleep(time.Hour)
		t.Note("an hour of silence has passed")
		ana.Says("hello")
		room.EveryoneHears("hello")
		for range 20 {
			time.Sleep(20 * time.Second)
			budi.Says("quiet here")
			room.EveryoneHears("quiet here")
		}
		ana.Says("hello")
		room.EveryoneHears("hello")
		room.NobodyHearsMore()
	})
}

// The pages of other sites may not enter.
func TestPart3APageOfAnotherOriginIsRefused(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A browser that shows a page of another origin is refused with 403; a page of our own, and a client without a browser, may come in.",
		Look:  connection,
		Think: "Any page on the web can make a browser call your server. Who checks where the page came from?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		for _, origin := range []string{"http://evil.example", "http://memory.evil.example", "http://evil-memory", "http://memory:8080"} {
			require.Equal(t, 403, room.StatusFor(origin), "the status for a page of %s; the server's own origin is http://memory", origin)
		}
		require.Equal(t, 101, room.StatusFor("http://memory"), "the status for a page of the server's own origin")
		require.Equal(t, 101, room.StatusFor(""), "the status for a client that is no browser")
		room.Join("Ana").Says("hello")
		room.EveryoneHears("hello")
	})
}

// What is no handshake gets an answer and hurts nobody.
func TestPart3ABadHandshakeHurtsNobody(t *testing.T) {
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
		_, body, _ := strings.Cut(answer, "\r\n\r\n")
		_, more, _ := strings.Cut(body, "Bad Request\n")
		t.Require(more == "", "Upgrade has answered the client, and then it was answered once more: %q", more)
		ana.Says("hello")
		ana.Hears("hello")
		ana.HearsNothing()
		t.NothingLeftSince(before)
	})
}

// Who leaves is taken off, and the others do not notice.
func TestPart3WhoLeavesIsTakenOff(t *testing.T) {
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

// Who leaves has said something before.
func TestPart3LastWordsAreHeard(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "What a client says before its goodbye is heard, also if signing its texts takes a while.",
		Look:  connection,
		Think: "The client has said goodbye. What of it may still wait, and where?",
	}, func(t *bubble.T) {
		server := slowlySigned(time.Second)
		room := chattest.Open(t, server.Serve)
		ana := room.Join("Ana")
		for range 20 { // where one of two is taken by luck, it is the wrong one now and then
			guest := room.Dial("a guest")
			guest.Hears(chat.Greeting)
			for _, text := range numbered(3) {
				guest.Says(text)
			}
			guest.Leaves()
			ana.Hears(numbered(3)...)
		}
	})
}

// Who vanishes without a goodbye is taken off as well.
func TestPart3WhoVanishesIsTakenOff(t *testing.T) {
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

// frame is the beginning of a masked text message of so many bytes (RFC 6455, section 5.2).
func frame(size, begin int) []byte {
	head := []byte{0x81, 0x80 | 127, 0, 0, 0, 0, byte(size >> 24), byte(size >> 16), byte(size >> 8), byte(size), 0, 0, 0, 0}
	return append(head, bytes.Repeat([]byte("x"), begin)...)
}

// Too long a message ends its own connection and no other.
func TestPart3TooLongAMessage(t *testing.T) {
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
		time.Sleep(time.Minute)
		t.NothingLeftSince(before)
		budi.HearsNothing()
		budi.Says("quiet here")
		budi.Hears("quiet here")
		t.NothingLeftSince(before)
	})
}

// A client that does not read is disconnected.
func TestPart3AStuckClientIsPutOut(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A client that never reads is put out after 500 unread messages, and within a minute nothing of it is left.",
		Look:  connection,
		Think: "Writing to a client that does not read waits. For how long, who waits, and who can end it?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		room.Join("Budi")
		before := t.Mark()
		deaf := room.DialDeaf("one who never reads")
		deafer := room.DialDeaf("one who reads the greeting and then no more")
		deafer.HearsAndGoesDeaf(chat.Greeting)
		for _, text := range numbered(500) {
			ana.Says(text)
			room.EveryoneHears(text)
		}
		time.Sleep(time.Minute)
		t.Note("a minute has passed since the 500th message")
		t.NothingLeftSince(before)
		deaf.IsHungUpOn()
		deafer.IsHungUpOn()
		ana.Says("still here?")
		room.EveryoneHears("still here?")
	})
}

// A line in the log for each who comes and one for each who goes.
func TestPart3ComingsAndGoingsAreLogged(t *testing.T) {
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
		room.DialDeaf("one who does not take the greeting").Vanishes()
		time.Sleep(time.Minute)
		require.Equal(t, 5, lines(), "lines in the log after a third one has come, and has gone without its greeting:\n%s", &diary)
	})
}

// A paperLog is a log that takes its time for one line: until somebody turns the page.
type paperLog struct {
	t     *bubble.T
	lines int
	full  int // the line for which it waits
	turn  chan bool
}

func (l *paperLog) Write(line []byte) (int, error) {
	l.t.Note("the log says: %s", bytes.TrimSpace(line))
	if l.lines++; l.lines == l.full {
		<-l.turn
	}
	return len(line), nil
}

// When the log says that one has gone, it has.
func TestPart3TheLogSpeaksOfWhatIsOver(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "The line for one who goes is written when its connection has been closed, not before.",
		Look:  connection,
		Think: "Both stand at the end of a visit. Which comes first? (What is deferred last is done first.)",
	}, func(t *bubble.T) {
		paper := &paperLog{t: t, full: 2, turn: make(chan bool)}
		server := &chat.Server{Log: log.New(paper, "", 0)}
		room := chattest.Open(t, server.Serve)
		defer close(paper.turn)
		ana := room.DialDeaf("Ana")
		ana.HearsAndGoesDeaf(chat.Greeting)
		t.Note("Ana leaves")
		ana.Closes(websocket.CloseNormalClosure)
		time.Sleep(time.Minute) // the server may wait for an answer to its own goodbye
		ana.IsHungUpOn()
	})
}

// When the server stops, everyone is told, and nothing is left.
func TestPart3StoppingTellsEveryone(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "When the server is told to stop, every client gets close code 1001, Serve returns, and no goroutine stays.",
		Look:  connection,
		Think: "Closing the hub puts every member out. Who notices that, and what should it tell the client?",
	}, func(t *bubble.T) {
		before := t.Mark()
		room := openRoom(t)
		var guests []*chattest.Peer
		for i := range 100 { // where two goroutines say why, the wrong one is the first for some
			guests = append(guests, room.Join(fmt.Sprintf("Guest %d", i)))
		}
		guests[0].Says("hello")
		room.EveryoneHears("hello")
		room.Stop()
		for _, guest := range guests {
			guest.IsClosedWith(websocket.CloseGoingAway)
		}
		t.NothingLeftSince(before)
	})
}

// Everyone is told, also one who has been silent for long.
func TestPart3StoppingAfterAnHour(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "When the server is told to stop after an hour of silence, every client still gets close code 1001.",
		Look:  connection,
		Think: "The goodbye is a write. Which deadline holds for it, and when was that set?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana, budi := room.Join("Ana"), room.Join("Budi")
		ana.Says("hello")
		room.EveryoneHears("hello")
		time.Sleep(time.Hour)
		t.Note("an hour of silence has passed")
		room.Stop()
		ana.IsClosedWith(websocket.CloseGoingAway)
		budi.IsClosedWith(websocket.CloseGoingAway)
	})
}

// A client that never reads cannot keep the server from stopping.
func TestPart3StoppingDespiteAStuckClient(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "The server stops within a minute even if a client never reads, or talks on; the others are told goodbye all the same.",
		Look:  connection,
		Think: "The goodbye is a message too. What if the client does not take it?",
	}, func(t *bubble.T) {
		before := t.Mark()
		room := openRoom(t)
		room.DialDeaf("one who never reads")
		time.Sleep(time.Second) // else its greeting is given up at the very moment when the others are hung up on
		ana := room.Join("Ana")
		room.DialDeaf("one who reads the greeting and then no more").HearsAndGoesDeaf(chat.Greeting)
		talker := room.DialDeaf("one who talks on")
		talker.NeverAnswers()
		var talk sync.WaitGroup
		talk.Go(func() { talker.TalksUntilCutOff("blah", time.Second/2) })
		room.Stop()
		ana.IsClosedWith(websocket.CloseGoingAway)
		talk.Wait()
		t.NothingLeftSince(before)
	})
}

// A client may come just as the server is told to stop.
func TestPart3StoppingAsOneComes(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "When Serve has returned, every visit is over, also that of a client who came just as the server was told to stop.",
		Look:  connection,
		Think: "Serve waits until visits is down to zero. Is it above zero all the time, from the first line of connection to the end of its last goroutine?",
	}, func(t *bubble.T) {
		server := chat.Server{Sign: func() func(string) string {
			time.Sleep(time.Second) // meanwhile the server is told to stop
			return strings.ToUpper
		}}
		for range 20 { // a goroutine that counts itself may be quick enough now and then
			before := t.Mark()
			room := chattest.Open(t, server.Serve)
			room.DialDeaf("one who never answers").NeverAnswers()
			room.Stop()
			t.NothingLeftSince(before)
		}
	})
}

// A client that sends pings cannot keep the server from stopping either.
func TestPart3StoppingDespitePings(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "The server stops within a minute even if a client answers no goodbye and sends one ping after the other.",
		Look:  connection,
		Think: "Which deadline ends the wait for the answer to a goodbye? Who sets it anew, and what may a client do to that?",
	}, func(t *bubble.T) {
		before := t.Mark()
		room := openRoom(t)
		client := room.DialDeaf("one who never answers")
		client.NeverAnswers()
		var pings sync.WaitGroup
		pings.Go(func() { client.PingsUntilCutOff(time.Second / 2) })
		room.Stop()
		pings.Wait()
		t.NothingLeftSince(before)
	})
}

// The server may be told to stop while texts are signed.
func TestPart3StoppingWhileTextsAreSigned(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "When the server stops while a text is being signed and the next one has come, nothing of the connection is left either.",
		Look:  connection,
		Think: "One goroutine hands the text over, another one takes it. What if that one has ended?",
	}, func(t *bubble.T) {
		server := slowlySigned(2 * time.Second)
		for range 12 { // where one of two is taken by luck, it is the wrong one now and then
			before := t.Mark()
			room := chattest.Open(t, server.Serve)
			talker := room.DialDeaf("one who talks on")
			talker.NeverAnswers()
			var talk sync.WaitGroup
			talk.Go(func() { talker.TalksUntilCutOff("blah", time.Second/2) })
			time.Sleep(5 * time.Second)
			room.Stop()
			talk.Wait()
			t.NothingLeftSince(before)
		}
	})
}

// Messages may wait for a client when the server is told to stop.
func TestPart3StoppingWhileMessagesWait(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A client for which messages wait when the server stops hears some of them or all, nothing that nobody said, and then close code 1001.",
		Look:  connection,
		Think: "What does a receive from a channel return when the channel is closed? Who asks whether it is?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		budi := room.DialDeaf("Budi")
		budi.HearsAndGoesDeaf(chat.Greeting)
		for _, text := range numbered(5) {
			ana.Says(text)
			ana.Hears(text)
		}
		t.Go(func() {
			ana.Rest() // until she has been told goodbye
			budi.Wakes()
		})
		room.Stop()
		heard := budi.Rest()
		require.Equal(t, numbered(len(heard)), heard, "what Budi heard; Ana said 0, 1, 2, 3 and 4, and nobody said anything else")
		budi.IsClosedWith(websocket.CloseGoingAway)
	})
}

// Whoever talks may still be one who never reads.
func TestPart3ATalkerWhoNeverReadsIsPutOut(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A client that talks and never reads is put out too, and within a minute nothing of it is left.",
		Look:  connection,
		Think: "Reading has a deadline, and writing has one. What sets which of them anew?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.DialDeaf("Ana")
		ana.NeverAnswers()
		before := t.Mark()
		talker := room.DialDeaf("one who talks and never reads")
		talker.HearsAndGoesDeaf(chat.Greeting)
		var talk sync.WaitGroup
		talk.Go(func() { talker.TalksUntilCutOff("blah", 5*time.Second) })
		for _, text := range numbered(500) {
			ana.Says(text)
		}
		time.Sleep(50 * time.Second)
		t.Note("50s have passed since Ana's 500th message")
		t.NothingLeftSince(before)
		talk.Wait()
	})
}

// A ping may come while a message waits to be taken.
func TestPart3APingInTheMiddleOfAMessage(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A client may send a ping while a message to it is being written: it hears the message, and may talk on.",
		Look:  connection,
		Think: "gorilla answers a ping with WriteControl, which may be called beside a writer. Does your code answer it in another way?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		for range 20 {
			guest := room.DialDeaf("a guest")
			guest.HearsAndGoesDeaf(chat.Greeting)
			ana.Says("hello")
			ana.Hears("hello")
			synctest.Wait() // until it is being written to the guest
			guest.Sends(websocket.PingMessage, []byte("are you there?"))
			for range 100 { // meanwhile the ping is answered, or waits
				runtime.Gosched()
			}
			guest.Wakes()
			guest.Hears("hello")
			guest.Says("yes")
			guest.Hears("yes")
			ana.Hears("yes")
			guest.Leaves()
		}
	})
}
