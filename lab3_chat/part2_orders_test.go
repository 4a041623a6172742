// Given: part 2, tests of hub.go in every order. Read them, there is nothing to edit.

package chat_test

import (
	"fmt"
	"slices"
	"testing"

	"asynclab/internal/explore"
	chat "asynclab/lab3_chat"
)

// Nobody slips in while the hub closes.
func TestPart2EveryOrderOfJoinAndClose(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Whoever joins while the hub closes is put out too, by Close or by Join itself.",
		Look:  (*chat.Hub).Join,
		Think: "Join looks whether the hub is closed, and adds a member. What if Close comes between the two?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		var m *chat.Member
		x.Go("Join", func() { m = hub.Join() })
		x.Go("Close", hub.Close)
		x.Wait()
		mustHaveLeft(x, m, "one who joined while the hub closed")
	})
}

// A newcomer hears a message or not, and everyone else hears it once.
func TestPart2EveryOrderOfJoinAndBroadcast(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Whoever joins while somebody speaks hears that message once or not at all, and every later one; the others hear both.",
		Look:  (*chat.Hub).Join,
		Think: "Broadcast is in the middle of its work. What does Join change that Broadcast is just looking at?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana := hub.Join()
		var budi *chat.Member
		x.Go("Join", func() { budi = hub.Join() })
		x.Go("Broadcast", func() { hub.Broadcast("one") })
		x.Wait()
		hub.Broadcast("two")
		mustHear(x, ana, "Ana, who was there before,", "one", "two")
		if heard, _ := heardBy(x, budi); fmt.Sprint(heard) != "[two]" {
			requireSame(x, "the newcomer", heard, []string{"one", "two"})
		}
		hub.Close()
	})
}

// Two join at the same moment.
func TestPart2EveryOrderOfTwoJoins(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Two who join at the same moment both hear what is said from then on.",
		Look:  (*chat.Hub).Join,
		Think: "Both change the list of members. What does the second find while the first is half through?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		var ana, budi *chat.Member
		x.Go("Join 1", func() { ana = hub.Join() })
		x.Go("Join 2", func() { budi = hub.Join() })
		x.Wait()
		hub.Broadcast("one")
		mustHear(x, ana, "the first newcomer", "one")
		mustHear(x, budi, "the second newcomer", "one")
		hub.Close()
	})
}

// One comes while another goes.
func TestPart2EveryOrderOfJoinAndLeave(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "When one joins at the moment when another leaves, the one hears what is said until it leaves, and the other nothing.",
		Look:  (*chat.Hub).Leave,
		Think: "Both change the list of members. What does the second find while the first is half through?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana := hub.Join()
		var budi *chat.Member
		x.Go("Join", func() { budi = hub.Join() })
		x.Go("Leave", func() { hub.Leave(ana) })
		x.Wait()
		hub.Broadcast("one")
		mustHear(x, budi, "the newcomer", "one")
		mustHaveLeft(x, ana, "the one who has left")
		hub.Leave(budi)
		mustHaveLeft(x, budi, "the newcomer, who has left too,")
		hub.Close()
	})
}

// The first who came leaves while somebody speaks.
func TestPart2EveryOrderOfLeaveAndBroadcast(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Who leaves while somebody speaks hears that message once or not at all, and nothing after it; the others hear everything.",
		Look:  (*chat.Hub).Leave,
		Think: "Broadcast is about to send to the one who leaves, and then to the others. What does Leave change that Broadcast is just using?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana, budi, citra := hub.Join(), hub.Join(), hub.Join()
		x.Go("Broadcast", func() { hub.Broadcast("one") })
		x.Go("Leave", func() { hub.Leave(ana) })
		x.Wait()
		hub.Broadcast("two")
		mustHear(x, budi, "Budi, who stays,", "one", "two")
		mustHear(x, citra, "Citra, who stays,", "one", "two")
		heard, left := heardBy(x, ana)
		if !left {
			x.Fatalf("Ana has left, but her channel is not closed")
		}
		if len(heard) > 0 {
			requireSame(x, "Ana, who has left,", heard, []string{"one"})
		}
		hub.Close()
	})
}

// Two leave, or one leaves twice, while the hub closes.
func TestPart2EveryOrderOfLeaveLeaveAndClose(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Leave, a second Leave of the same member and Close may come at the same moment: the member is out, and nothing panics.",
		Look:  (*chat.Hub).Leave,
		Think: "A channel can be closed only once. Three goroutines want to: which of them knows that it is the one?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana, budi := hub.Join(), hub.Join()
		x.Go("Leave", func() { hub.Leave(ana) })
		x.Go("Leave again", func() { hub.Leave(ana) })
		x.Go("Close", hub.Close)
		x.Wait()
		mustHaveLeft(x, ana, "the one who has left twice")
		mustHaveLeft(x, budi, "the one who was there when the hub closed")
	})
}

