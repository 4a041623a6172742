// Given: the tests of server.go. Read them, there is nothing to edit.

package ids_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"asynclab/internal/bubble"
	"asynclab/internal/chattest"
	"asynclab/internal/program"
	ids "asynclab/lab5_client_ids"
)

func TestMain(m *testing.M) { bubble.Main(m, program.Remove) }

// Everyone sees who said what, the sender too.
func TestEveryoneSeesWhoSaysWhat(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  `Everyone hears a message with its sender's number before it, "Client #1: hello"; the sender too.`,
		Look:  ids.NewServer,
		Think: "Where does the server know both: who is talking, and what is said?",
	}, func(t *bubble.T) {
		room := chattest.Open(t, ids.NewServer().Serve)
		ana, budi := room.Join("Ana"), room.Join("Budi")
		ana.Says("hello")
		room.EveryoneHears("Client #1: hello")
		budi.Says("hi")
		room.EveryoneHears("Client #2: hi")
		ana.Says("how are you?")
		room.EveryoneHears("Client #1: how are you?")
		room.NobodyHearsMore()
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
			budi.Says(text)
			// Two who talk at the same time may be heard in either order.
			heard := []string{ana.Next(), ana.Next()}
			budi.Hears(heard...)
			citra.Hears(heard...)
			slices.Sort(heard)
			require.Equal(t, []string{"Client #1: " + text, "Client #2: " + text}, heard, "what everyone hears")
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

// However close together they come, each gets a number of its own.
func TestEachGetsItsOwn(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "However close together connections come, each gets a number of its own, and no number is left out.",
		Look:  ids.NewServer,
		Think: "Taking a number is reading the count and changing it. What may another goroutine do in between? (go test -race shows where.)",
	}, func(t *bubble.T) {
		t.LeaveLeaksToOthers()
		sign := ids.NewServer().Sign // without a network: that is so slow that two seldom meet
		require.NotNil(t, sign, "the server's field Sign is not set")
		const goroutines, each, enough, atMost = 4, 5_000, 20_000, 200_000
		seen, met := map[int]bool{}, 0
		// On a busy machine goroutines take long turns: go on until they have met often.
		for met < enough && len(seen) < atMost {
			heard := make([][]string, goroutines)
			var all sync.WaitGroup
			for i := range heard {
				all.Go(func() { heard[i] = takeNumbers(sign, each) })
			}
			all.Wait()
			last := 0
			for _, text := range slices.Concat(heard...) {
				number, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(text, "Client #"), ": x"))
				require.NoError(t, err, "what everyone hears: %q", text)
				require.False(t, seen[number], "two have the number of %q", text)
				if number != last+1 {
					met++ // somebody came in between
				}
				seen[number], last = true, number
			}
			t.Note("%d have a number of their own", len(seen))
		}
		for number := range len(seen) {
			require.True(t, seen[number+1], "nobody got the number %d", number+1)
		}
	})
}

// takeNumbers is many connections, one right after the other, that then all say "x".
func takeNumbers(sign func() func(string) string, many int) (heard []string) {
	var connections []func(string) string
	for range many {
		connections = append(connections, sign())
	}
	for _, numbered := range connections {
		heard = append(heard, numbered("x"))
	}
	return heard
}

// A hundred at once get a hundred numbers.
func TestAHundredAtOnce(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A hundred clients that come at the same time get a hundred numbers in a row, each number once.",
		Look:  ids.NewServer,
		Think: "Each connection has a goroutine of its own. What if two of them count at the same moment? (go test -race shows where.)",
	}, func(t *bubble.T) {
		const many = 100
		room := chattest.Open(t, ids.NewServer().Serve)
		witness := room.Join("the witness")
		seen := map[string]int{}
		for _, guest := range room.DialMany(many) {
			guest.Hears(chattest.Greeting)
			guest.Says("here")
			seen[witness.Next()]++
			guest.Vanishes()
		}
		for number := range many {
			text := fmt.Sprintf("Client #%d: here", number+2)
			require.Equal(t, 1, seen[text], "how often the witness, who is number 1, heard %q", text)
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
		} {
			budi.Says(text)
			room.EveryoneHears("Client #2: " + text)
		}
		ana.Says("hello")
		room.EveryoneHears("Client #1: hello")
	})
}

// The real programs: still on port 8080, and the client is as it was.
func TestTheRealPrograms(t *testing.T) {
	programs := program.Build(t)
	bubble.RunReal(t, bubble.Lesson{
		Rule:  "The real server numbers the real clients; by default both are still on port 8080.",
		Look:  "server.go and server/main.go",
		Think: "Only the server changes. Do the tests before this one pass?",
	}, func(t *bubble.T) {
		for _, name := range []string{"server", "client"} {
			require.Contains(t, program.Start(t, programs, name, "-h").All(), ":8080", "the help of the %s", name)
		}
		server := program.Start(t, programs, "server", "-addr", "127.0.0.1:0")
		line, _ := server.Line()
		require.Regexp(t, `^listening on ws://`, line, "the server's first line")
		url := line[len("listening on "):]
		ana := program.Start(t, programs, "client", "-url", url)
		ana.Prints("From server: " + chattest.Greeting)
		budi := program.Start(t, programs, "client", "-url", url)
		budi.Prints("From server: " + chattest.Greeting)
		budi.Types("hello")
		ana.Prints("From server: Client #2: hello")
		budi.Prints("From server: Client #2: hello")
	})
}
