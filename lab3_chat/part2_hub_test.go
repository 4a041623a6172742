// Given: the tests of part 2, many at once: the hub. Read them, there is nothing to edit.

package chat_test

import (
	"runtime"
	"slices"
	"testing"
	"testing/synctest"
	"time"
	"weak"

	"github.com/stretchr/testify/require"

	"asynclab/internal/bubble"
	chat "asynclab/lab3_chat"
)

// A member that leaves hears no more, and its channel is closed.
func TestPart2LeavingClosesTheChannel(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Leave takes one member off the hub and closes its channel; what waits in it can still be read. The others go on.",
		Look:  (*chat.Hub).Leave,
		Think: "How does one who ranges over Messages learn that nothing more will come?",
	}, func(t *bubble.T) {
		hub := chat.NewHub()
		defer hub.Close()
		ana, budi := hub.Join(), hub.Join()
		hub.Broadcast("one")
		hub.Leave(ana)
		hub.Broadcast("two")
		requireLeft(t, ana, "Ana", "one")
		requireHears(t, budi, "Budi", "one", "two")
	})
}

// Leaving twice does no harm.
func TestPart2LeavingTwiceDoesNothing(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Leave does nothing for a member that has left already, or was put out.",
		Look:  (*chat.Hub).Leave,
		Think: "A channel can be closed only once. Who knows whether this one has been?",
	}, func(t *bubble.T) {
		hub := chat.NewHub()
		defer hub.Close()
		ana, budi := hub.Join(), hub.Join()
		hub.Leave(ana)
		hub.Leave(ana)
		hub.Broadcast("one")
		requireLeft(t, ana, "Ana")
		requireHears(t, budi, "Budi", "one")
	})
}

// A member may be some messages behind.
func TestPart2ABurstIsHeardByAll(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A member may be 60 messages behind: they wait for it, in order, and Broadcast does not.",
		Look:  (*chat.Hub).Broadcast,
		Think: "Nobody receives while Broadcast runs. Where does the message wait meanwhile, and for how many is there room?",
	}, func(t *bubble.T) {
		hub := chat.NewHub()
		defer hub.Close()
		ana, budi := hub.Join(), hub.Join()
		for _, text := range numbered(60) {
			hub.Broadcast(text)
		}
		requireHears(t, ana, "Ana", numbered(60)...)
		requireHears(t, budi, "Budi", numbered(60)...)
	})
}

// A member that does not keep up is put out, and never hears a conversation with holes.
func TestPart2ASlowMemberIsPutOut(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Broadcast never waits: a member that never reads is put out once its outbox is full, and has heard everything up to then.",
		Look:  (*chat.Hub).Broadcast,
		Think: "The outbox is full. Broadcast may wait, drop this message, or part with the member: who pays in each case? And who comes next in your loop then?",
	}, func(t *bubble.T) {
		const many = 600
		hub := chat.NewHub()
		defer hub.Close()
		var slow, quick []*chat.Member
		for range 5 { // the slow and the quick mixed, wherever the hub keeps them
			slow = append(slow, hub.Join())
			quick = append(quick, hub.Join(), hub.Join(), hub.Join())
		}
		for _, text := range numbered(many) {
			hub.Broadcast(text)
			for _, m := range quick {
				requireHears(t, m, "a quick member", text)
			}
		}
		require.Less(t, t.Elapsed(), time.Second, "Broadcast waited for a slow member: the time that %d broadcasts took", many)
		for _, m := range slow {
			heard, left := hears(m)
			require.True(t, left, "%d messages were broadcast and a slow member read none, but it was not put out: its channel is not closed", many)
			require.Less(t, len(heard), many, "all messages wait for a member that does not read: memory without a limit")
			require.GreaterOrEqual(t, len(heard), 60, "the number of messages that may wait before a member is put out")
			require.True(t, slices.Equal(numbered(len(heard)), heard), "a slow member heard a conversation with holes: %s", list(heard))
			hub.Leave(m) // what its connection does when it ends: no harm
		}
		hub.Broadcast("and on")
		for _, m := range quick {
			requireHears(t, m, "a quick member", "and on")
		}
	})
}

// Close puts everyone out and ends the hub.
func TestPart2CloseEndsTheHub(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Close puts everyone out. After it nothing waits and nothing panics.",
		Look:  (*chat.Hub).Close,
		Think: "A connection may still be talking or leaving while the hub closes. What does each call find then?",
	}, func(t *bubble.T) {
		hub := chat.NewHub()
		ana, budi := hub.Join(), hub.Join()
		hub.Broadcast("one")
		hub.Close()
		requireLeft(t, ana, "Ana", "one")
		requireLeft(t, budi, "Budi", "one")

		hub.Leave(ana)
		hub.Broadcast("two")
		hub.Close()
	})
}

// Who comes too late is put out at once.
func TestPart2JoiningAClosedHub(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Who joins a closed hub is put out at once: its channel is closed, and not nil.",
		Look:  (*chat.Hub).Join,
		Think: "A connection may be on its way in while the hub closes. How does Join know?",
	}, func(t *bubble.T) {
		hub := chat.NewHub()
		hub.Close()
		ana := hub.Join()
		requireLeft(t, ana, "who joins a closed hub")
		hub.Broadcast("to nobody")
		hub.Leave(ana)
	})
}

// Each NewHub is a room of its own.
func TestPart2TwoHubsAreTwo(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Two hubs know nothing of each other.",
		Look:  chat.NewHub,
		Think: "Where are the members kept: in a package-level variable, or in the hub?",
	}, func(t *bubble.T) {
		one, other := chat.NewHub(), chat.NewHub()
		defer one.Close()
		defer other.Close()
		ana, budi := one.Join(), other.Join()
		one.Broadcast("one")
		other.Broadcast("other")
		requireHears(t, ana, "the member of the first hub", "one")
		requireHears(t, budi, "the member of the second hub", "other")
	})
}

// The room does not grow with everyone who comes and goes.
func TestPart2WhoHasLeftIsForgotten(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "The hub keeps nothing of those who have left: their memory can be used again while the others talk on.",
		Look:  (*chat.Hub).Leave,
		Think: "The member hears no more. Is it still in a list, or a map, that the hub goes through for each message?",
	}, func(t *bubble.T) {
		const guests = 1_000
		hub := chat.NewHub()
		defer hub.Close()
		ana := hub.Join()
		var known []weak.Pointer[chat.Member]
		for range guests {
			guest := hub.Join()
			known = append(known, weak.Make(guest))
			hub.Leave(guest)
		}
		for _, text := range numbered(3) { // a hub may tidy up when it is used again
			hub.Broadcast(text)
		}
		requireHears(t, ana, "Ana", numbered(3)...)
		synctest.Wait()
		runtime.GC()
		kept := 0
		for _, guest := range known {
			if guest.Value() != nil {
				kept++
			}
		}
		require.Less(t, kept, guests/2, "%d guests have come and left, and the hub still keeps so many", guests)
	})
}
