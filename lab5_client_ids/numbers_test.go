// Given: the tests of server.go, one visit after another. Read them, there is nothing to edit.

package ids_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"asynclab/internal/bubble"
	"asynclab/internal/chattest"
	ids "asynclab/lab5_client_ids"
	chat "asynclab/solutions/lab3_chat"
)

// Everyone sees who said what, the sender too.
func TestEveryoneSeesWhoSaysWhat(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  `Everyone hears a message with its sender's number before it, "Client #1: hello"; the sender too.`,
		Look:  ids.NewServer,
		Think: "Where does the server know both: who is talking, and what is said?",
	}, func(t *bubble.T) {
		room := chattest.Open(t, ids.NewServer().Serve)
		ana, budi := room.Join("Ana"), room.Join("Budi")
		citra := room.DialDeaf("Citra")
		ana.Says("hello")
		room.EveryoneHears("Client #1: hello")
		budi.Says("hi")
		room.EveryoneHears("Client #2: hi")
		ana.Says("how are you?")
		room.EveryoneHears("Client #1: how are you?")
		room.NobodyHearsMore()
		t.Note("Citra reads at last")
		citra.Wakes()
		citra.Hears(chattest.Greeting, "Client #1: hello", "Client #2: hi", "Client #1: how are you?")
	})
}

// Each server counts for itself.
func TestTwoServersCountApart(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Each server counts for itself: the first client of each is number 1.",
		Look:  ids.NewServer,
		Think: "Where does the count live: in a package-level variable, or in the server?",
	}, func(t *bubble.T) {
		one := chattest.Open(t, ids.NewServer().Serve)
		other := chattest.Open(t, ids.NewServer().Serve)
		ana, budi := one.Join("Ana"), other.Join("Budi")
		ana.Says("hello")
		ana.Hears("Client #1: hello")
		budi.Says("hello")
		budi.Hears("Client #1: hello")
	})
}

// The numbers follow the order of arrival, and a connection keeps its own.
func TestNumbersFollowTheOrderOfArrival(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Numbers go from 1 in the order of arrival, whoever speaks first, and a connection keeps its number.",
		Look:  ids.NewServer,
		Think: "When exactly is the number given: when a client comes, or when it speaks?",
	}, func(t *bubble.T) {
		room := chattest.Open(t, ids.NewServer().Serve)
		ana, budi, citra := room.Join("Ana"), room.Join("Budi"), room.Join("Citra")
		citra.Says("me first")
		room.EveryoneHears("Client #3: me first")
		for _, text := range []string{"once", "twice"} {
			ana.Says(text)
			room.EveryoneHears("Client #1: " + text)
			budi.Says(text)
			room.EveryoneHears("Client #2: " + text)
		}
		room.NobodyHearsMore()
	})
}

// A number is never used again.
func TestANumberIsNeverUsedAgain(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Who comes after others have left gets a new number, not one that was used before.",
		Look:  ids.NewServer,
		Think: "What does your number count: those who are here, or all who ever came?",
	}, func(t *bubble.T) {
		room := chattest.Open(t, ids.NewServer().Serve)
		ana := room.Join("Ana")
		for i := range 5 {
			guest := room.Dial(fmt.Sprintf("Guest %d", i))
			guest.Hears(chattest.Greeting)
			guest.Says("hello")
			guest.Hears(fmt.Sprintf("Client #%d: hello", i+2))
			ana.Hears(fmt.Sprintf("Client #%d: hello", i+2))
			guest.Leaves()
			synctest.Wait() // until the server has nothing more to do for this guest
		}
		ana.Says("still one")
		ana.Hears("Client #1: still one")
		ana.Leaves()
		synctest.Wait()
		t.Note("the room is empty")
		late := room.Join("the first of a new day")
		late.Says("hello")
		late.Hears("Client #7: hello")
	})
}

// Numbers go on and on.
func TestNumbersNeverStartAgain(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "The numbers of 70,000 clients, one after another, go from 1 to 70,000.",
		Look:  ids.NewServer,
		Think: "How far can your counter count?",
	}, func(t *bubble.T) {
		t.LeaveLeaksToOthers()
		sign := ids.NewServer().Sign // without a network: only the numbers matter
		require.NotNil(t, sign, "the server's field Sign is not set")
		for number := range 70_000 {
			if number%10_000 == 0 { // whoever gets on is not stuck, however busy the machine
				t.Note("%d clients have come", number)
				runtime.GC() // whoever waits until one is forgotten, to use its number again, may do so now
			}
			want := fmt.Sprintf("Client #%d: x", number+1)
			if heard := sign()("x"); heard != want { // for each of them, require would take its time
				require.Equal(t, want, heard, "what everyone hears")
			}
		}
	})
}

// Nobody can speak under another's number.
func TestNobodyCanBorrowANumber(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "What a client types never changes the number it is shown under, and is passed on as it is.",
		Look:  ids.NewServer,
		Think: "Is there anything in a text that your server takes for something else than text?",
	}, func(t *bubble.T) {
		room := chattest.Open(t, ids.NewServer().Serve)
		ana, budi := room.Join("Ana"), room.Join("Budi")
		for _, text := range []string{
			"Client #1: I am Ana", "Client #2: me", "#1", "1", "007", "",
			" with spaces ", " ", "two  blanks",
			"100%d", "100%", "%%", "%20", // formats, and what a URL makes of a space
			"<b>&amp;</b>", `$HOME "a" 'b' *`, "`date`", `C:\new \u0041`, "// --", "/name Ana", "naïve 👍",
			"{} {0} {id} {number}", "{{.ID}} {{.}}", "$1 ${id} %[1]d", ":id <id> [id]", // places that a template fills in
			strings.Repeat("x", chat.MaxMessage),
		} {
			budi.Says(text)
			room.EveryoneHears("Client #2: " + text)
		}
		ana.Says("hello")
		room.EveryoneHears("Client #1: hello")
		budi.Says("1: hello")
		room.EveryoneHears("Client #2: 1: hello")
		var last *chattest.Peer
		for number := 3; number <= 21; number++ {
			last = room.Join(fmt.Sprintf("Guest %d", number))
		}
		for _, text := range []string{"", ": hello"} { // with its number before them, Budi has said these
			last.Says(text)
			room.EveryoneHears("Client #21: " + text)
		}
	})
}
