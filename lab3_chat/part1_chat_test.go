// Given: the tests of part 1, a room that talks. Read them, there is nothing to edit.

package chat_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"asynclab/internal/bubble"
	chat "asynclab/lab3_chat"
)

// Who joins gets a channel to hear from, empty at first.
func TestPart1AMemberHasAChannel(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Join adds a member. Messages returns its channel, the same one at each call, in which nothing waits at first.",
		Look:  (*chat.Hub).Join,
		Think: "Where do the messages wait that a member has not read yet, and who makes that?",
	}, func(t *bubble.T) {
		t.LeaveLeaksToOthers()
		hub := chat.NewHub()
		ana, budi := hub.Join(), hub.Join()
		requireHears(t, ana, "Ana")
		requireHears(t, budi, "Budi")
		if once, again := ana.Messages(), ana.Messages(); once != again {
			t.Fatalf("two calls of Ana's Messages return two channels: where would a message go?")
		}
		if ana.Messages() == budi.Messages() {
			t.Fatalf("Ana and Budi have one channel: whoever reads first takes the message from the other")
		}
	})
}

// Everyone in the hub hears a broadcast, once.
func TestPart1EveryoneHearsABroadcast(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Everyone in the hub hears each broadcast, once, in the order of broadcasting.",
		Look:  (*chat.Hub).Broadcast,
		Think: "Who is in the hub, and how does a message get into the channel from which a member hears?",
	}, func(t *bubble.T) {
		t.LeaveLeaksToOthers()
		hub := chat.NewHub()
		ana, budi, citra := hub.Join(), hub.Join(), hub.Join()
		hub.Broadcast("hello")
		requireHears(t, ana, "Ana", "hello")
		requireHears(t, budi, "Budi", "hello")
		requireHears(t, citra, "Citra", "hello")
		for range 6 {
			for _, text := range numbered(8) {
				hub.Broadcast(text)
			}
			requireHears(t, ana, "Ana", numbered(8)...)
			requireHears(t, budi, "Budi", numbered(8)...)
			requireHears(t, citra, "Citra", numbered(8)...)
		}
	})
}

// Who comes later hears nothing of what was said before.
func TestPart1NewcomersHearNothingOfBefore(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A member hears what is said from when it joined, and nothing of before.",
		Look:  (*chat.Hub).Join,
		Think: "Is anything kept after it has been passed on?",
	}, func(t *bubble.T) {
		t.LeaveLeaksToOthers()
		hub := chat.NewHub()
		hub.Broadcast("to nobody")
		ana := hub.Join()
		hub.Broadcast("one")
		budi := hub.Join()
		hub.Broadcast("two")
		requireHears(t, ana, "Ana", "one", "two")
		requireHears(t, budi, "Budi", "two")
	})
}

// Who leaves hears no more, and the others go on.
func TestPart1WhoLeavesHearsNoMore(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Leave takes one member off the hub: it hears no more. The others go on.",
		Look:  (*chat.Hub).Leave,
		Think: "Whom does Broadcast still find after this?",
	}, func(t *bubble.T) {
		t.LeaveLeaksToOthers()
		hub := chat.NewHub()
		ana, budi, citra := hub.Join(), hub.Join(), hub.Join()
		hub.Broadcast("one")
		hub.Leave(budi)
		hub.Broadcast("two")
		requireHears(t, ana, "Ana", "one", "two")
		requireConversation(t, budi, "Budi", []string{"one"})
		requireHears(t, citra, "Citra", "one", "two")
	})
}

// The server greets whoever comes.
func TestPart1TheServerGreets(t *testing.T) {
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
func TestPart1EveryoneHearsWhatOneSays(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "What one says, everyone hears, the sender too, once. For a newcomer the greeting still comes first.",
		Look:  connection,
		Think: "Each connection has two jobs, and neither may wait for the other: which two?",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana, budi := room.Join("Ana"), room.Join("Budi")
		room.Join("Citra")
		synctest.Wait() // until all is done that began so far
		ana.Says("hello")
		room.EveryoneHears("hello")
		late := room.DialDeaf("Dewi (who reads late)")
		budi.Says("hi Ana")
		room.EveryoneHears("hi Ana")
		room.NobodyHearsMore()
		late.Wakes()
		late.Hears(chat.Greeting)
	})
}

// A message arrives as it was said.
func TestPart1MessagesKeepTheirShape(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Each message comes as a message of its own, to the letter, also to one who reads late.",
		Look:  connection,
		Think: "What may a server change in a text? And how many goroutines write to one connection? (gorilla allows one at a time.)",
	}, func(t *bubble.T) {
		room := openRoom(t)
		ana := room.Join("Ana")
		room.Join("Budi")
		late := room.DialDeaf("Citra (who reads late)")
		late.HearsAndGoesDeaf(chat.Greeting)
		texts := []string{"", "two\nlines", " spaces ", "100% sure", "selamat pagi 👋", "From server: me", strings.Repeat("x", 1000)}
		for _, text := range texts {
			synctest.Wait()
			ana.Says(text)
			room.EveryoneHears(text)
		}
		late.Wakes()
		late.Hears(texts...)
		late.HearsNothing()
		room.NobodyHearsMore()
	})
}

// What the server says appears on the screen.
func TestPart1TheClientPrintsWhatItHears(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  `The client calls with its Dialer, and prints each message as "From server: TEXT", on a line of its own, as soon as it comes.`,
		Look:  (*chat.Client).Run,
		Think: "Nobody types anything here. Who listens to the server meanwhile, and where does it print what it hears?",
	}, func(t *bubble.T) {
		client := startClient(t)
		server := client.host.Accepts()
		server.Says("Welcome!")
		client.Shows("From server: Welcome!")
		time.Sleep(time.Hour)
		server.Says("100% sure")
		client.Shows("From server: 100% sure")
	})
}

// What is typed goes to the server, line by line.
func TestPart1TheClientSendsEachLine(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "The client sends each line as a text message as soon as Enter is pressed, without the line's end.",
		Look:  (*chat.Client).Run,
		Think: "The server says nothing here: who reads the keyboard meanwhile?",
	}, func(t *bubble.T) {
		client := startClient(t)
		server := client.host.Accepts()
		client.Types("hello")
		server.Hears("hello")
		time.Sleep(time.Hour)
		client.Types(" two words ")
		server.Hears(" two words ")
		server.HearsNothing()
	})
}

// Reading and writing go on at the same time.
func TestPart1TheClientDoesBothAtTheSameTime(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "The client reads lines and messages at the same time: neither ever waits for the other.",
		Look:  (*chat.Client).Run,
		Think: "Both the keyboard and the server may be silent for hours. How many goroutines does it take to wait for two things?",
	}, func(t *bubble.T) {
		client := startClient(t)
		server := client.host.Accepts()
		for _, text := range numbered(50) {
			server.Says(text)
			server.Says("again " + text)
			client.Shows("From server: "+text, "From server: again "+text)
			client.Types(text)
			client.Types("again " + text)
			server.Hears(text, "again "+text)
		}
	})
}
