// Given: one test of all parts together, on a real network. There is nothing to edit.

package chat_test

import (
	"context"
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"asynclab/internal/bubble"
	"asynclab/internal/chattest"
	chat "asynclab/lab3_chat"
)

// Three clients come, talk and go on a real TCP port of this machine, and the server stops.
func TestPart4AllTogetherOnARealNetwork(t *testing.T) {
	bubble.RunReal(t, bubble.Lesson{
		Rule:  "On a real network too, what one types appears on everybody's screen, everyone can leave, and the server can stop.",
		Look:  (*chat.Client).Run,
		Think: "Do the tests before this one pass? They show the same in memory, and say more.",
	}, func(t *bubble.T) {
		room := chattest.OpenTCP(t, new(chat.Server).Serve)
		var terminals []*chattest.Terminal
		for range 3 {
			terminal := chattest.NewTerminal(t)
			terminals = append(terminals, terminal)
			client := chat.Client{In: terminal, Out: terminal}
			terminal.Runs(func() error { return client.Run(context.Background(), room.URL()) })
			terminal.Shows("From server: " + chat.Greeting)
		}
		for i, terminal := range terminals {
			text := fmt.Sprintf("this is number %d", i)
			terminal.Types(text)
			for _, other := range terminals {
				other.Shows("From server: " + text)
			}
		}
		for _, terminal := range terminals {
			terminal.Ends(io.EOF)
			require.NoError(t, terminal.Result("the input ended"), "the end of the input is no error")
		}
		room.Stop()
	})
}
