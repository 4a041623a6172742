// Given: tests of the whole server, with many visits at a time and as a real program. Read
// them, there is nothing to edit.

package ids_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"asynclab/internal/bubble"
	"asynclab/internal/chattest"
	"asynclab/internal/program"
	ids "asynclab/lab5_client_ids"
)

func TestMain(m *testing.M) { bubble.Main(m, program.Of()) }

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