// Two speak at the same moment.
func TestPart2EveryOrderOfTwoBroadcasts(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "When two speak at the same moment, every member hears both messages, and all hear the same order.",
		Look:  (*chat.Hub).Broadcast,
		Think: "Two broadcasts at the same time: can the second overtake the first at one member and not at another?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana, budi := hub.Join(), hub.Join()
		x.Go("Broadcast 1", func() { hub.Broadcast("one") })
		x.Go("Broadcast 2", func() { hub.Broadcast("two") })
		x.Wait()
		first, _ := heardBy(x, ana)
		second, _ := heardBy(x, budi)
		if len(first) != 2 || first[0] == first[1] {
			x.Fatalf("Ana should hear both messages once, but heard: %q", first)
		}
		requireSame(x, "Budi", second, first)
		hub.Close()
	})
}

// The hub closes while somebody speaks.
func TestPart2EveryOrderOfBroadcastAndClose(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "When the hub closes while somebody speaks, Broadcast returns, the member hears the message once or not at all, and is put out.",
		Look:  (*chat.Hub).Close,
		Think: "Broadcast is about to send. What does Close do to the member's channel, and what keeps the two apart?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana := hub.Join()
		x.Go("Broadcast", func() { hub.Broadcast("one") })
		x.Go("Close", hub.Close)
		x.Wait()
		heard, left := heardBy(x, ana)
		if !left {
			x.Fatalf("the hub is closed, but the channel of a member is not")
		}
		if len(heard) > 0 {
			requireSame(x, "the member", heard, []string{"one"})
		}
	})
}

// Somebody comes, somebody speaks, and the hub closes.
func TestPart2EveryOrderOfJoinBroadcastAndClose(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Somebody may join and somebody speak while the hub closes: all three calls return, and whoever joined is put out.",
		Look:  (*chat.Hub).Close,
		Think: "Three calls at the same moment. What does each of them find half done?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		var m *chat.Member
		x.Go("Join", func() { m = hub.Join() })
		x.Go("Broadcast", func() { hub.Broadcast("one") })
		x.Go("Close", hub.Close)
		x.Wait()
		if _, left := heardBy(x, m); !left {
			x.Fatalf("one joined while the hub closed, and the channel is not closed")
		}
	})
}

// Two speak when the outbox of a third has room for one message more.
func TestPart2EveryOrderOfTwoBroadcastsAtTheLimit(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Two who speak while a member's outbox is nearly full never wait for it: the member hears a conversation without a hole, and is then put out.",
		Look:  (*chat.Hub).Broadcast,
		Think: "Both broadcasts look whether there is room for one more. What if both find the same room?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana := hub.Join()
		const before = chat.Backlog - 1
		for i := range before {
			hub.Broadcast(fmt.Sprint(i))
		}
		x.Settle() // so that a goroutine that moves them to the outbox is not in between
		x.Go("Broadcast 1", func() { hub.Broadcast("one") })
		x.Go("Broadcast 2", func() { hub.Broadcast("two") })
		x.Wait()
		heard, left := heardBy(x, ana)
		n := len(heard) - before
		if left && n < 1 {
			x.Fatalf("the outbox had room for one message more; the member has heard %d of %d, and is out", len(heard), before+2)
		}
		if !left && n != 2 {
			x.Fatalf("%d messages were broadcast; the member heard %d of them, and its channel is not closed", before+2, len(heard))
		}
		hub.Close()
	})
}

// One whose outbox is full leaves while somebody speaks.
func TestPart2EveryOrderOfBroadcastAndLeaveWhenFull(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "A member whose outbox is full may leave at the moment when Broadcast puts it out: it is out, once, and the others hear the message.",
		Look:  (*chat.Hub).Broadcast,
		Think: "Both want to take the member off and close its channel. Which of them knows that it is the one?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		slow := hub.Join()
		fill(x, hub)
		ana := hub.Join()
		x.Go("Broadcast", func() { hub.Broadcast("one") })
		x.Go("Leave", func() { hub.Leave(slow) })
		x.Wait()
		mustHear(x, ana, "Ana, who keeps up,", "one")
		mustBeOut(x, slow)
		hub.Close()
	})
}

// The hub is closed twice, at the same moment.
func TestPart2EveryOrderOfCloseAndClose(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "When two close the hub at the same moment, everyone is put out, once, and nothing panics.",
		Look:  (*chat.Hub).Close,
		Think: "Both see a hub that is open. Which of them knows that it is the one?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana := hub.Join()
		x.Go("Close", hub.Close)
		x.Go("Close again", hub.Close)
		x.Wait()
		mustHaveLeft(x, ana, "the member of the closed hub")
	})
}

