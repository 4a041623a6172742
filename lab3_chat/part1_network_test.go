// Given: the last test of part 1, on a real network. There is nothing to edit.

package chat_test

import (
	"context"
	"fmt"
	"testing"

	"asynclab/internal/bubble"
	"asynclab/internal/chattest"
	chat "asynclab/lab3_chat"
)

// A server and three clients on a real TCP port of this machine.
func TestPart1ThreeClientsOnARealNetwork(t *testing.T) {
	bubble.RunReal(t, bubble.Lesson{
		Rule:  "On a real network too, what one types appears on everybody's screen.",
		Look:  (*chat.Client).Run,
		Think: "Do the tests before this one pass? They show the same in memory, and say more.",
	}, func(t *bubble.T) {
		room := chattest.OpenTCP(t, new(chat.Server).Serve)
		text := func(i int) string { return fmt.Sprintf("this is number %d", i) }
		var terminals []*chattest.Terminal
		for i := range 3 {
			terminal := chattest.NewTerminal(t)
			terminals = append(terminals, terminal)
			client := chat.Client{In: terminal, Out: terminal}
			terminal.Runs(func() error { return client.Run(context.Background(), room.URL()) })
			terminal.Shows("From server: " + chat.Greeting)
			terminal.Types(text(i)) // whoever hears itself is in the room
			for _, other := range terminals[:i] {
				other.Shows("From server: " + text(i))
			}
			// What was said before it came may still be on its way to all.
			terminal.ShowsBehind("From server: "+text(i-1), "From server: "+text(i))
		}
		for i, terminal := range terminals {
			text := fmt.Sprintf("number %d again", i)
			terminal.Types(text)
			for _, other := range terminals {
				other.Shows("From server: " + text)
			}
		}
	})
}
