// Given: the test of server.go in every order. Read it, there is nothing to edit.

package ids_test

import (
	"slices"
	"testing"

	"asynclab/internal/explore"
	ids "asynclab/lab5_client_ids"
)

// Three clients may come and speak at the same moment.
func TestEveryOrderOfThreeClients(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "However close together three clients come and speak: each has a number of its own, and no number is left out.",
		Look:  ids.NewServer,
		Think: "Taking a number is reading the count and changing it. What may another goroutine do in between?",
	}, func(x *explore.X) {
		sign := signOf(x)
		visit := func() { x.Note("%s", sign()("hello")) }
		x.Go("Ana", visit)
		x.Go("Budi", visit)
		x.Go("Citra", visit)
		x.Wait()
		visit()
		want := []string{"Client #1: hello", "Client #2: hello", "Client #3: hello", "Client #4: hello"}
		if heard := x.Notes(); !slices.Equal(explore.Sorted(heard), want) {
			x.Fatalf("when all three have spoken, Dewi comes and speaks. Everyone hears: %q", heard)
		}
	})
}

// Two clients may say two things each.
func TestEveryOrderOfTwoWhoSpeakTwice(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "A client keeps its number, whoever speaks between its messages.",
		Look:  ids.NewServer,
		Think: "Where does a connection keep its number, and who else writes there?",
	}, func(x *explore.X) {
		sign := signOf(x)
		visit := func() {
			mine := sign()
			x.Note("%s, %s", mine("one"), mine("two"))
		}
		x.Go("Ana", visit)
		x.Go("Budi", visit)
		x.Wait()
		want := []string{"Client #1: one, Client #1: two", "Client #2: one, Client #2: two"}
		if heard := x.Notes(); !slices.Equal(explore.Sorted(heard), want) {
			x.Fatalf("Ana and Budi say one and two. Everyone hears: %q", heard)
		}
	})
}

// Two come, one after the other, before either of them speaks; and a third one comes meanwhile.
func TestEveryOrderOfTwoInARow(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Whoever comes first has the lower number, even if both have come before either of them speaks, and whoever else comes meanwhile.",
		Look:  ids.NewServer,
		Think: "When is the number certain: when a client has come, or some time later? What does its number depend on?",
	}, func(x *explore.X) {
		sign := signOf(x)
		for range 255 { // whoever takes numbers in blocks comes to the end of one now
			sign()("hello")
		}
		citra := func(text string) string { return text }
		x.Go("Ana and Budi", func() {
			ana, budi := sign(), sign()
			x.Note("%s", ana("hello"))
			x.Note("%s", budi("hello"))
		})
		x.Go("Citra", func() { citra = sign() })
		x.Wait()
		x.Note("%s", citra("hello"))
		heard := x.Notes()
		want := []string{"Client #256: hello", "Client #257: hello", "Client #258: hello"}
		if !slices.Equal(explore.Sorted(heard), want) || heard[0] > heard[1] {
			x.Fatalf("255 clients have come. Ana comes, and then Budi, and Citra at any moment. They speak in this order. Everyone hears: %q", heard)
		}
	})
}

// signOf is how the server gives each client its number, and its messages that number.
func signOf(x *explore.X) func() func(text string) string {
	x.MayLeave()
	sign := ids.NewServer().Sign
	if sign == nil {
		x.Fatalf("the server's field Sign is not set")
	}
	return sign
}