// One who leaves is told twice, and somebody speaks after the second time.
func TestPart2EveryOrderOfLeaveAndLeaveBroadcast(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "When Leave has returned, the member hears nothing that is said from then on, also if another Leave of it is on its way.",
		Look:  (*chat.Hub).Leave,
		Think: "The second Leave finds that there is nothing to do. Is it done already, or only begun?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana, budi := hub.Join(), hub.Join()
		x.Go("Leave", func() { hub.Leave(ana) })
		x.Go("Leave, Broadcast", func() {
			hub.Leave(ana)
			hub.Broadcast("one")
		})
		x.Wait()
		mustHaveLeft(x, ana, "the one who has left")
		mustHear(x, budi, "Budi, who stays,", "one")
		hub.Close()
	})
}

// The hub is closed twice, and somebody comes and speaks after the second time.
func TestPart2EveryOrderOfCloseAndCloseJoinBroadcast(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "When Close has returned, nobody hears anything, neither who was there nor who comes, also if another Close is on its way.",
		Look:  (*chat.Hub).Close,
		Think: "The second Close finds that the hub is being closed. Is it closed already, for Join and for Broadcast too?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana := hub.Join()
		var m *chat.Member
		x.Go("Close", hub.Close)
		x.Go("Close, Join, Broadcast", func() {
			hub.Close()
			m = hub.Join()
			hub.Broadcast("one")
		})
		x.Wait()
		mustHaveLeft(x, m, "one who joined when the hub was closed")
		mustHaveLeft(x, ana, "one who was there before")
	})
}

// The hub is closed while somebody speaks, and then somebody comes and speaks.
func TestPart2EveryOrderOfBroadcastAndCloseJoinBroadcast(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "When Close has returned, everyone is out, and nobody hears what is said, also if somebody was speaking when it was called.",
		Look:  (*chat.Hub).Close,
		Think: "Somebody speaks, so whoever closes has to wait. Is everyone out when Close returns, or will they be soon?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana := hub.Join()
		var m *chat.Member
		x.Go("Broadcast", func() { hub.Broadcast("one") })
		x.Go("Close, Join, Broadcast", func() {
			hub.Close()
			m = hub.Join()
			hub.Broadcast("two")
		})
		x.Wait()
		for _, member := range []*chat.Member{ana, m} {
			if heard, left := heardBy(x, member); !left || len(heard) > 0 && !slices.Equal(heard, []string{"one"}) {
				x.Fatalf("\"two\" was said when the hub was closed; a member heard %q, and its channel is closed: %v", heard, left)
			}
		}
	})
}

// Two members leave at the same moment.
func TestPart2EveryOrderOfTwoLeaves(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "When two members leave at the same moment, these two are out, and no other.",
		Look:  (*chat.Hub).Leave,
		Think: "Leave looks for the member, and takes it off. What if the list changes between the two?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana, budi, citra := hub.Join(), hub.Join(), hub.Join()
		x.Go("Leave 1", func() { hub.Leave(ana) })
		x.Go("Leave 2", func() { hub.Leave(budi) })
		x.Wait()
		hub.Broadcast("one")
		mustHaveLeft(x, ana, "Ana")
		mustHaveLeft(x, budi, "Budi")
		mustHear(x, citra, "Citra, who stays,", "one")
		hub.Close()
	})
}

// Two speak while the hub closes.
func TestPart2EveryOrderOfTwoBroadcastsAndClose(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "When the hub closes while two speak, all three calls return, and the member is put out.",
		Look:  (*chat.Hub).Close,
		Think: "Two wait until one has spoken. Who wakes which of them?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana := hub.Join()
		x.Go("Broadcast 1", func() { hub.Broadcast("one") })
		x.Go("Broadcast 2", func() { hub.Broadcast("two") })
		x.Go("Close", hub.Close)
		x.Wait()
		if _, left := heardBy(x, ana); !left {
			x.Fatalf("the hub is closed, but the channel of a member is not")
		}
	})
}

// A slow member reads one message while two speak.
func TestPart2EveryOrderOfTwoBroadcastsAndOneWhoReads(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "A member whose outbox is full may read just then: it hears a conversation without a hole, and is put out if it has missed anything.",
		Look:  (*chat.Hub).Broadcast,
		Think: "Broadcast finds no room, and puts the member out. What if the member makes room in between, and somebody else speaks?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		slow := hub.Join()
		var said []string
		for i := range chat.Backlog {
			said = append(said, fmt.Sprint(i))
			hub.Broadcast(said[i])
		}
		x.Settle() // so that a goroutine that moves them to the outbox is not in between
		ana := hub.Join()
		x.Go("Broadcast 1", func() { hub.Broadcast("one") })
		x.Go("Broadcast 2", func() { hub.Broadcast("two") })
		x.Go("read", func() { <-slow.Messages() })
		x.Wait()
		all, _ := heardBy(x, ana)
		rest, left := heardBy(x, slow)
		heard := rest[min(len(rest), len(said)-1):] // beside what it had in its outbox
		if len(heard) > len(all) || !slices.Equal(heard, all[:len(heard)]) || !left && len(heard) < len(all) {
			x.Fatalf("Ana heard:       %q\nthe slow member heard: %q, and is still in the room: %v\nit should hear what Ana heard, up to some message, and be put out then, or hear all of it", all, heard, !left)
		}
		hub.Close()
	})
}

