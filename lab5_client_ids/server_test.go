// Given: tests of the whole server, with many visits at a time and on a real network. Read
// them, there is nothing to edit.

package ids_test

import (
	"context"
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"asynclab/internal/bubble"
	"asynclab/internal/chattest"
	ids "asynclab/lab5_client_ids"
	chat "asynclab/solutions/lab3_chat"
)

func TestMain(m *testing.M) { bubble.Main(m) }

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

// A real TCP port of this machine, and two of lab 3's clients, which are as they were.
func TestOnARealNetwork(t *testing.T) {
	bubble.RunReal(t, bubble.Lesson{
		Rule:  "On a real network too, the server numbers the clients, which are as they were.",
		Look:  ids.NewServer,
		Think: "Only the server changes. Do the tests before this one pass?",
	}, func(t *bubble.T) {
		room := chattest.OpenTCP(t, ids.NewServer().Serve)
		var terminals []*chattest.Terminal
		for range 2 {
			terminal := chattest.NewTerminal(t)
			client := chat.Client{In: terminal, Out: terminal}
			terminal.Runs(func() error { return client.Run(context.Background(), room.URL()) })
			terminal.Shows("From server: " + chattest.Greeting)
			terminals = append(terminals, terminal)
		}
		terminals[1].Types("hello")
		for _, terminal := range terminals {
			terminal.Shows("From server: Client #2: hello")
		}
		for _, terminal := range terminals {
			terminal.Ends(io.EOF)
			require.NoError(t, terminal.Result("the input ended"), "the end of the input is no error")
		}
		room.Stop()
	})
}
