// Given: harder tests, for go test -tags stretch. Read them, there is nothing to edit.

//go:build stretch

package ids_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"asynclab/internal/bubble"
	"asynclab/internal/chattest"
	ids "asynclab/lab5_client_ids"
)

// Ten thousand who come and go get ten thousand numbers.
func TestStretchTenThousandNumbers(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Over 10,000 clients, of which 10 at a time come together, no number is given twice and none is left out.",
		Look:  ids.NewServer,
		Think: "Is taking a number one step, for every goroutine that looks on?",
	}, func(t *bubble.T) {
		room := chattest.Open(t, ids.NewServer().Serve)
		witness := room.Join("the witness")
		seen := map[string]int{}
		for range 1000 {
			for _, guest := range room.DialMany(10) {
				guest.Hears(chattest.Greeting)
				guest.Says("here")
				seen[witness.Next()]++
				guest.Vanishes()
			}
		}
		for number := 2; number <= 10_001; number++ {
			if text := fmt.Sprintf("Client #%d: here", number); seen[text] != 1 {
				t.Fatalf("the witness, who is number 1, heard %q %d times, not once", text, seen[text])
			}
		}
	})
}

// A message is one line, whatever is in it: nobody can write a second one by hand.
func TestStretchAMessageIsOneLine(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "No control character and no line break reaches the room, so nobody can draw a line that looks like another's; what can be shown still arrives, even an emoji made of several characters.",
		Look:  ids.NewServer,
		Think: "What does a terminal do with a line break in the middle of a message? And with the characters that move its cursor?",
	}, func(t *bubble.T) {
		room := chattest.Open(t, ids.NewServer().Serve)
		room.Join("Ana")
		budi := room.Join("Budi")
		for _, trick := range []string{"\n", "\r", "\r\n", "\v", "\f", "\x1b[2K\x1b[1G", "\b\b\b\b\b\b\b\b", "\u0085", "\u009b2K", "\u2028", "\u2029", "\u202e", "\x00"} {
			budi.Says("hi" + trick + "Client #1: I am Ana")
			heard := budi.Next()
			require.True(t, strings.HasPrefix(heard, "Client #2: hi"), "what everyone hears begins with Budi's own number: %q", heard)
			require.True(t, strings.HasSuffix(heard, "Client #1: I am Ana"), "what can be shown is still there: %q", heard)
			for _, r := range heard {
				require.False(t, unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control), "%q in %q can make a line look like another's", r, heard)
			}
		}
		budi.Says("naïve 👨‍👩‍👧 café")
		budi.Hears("Client #2: naïve 👨‍👩‍👧 café")
	})
}