// Somebody joins while a slow member is put out.
func TestPart2EveryOrderOfBroadcastAndJoinWhenFull(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Whoever joins at the moment when Broadcast puts a slow member out is in the room, and the slow one is not.",
		Look:  (*chat.Hub).Broadcast,
		Think: "Broadcast knows who has had room. Is everyone who is in the room then among them?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		slow := hub.Join()
		fill(x, hub)
		var budi *chat.Member
		x.Go("Broadcast", func() { hub.Broadcast("one") })
		x.Go("Join", func() { budi = hub.Join() })
		x.Wait()
		hub.Broadcast("two")
		if heard, _ := heardBy(x, budi); fmt.Sprint(heard) != "[two]" {
			requireSame(x, "the newcomer", heard, []string{"one", "two"})
		}
		mustBeOut(x, slow)
		hub.Close()
	})
}

// The hub closes while a slow member is put out.
func TestPart2EveryOrderOfBroadcastAndCloseWhenFull(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "The hub may close at the moment when Broadcast puts a slow member out: both calls return, and the member is out, once.",
		Look:  (*chat.Hub).Broadcast,
		Think: "Broadcast and Close both want to close the channel of the slow member. Which of them knows that it is the one?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		slow := hub.Join()
		fill(x, hub)
		x.Go("Broadcast", func() { hub.Broadcast("one") })
		x.Go("Close", hub.Close)
		x.Wait()
		mustBeOut(x, slow)
	})
}

// Another member leaves while two slow ones are put out.
func TestPart2EveryOrderOfBroadcastWhenFullAndAnotherLeave(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "One may leave at the moment when Broadcast puts two others out: whoever stays hears the message.",
		Look:  (*chat.Hub).Broadcast,
		Think: "Broadcast goes from one member to the next. Where is it then, if one whom it has passed goes away?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		slow, budi, slower := hub.Join(), hub.Join(), hub.Join()
		fill(x, hub)
		heardBy(x, budi) // so that he keeps up
		ana := hub.Join()
		x.Go("Broadcast", func() { hub.Broadcast("one") })
		x.Go("Leave", func() { hub.Leave(budi) })
		x.Wait()
		mustHear(x, ana, "Ana, who keeps up,", "one")
		mustBeOut(x, slow)
		mustBeOut(x, slower)
		hub.Close()
	})
}

// A newcomer speaks at once, while somebody else does.
func TestPart2EveryOrderOfBroadcastAndOneWhoJoinsAndSpeaks(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Whoever joins and speaks hears itself, also while somebody else speaks; all hear one order.",
		Look:  (*chat.Hub).Broadcast,
		Think: "Somebody speaks already. Who is in the room when the second text is said, and who was when the first one was?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana := hub.Join()
		var budi *chat.Member
		x.Go("Broadcast", func() { hub.Broadcast("one") })
		x.Go("Join, Broadcast", func() {
			budi = hub.Join()
			hub.Broadcast("two")
		})
		x.Wait()
		first, _ := heardBy(x, ana)
		if len(first) != 2 || first[0] == first[1] {
			x.Fatalf("Ana should hear both messages once, but heard: %q", first)
		}
		if second, _ := heardBy(x, budi); first[1] != "two" || !slices.Equal(second, first[1:]) { // "one" may have come before him
			requireSame(x, "Budi, who has spoken,", second, first)
		}
		hub.Close()
	})
}

// Three speak at the same moment.
func TestPart2EveryOrderOfThreeBroadcasts(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "When three speak at the same moment, all three calls return, and all members hear the three messages in one order.",
		Look:  (*chat.Hub).Broadcast,
		Think: "One speaks and two wait for their turn. Who tells whom that it is over, and is that the one whose turn it is?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana, budi := hub.Join(), hub.Join()
		x.Go("Broadcast 1", func() { hub.Broadcast("one") })
		x.Go("Broadcast 2", func() { hub.Broadcast("two") })
		x.Go("Broadcast 3", func() { hub.Broadcast("three") })
		x.Wait()
		first, _ := heardBy(x, ana)
		if fmt.Sprint(explore.Sorted(first)) != "[one three two]" {
			x.Fatalf("Ana should hear all three messages once, but heard: %q", first)
		}
		mustHear(x, budi, "Budi, like Ana,", first...)
		hub.Close()
	})
}

// A member leaves while two speak.
func TestPart2EveryOrderOfTwoBroadcastsAndLeave(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "When one leaves while two speak, all three calls return, the one is out, and the others hear both messages once.",
		Look:  (*chat.Hub).Leave,
		Think: "Two wait until one has spoken. Who wakes which of them?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana, budi := hub.Join(), hub.Join()
		x.Go("Broadcast 1", func() { hub.Broadcast("one") })
		x.Go("Broadcast 2", func() { hub.Broadcast("two") })
		x.Go("Leave", func() { hub.Leave(ana) })
		x.Wait()
		if heard, _ := heardBy(x, budi); fmt.Sprint(heard) != "[two one]" {
			requireSame(x, "Budi, who stays,", heard, []string{"one", "two"})
		}
		if _, left := heardBy(x, ana); !left {
			x.Fatalf("Ana has left, but her channel is not closed")
		}
		hub.Close()
	})
}

// One leaves a second time when somebody else has come.
func TestPart2EveryOrderOfLeaveAgainAndJoin(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "A second Leave of the same member does nothing, also to one who has joined in between.",
		Look:  (*chat.Hub).Leave,
		Think: "The member has left already. How does Leave know that, when somebody else may have come in its place?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana := hub.Join()
		var budi *chat.Member
		x.Go("Leave", func() { hub.Leave(ana) })
		x.Go("Leave, Join", func() {
			hub.Leave(ana)
			budi = hub.Join()
		})
		x.Wait()
		hub.Broadcast("one")
		mustHear(x, budi, "the newcomer", "one")
		mustHaveLeft(x, ana, "the one who has left twice")
		hub.Close()
	})
}

// One speaks twice while another speaks.
func TestPart2EveryOrderOfBroadcastAndOneWhoSpeaksTwice(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Who speaks twice is heard in that order, also while another speaks, and all members hear one order.",
		Look:  (*chat.Hub).Broadcast,
		Think: "Two texts wait until a third has been said. Which of them is next?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana, budi := hub.Join(), hub.Join()
		x.Go("Broadcast", func() { hub.Broadcast("one") })
		x.Go("Broadcast, Broadcast", func() {
			hub.Broadcast("two")
			hub.Broadcast("three")
		})
		x.Wait()
		first, _ := heardBy(x, ana)
		second, _ := heardBy(x, budi)
		if all := explore.Sorted(first); fmt.Sprint(all) != "[one three two]" {
			x.Fatalf("Ana should hear the three messages once, but heard: %q", first)
		}
		if slices.Index(first, "three") < slices.Index(first, "two") {
			x.Fatalf("\"two\" was said before \"three\", but Ana heard: %q", first)
		}
		requireSame(x, "Budi", second, first)
		hub.Close()
	})
}

// A newcomer comes when somebody has just spoken, while somebody else does.
func TestPart2EveryOrderOfBroadcastAndOneWhoSpeaksAndJoins(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "When Broadcast has returned, everyone who was there has the message, and nobody who joins afterwards hears it.",
		Look:  (*chat.Hub).Broadcast,
		Think: "Somebody else speaks at this moment. What may Broadcast leave to them, and when may it return?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana := hub.Join()
		var m *chat.Member
		x.Go("Broadcast", func() { hub.Broadcast("one") })
		x.Go("Broadcast, Join", func() {
			hub.Broadcast("two")
			m = hub.Join()
		})
		x.Wait()
		all, _ := heardBy(x, ana)
		if fmt.Sprint(explore.Sorted(all)) != "[one two]" {
			x.Fatalf("Ana should hear both messages once, but heard: %q", all)
		}
		if heard, _ := heardBy(x, m); len(heard) > 0 && !(heard[0] == "one" && all[1] == "one") {
			x.Fatalf("Ana heard: %q\nthe newcomer, who came after \"two\", heard: %q", all, heard)
		}
		hub.Close()
	})
}

// One speaks and then joins, while another member leaves.
func TestPart2EveryOrderOfLeaveAndOneWhoSpeaksAndJoins(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "A newcomer hears nothing of what was said before it joined, and the others hear that in order.",
		Look:  (*chat.Hub).Join,
		Think: "Broadcast has returned. Has the text reached everyone by then, or may Join still overtake it?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana, budi := hub.Join(), hub.Join()
		var m *chat.Member
		x.Go("Broadcast, Broadcast, Join", func() {
			hub.Broadcast("one")
			hub.Broadcast("two")
			m = hub.Join()
		})
		x.Go("Leave", func() { hub.Leave(budi) })
		x.Wait()
		mustHear(x, ana, "Ana, who was there before,", "one", "two")
		mustHear(x, m, "the newcomer")
		hub.Close()
	})
}

// A member's channel is asked for by two, while somebody speaks.
func TestPart2EveryOrderOfMessagesAndBroadcast(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Messages may be called for the first time while somebody speaks, and by two at once: what it returns is the one channel in which the message comes.",
		Look:  (*chat.Member).Messages,
		Think: "Messages and Broadcast both need the member's channel. Who makes it, and when?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana := hub.Join()
		var first, second <-chan string
		x.Go("Messages", func() { first = ana.Messages() })
		x.Go("Messages again", func() { second = ana.Messages() })
		x.Go("Broadcast", func() { hub.Broadcast("one") })
		x.Wait()
		if first != second || first != ana.Messages() {
			x.Fatalf("Messages has returned two different channels of one member")
		}
		mustHear(x, ana, "Ana", "one")
		hub.Close()
	})
}

// Two hubs are at work at the same time.
func TestPart2EveryOrderOfTwoHubs(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Two hubs share nothing: what happens in one neither disturbs the other nor is heard there.",
		Look:  chat.NewHub,
		Think: "A hub's lock guards what is that hub's own. What do all hubs share in your code?",
	}, func(x *explore.X) {
		one, other := chat.NewHub(), chat.NewHub()
		ana, budi := one.Join(), other.Join()
		x.Go("Broadcast, Join", func() {
			one.Broadcast("one")
			one.Join()
		})
		x.Go("the other hub", func() {
			other.Broadcast("two")
			other.Join()
		})
		x.Wait()
		mustHear(x, ana, "Ana, in one hub,", "one")
		mustHear(x, budi, "Budi, in the other hub,", "two")
		one.Close()
		other.Close()
	})
}

// One leaves and somebody speaks, while the hub closes.
func TestPart2EveryOrderOfCloseAndLeaveBroadcast(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Whoever has left hears nothing that is said from then on, also while the hub closes.",
		Look:  (*chat.Hub).Leave,
		Think: "Leave finds a hub that is just being closed. What must be true before Leave may return?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana := hub.Join()
		x.Go("Close", hub.Close)
		x.Go("Leave, Broadcast", func() {
			hub.Leave(ana)
			hub.Broadcast("one")
		})
		x.Wait()
		mustHaveLeft(x, ana, "the one who has left")
	})
}

// One hears a message, and only then does somebody join.
func TestPart2EveryOrderOfBroadcastAndOneWhoHearsAndJoins(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "A newcomer hears nothing that somebody else had heard before it joined, even if Broadcast has not returned yet.",
		Look:  (*chat.Hub).Broadcast,
		Think: "Broadcast goes from one member to the next. What if the room grows meanwhile?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana := hub.Join()
		var m *chat.Member
		x.Go("Broadcast", func() { hub.Broadcast("one") })
		x.Go("hear, Join", func() {
			<-ana.Messages()
			m = hub.Join()
		})
		x.Wait()
		mustHear(x, m, "the newcomer")
		hub.Close()
	})
}

// Two speak, and one who is slow stands between those who keep up.
func TestPart2EveryOrderOfTwoBroadcastsWhenFull(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "All who keep up hear one order, also while a slow member between them is put out.",
		Look:  (*chat.Hub).Broadcast,
		Think: "Broadcast puts somebody out in the middle of its way through the room. Who may speak meanwhile?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana, slow := hub.Join(), hub.Join()
		fill(x, hub)
		heardBy(x, ana) // so that she keeps up
		budi := hub.Join()
		x.Go("Broadcast 1", func() { hub.Broadcast("one") })
		x.Go("Broadcast 2", func() { hub.Broadcast("two") })
		x.Wait()
		first, _ := heardBy(x, ana)
		if len(first) != 2 || first[0] == first[1] {
			x.Fatalf("Ana should hear both messages once, but heard: %q", first)
		}
		second, _ := heardBy(x, budi)
		requireSame(x, "Budi", second, first)
		mustBeOut(x, slow)
		hub.Close()
	})
}

// One joins, another leaves, and somebody speaks.
func TestPart2EveryOrderOfJoinLeaveAndBroadcast(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Somebody may join, another one leave, and a third one speak: all three calls return, and whoever is in the room then hears what is said next.",
		Look:  (*chat.Hub).Broadcast,
		Think: "Three calls at the same moment. What does each of them hold, and what does it want besides?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana := hub.Join()
		var budi *chat.Member
		x.Go("Join", func() { budi = hub.Join() })
		x.Go("Leave", func() { hub.Leave(ana) })
		x.Go("Broadcast", func() { hub.Broadcast("one") })
		x.Wait()
		hub.Broadcast("two")
		if heard, _ := heardBy(x, budi); fmt.Sprint(heard) != "[two]" {
			requireSame(x, "the newcomer", heard, []string{"one", "two"})
		}
		if heard, left := heardBy(x, ana); !left || slices.Contains(heard, "two") {
			x.Fatalf("Ana left before \"two\" was said. She heard: %q, and is still in the room: %v", heard, !left)
		}
		hub.Close()
	})
}

// One joins while others come and go, where somebody was before.
func TestPart2EveryOrderOfJoinAndOthersWhoComeAndGo(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Whoever joins has a place of its own, also where others have just come and gone.",
		Look:  (*chat.Hub).Join,
		Think: "Join looks where there is room, and takes it. What if the same room was taken and left in between?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		first, second := hub.Join(), hub.Join()
		hub.Leave(second)
		hub.Leave(first)
		var ana, budi *chat.Member
		x.Go("Join", func() { ana = hub.Join() })
		x.Go("Join, Join, Leave", func() {
			guest := hub.Join()
			budi = hub.Join()
			hub.Leave(guest)
		})
		x.Wait()
		citra := hub.Join()
		hub.Broadcast("one")
		mustHear(x, ana, "Ana", "one")
		mustHear(x, budi, "Budi", "one")
		mustHear(x, citra, "Citra", "one")
		hub.Close()
	})
}

// One leaves and joins again, while another one speaks twice.
func TestPart2EveryOrderOfLeaveJoinAndBroadcastBroadcast(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Who leaves in the middle of a conversation has heard its beginning, and who joins in the middle hears its end: nobody has a hole in it.",
		Look:  (*chat.Hub).Broadcast,
		Think: "From when on does a newcomer hear, and until when one who leaves? What does Broadcast know of the two?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana, budi := hub.Join(), hub.Join()
		var citra *chat.Member
		x.Go("Leave, Join", func() {
			hub.Leave(ana)
			citra = hub.Join()
		})
		x.Go("Broadcast, Broadcast", func() {
			hub.Broadcast("one")
			hub.Broadcast("two")
		})
		x.Wait()
		mustHear(x, budi, "Budi, who stays,", "one", "two")
		all := []string{"one", "two"}
		first, left := heardBy(x, ana)
		last, _ := heardBy(x, citra)
		if !left || !slices.Equal(first, all[:len(first)]) || !slices.Equal(last, all[len(all)-len(last):]) || len(first)+len(last) > 2 {
			x.Fatalf("Ana, who has left, heard:      %q\nCitra, who joined then, heard: %q", first, last)
		}
		hub.Close()
	})
}

// Two leave, and each of them has something said then.
func TestPart2EveryOrderOfTwoWhoLeaveAndSpeak(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Whoever leaves and speaks then does not hear itself; who stays hears both.",
		Look:  (*chat.Hub).Leave,
		Think: "Two leave at the same moment. Whom does each of them take off, and who is left in the room?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana, budi, citra := hub.Join(), hub.Join(), hub.Join()
		x.Go("Ana", func() {
			hub.Leave(ana)
			hub.Broadcast("one")
		})
		x.Go("Budi", func() {
			hub.Leave(budi)
			hub.Broadcast("two")
		})
		x.Wait()
		if heard, left := heardBy(x, ana); !left || slices.Contains(heard, "one") {
			x.Fatalf("Ana left before \"one\" was said. She heard: %q, and is still in the room: %v", heard, !left)
		}
		if heard, left := heardBy(x, budi); !left || slices.Contains(heard, "two") {
			x.Fatalf("Budi left before \"two\" was said. He heard: %q, and is still in the room: %v", heard, !left)
		}
		heard, _ := heardBy(x, citra)
		requireSame(x, "Citra, who stays,", explore.Sorted(heard), []string{"one", "two"})
		hub.Close()
	})
}

// One joins and leaves at once, while another speaks.
func TestPart2EveryOrderOfBroadcastAndOneWhoJoinsAndLeaves(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Who joins while somebody speaks, and leaves at once, has left: its channel is closed, and it hears nothing of what comes later.",
		Look:  (*chat.Hub).Leave,
		Think: "Join has returned. Where does Leave look for the member, and may it still be somewhere else by then?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana := hub.Join()
		var m *chat.Member
		x.Go("Broadcast", func() { hub.Broadcast("one") })
		x.Go("Join, Leave", func() {
			m = hub.Join()
			hub.Leave(m)
		})
		x.Wait()
		hub.Broadcast("two")
		mustHear(x, ana, "Ana, who was there before,", "one", "two")
		if heard, left := heardBy(x, m); !left || slices.Contains(heard, "two") {
			x.Fatalf("Budi left before \"two\" was said. He heard: %q, and is still in the room: %v", heard, !left)
		}
		hub.Close()
	})
}

// One speaks and leaves while another speaks.
func TestPart2EveryOrderOfBroadcastAndOneWhoSpeaksAndLeaves(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Who speaks and leaves then has heard itself, and all that the others heard before that.",
		Look:  (*chat.Hub).Broadcast,
		Think: "Somebody else speaks at this moment. When Broadcast returns, where is the text, and what does Leave do with it?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		ana, budi := hub.Join(), hub.Join()
		x.Go("Broadcast", func() { hub.Broadcast("one") })
		x.Go("Broadcast, Leave", func() {
			hub.Broadcast("two")
			hub.Leave(budi)
		})
		x.Wait()
		all, _ := heardBy(x, ana)
		heard, left := heardBy(x, budi)
		if !left || !slices.Contains(heard, "two") || !slices.Equal(heard, all[:min(len(heard), len(all))]) {
			x.Fatalf("Ana, who stays, heard:                     %q\nBudi, who said \"two\" and left then, heard: %q", all, heard)
		}
		hub.Close()
	})
}

// Somebody comes in the place of one who is full, while another speaks.
func TestPart2EveryOrderOfBroadcastAndLeaveJoinWhenFull(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "When a member whose outbox is full leaves while somebody speaks, and another one joins then, that one is in the room.",
		Look:  (*chat.Hub).Broadcast,
		Think: "Broadcast has seen that somebody must be put out. Who is that, if the place has changed hands by then?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		slow := hub.Join()
		fill(x, hub)
		var m *chat.Member
		x.Go("Broadcast", func() { hub.Broadcast("one") })
		x.Go("Leave, Join", func() {
			hub.Leave(slow)
			m = hub.Join()
		})
		x.Wait()
		hub.Broadcast("two")
		if heard, _ := heardBy(x, m); fmt.Sprint(heard) != "[two]" {
			requireSame(x, "the newcomer", heard, []string{"one", "two"})
		}
		hub.Close()
	})
}

// The hub closes while somebody says more than fits.
func TestPart2EveryOrderOfCloseAndMoreThanFits(t *testing.T) {
	explore.Run(t, explore.Lesson{
		Rule:  "Close ends the hub, and nothing of it is left, also if somebody has just said more than fits into an outbox.",
		Look:  (*chat.Hub).Close,
		Think: "Nobody reads. Who still has a text in its hand, and what tells it that nobody will take it?",
	}, func(x *explore.X) {
		hub := chat.NewHub()
		slow := hub.Join()
		for i := range chat.Backlog - 1 {
			hub.Broadcast(fmt.Sprint(i))
		}
		x.Settle()
		x.Go("Broadcast, Broadcast", func() {
			hub.Broadcast("one")
			hub.Broadcast("two")
		})
		x.Go("Close", func() { hub.Close() })
		x.Wait()
		mustBeOut(x, slow)
	})
}

// fill says as much as fits into the outbox of a member that does not read.
func fill(x *explore.X, hub *chat.Hub) {
	for i := range chat.Backlog {
		hub.Broadcast(fmt.Sprint(i))
	}
	x.Settle() // so that a goroutine that moves them to the outbox is not in between
}

// heardBy returns what a member has heard until nothing more comes, and whether its channel
// is closed.
func heardBy(x *explore.X, m *chat.Member) (heard []string, left bool) {
	for settled := false; ; {
		select {
		case text, ok := <-m.Messages():
			if !ok {
				return heard, true
			}
			heard = append(heard, text)
			settled = false
		default:
			if settled {
				return heard, false
			}
			x.Settle() // perhaps something moves more messages to the channel
			settled = true
		}
	}
}

// mustHear requires that a member hears these messages and is still there.
func mustHear(x *explore.X, m *chat.Member, who string, want ...string) {
	heard, left := heardBy(x, m)
	requireSame(x, who, heard, want)
	if left {
		x.Fatalf("%s is still in the room, but the channel is closed", who)
	}
}

// mustHaveLeft requires that a member hears nothing and that its channel is closed.
func mustHaveLeft(x *explore.X, m *chat.Member, who string) {
	heard, left := heardBy(x, m)
	requireSame(x, who, heard, nil)
	if !left {
		x.Fatalf("%s should be out of the room now, but the channel of its Messages is not closed", who)
	}
}

// mustBeOut requires that a member that does not read has been put out.
func mustBeOut(x *explore.X, slow *chat.Member) {
	if _, left := heardBy(x, slow); !left {
		x.Fatalf("the slow member should be out of the room now, but the channel of its Messages is not closed")
	}
}

func requireSame(x *explore.X, who string, heard, want []string) {
	if !slices.Equal(heard, want) {
		x.Fatalf("%s should hear: %q\n%s heard:       %q", who, want, who, heard)
	}
}
