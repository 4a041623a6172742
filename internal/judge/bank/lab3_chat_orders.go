package bank

// lab3Orders are mistakes that most runs do not show: it takes one order of two or three
// calls. Before each stands the order that breaks a promise of the page.
var lab3Orders = []Wrong{
	// Join | Close: Join sees that the hub is open; Close puts everyone out; Join adds its member.
	{
		Mistake: "Join looks under the lock whether the hub is closed, and joins under the next one",
		File:    "hub.go",
		Change: []string{
			"h.mu.Lock()\n\tdefer h.mu.Unlock()\n\tm := &Member{outbox: make(chan string, Backlog)}\n\th.members[m] = true\n\tif h.closed {\n\t\th.remove(m)\n\t}",
			"m := &Member{outbox: make(chan string, Backlog)}\n\th.mu.Lock()\n\tclosed := h.closed\n\th.mu.Unlock()\n\tif closed {\n\t\tclose(m.outbox)\n\t\treturn m\n\t}\n\th.mu.Lock()\n\tdefer h.mu.Unlock()\n\th.members[m] = true",
		},
		Test: "TestPart2EveryOrderOfJoinAndClose",
		Says: "but the channel of its Messages is not closed",
	},
	// Join | Close: as above, with a sync.Map and an atomic bool.
	{
		Mistake: "Join looks whether the hub is closed before it stores its member in a sync.Map",
		File:    "hub.go",
		Instead: "hub_sync_map.go",
		Test:    "TestPart2EveryOrderOfJoinAndClose",
		Says:    "but the channel of its Messages is not closed",
	},
	// Leave | Leave: both see that the member is here, and both close its channel.
	{
		Mistake: "Leave looks under the lock whether the member is here, and takes it off under the next one",
		File:    "hub.go",
		Change: []string{
			"h.mu.Lock()\n\tdefer h.mu.Unlock()\n\th.remove(m)\n}",
			"h.mu.Lock()\n\there := h.members[m]\n\th.mu.Unlock()\n\tif !here {\n\t\treturn\n\t}\n\th.mu.Lock()\n\tdefer h.mu.Unlock()\n\tdelete(h.members, m)\n\tclose(m.outbox)\n}",
		},
		Test: "TestPart2EveryOrderOfLeaveLeaveAndClose",
		Says: "panic: close of closed channel",
	},
	// Leave | Leave: both see that the member has not gone, and both close its channel.
	{
		Mistake: "Leave changes nothing but one member, so a read lock and an atomic bool will do",
		File:    "hub.go",
		Change: []string{
			"\t\"sync\"\n", "\t\"sync\"\n\t\"sync/atomic\"\n",
			"mu      sync.Mutex", "mu      sync.RWMutex",
			"outbox chan string // only the hub sends to it and closes it", "outbox chan string\n\tgone   atomic.Bool",
			"h.mu.Lock()\n\tdefer h.mu.Unlock()\n\th.remove(m)\n}", "h.mu.RLock()\n\tdefer h.mu.RUnlock()\n\tm.end()\n}\n\n// end closes the channel, unless that has been done before.\nfunc (m *Member) end() {\n\tif !m.gone.Load() {\n\t\tm.gone.Store(true)\n\t\tclose(m.outbox)\n\t}\n}",
			"delete(h.members, m)\n\t\tclose(m.outbox)", "delete(h.members, m)\n\t\tm.end()",
			"for m := range h.members {\n\t\tselect", "for m := range h.members {\n\t\tif m.gone.Load() {\n\t\t\tdelete(h.members, m)\n\t\t\tcontinue\n\t\t}\n\t\tselect",
		},
		Test: "TestPart2EveryOrderOfLeaveLeaveAndClose",
		Says: "panic: close of closed channel",
	},
	// Leave | Leave, of two members: one finds its place; the other goes, and the places move; the one takes off somebody else.
	{
		Mistake: "Leave finds the member's place in the slice under one lock, and empties the place under the next",
		File:    "hub.go",
		Instead: "hub_place_in_a_slice.go",
		Test:    "TestPart2EveryOrderOfBroadcastAndLeaveWhenFull",
		Says:    "is still in the room, but the channel is closed",
	},
	// Join | Join: both copy the same list, and one list replaces the other.
	{
		Mistake: "A list that is copied and replaced needs no lock",
		File:    "hub.go",
		Instead: "hub_list_without_swap.go",
		Test:    "TestPart2EveryOrderOfJoinAndClose",
		Says:    "but the channel of its Messages is not closed",
	},
	// Join | Broadcast, Broadcast: Broadcast collects the members; one joins and says so; Broadcast takes that note for its own.
	{
		Mistake: "Broadcast takes the note that the list has changed away when it has read the list",
		File:    "hub.go",
		Instead: "hub_cached_list.go",
		Test:    "TestPart2EveryOrderOfJoinAndBroadcast",
		Says:    "the newcomer heard:       []",
	},
	// Broadcast | Leave: Broadcast sees that the member is here; Leave closes its channel; Broadcast sends.
	{
		Mistake: "Broadcast looks under the lock whether the member is still here, and sends without it",
		File:    "hub.go",
		Change: []string{
			"import (\n\t\"slices\"", "import (\n\t\"maps\"\n\t\"slices\"",
			"\th.mu.Lock()\n\tdefer h.mu.Unlock()\n\tfor m := range h.members {\n\t\tselect {", "\th.mu.Lock()\n\tall := slices.Collect(maps.Keys(h.members))\n\th.mu.Unlock()\n\tfor _, m := range all {\n\t\tif !h.knows(m) {\n\t\t\tcontinue\n\t\t}\n\t\tselect {",
			"default:\n\t\t\th.remove(m)", "default:\n\t\t\th.Leave(m)",
			"// Close puts everyone out.", "func (h *Hub) knows(m *Member) bool {\n\th.mu.Lock()\n\tdefer h.mu.Unlock()\n\treturn h.members[m]\n}\n\n// Close puts everyone out.",
		},
		Test: "TestPart2EveryOrderOfLeaveAndBroadcast",
		Says: "panic: send on closed channel",
	},
	// Broadcast | Broadcast: between two members the second overtakes the first.
	{
		Mistake: "A lock for each member keeps the order, for each member",
		File:    "hub.go",
		Instead: "hub_member_locks.go",
		Test:    "TestPart2EveryOrderOfTwoBroadcasts",
		Says:    `Budi heard:       ["two" "one"]`,
	},
	// Broadcast | Broadcast: between the two rooms the second overtakes the first.
	{
		Mistake: "Two halves of the room with a lock each hear the same order",
		File:    "hub.go",
		Instead: "hub_two_rooms.go",
		Test:    "TestPart2EveryOrderOfTwoBroadcasts",
		Says:    `Budi heard:       ["two" "one"]`,
	},
	// Broadcast | Broadcast, with room for one: both see the room; the second to send waits, with the lock.
	{
		Mistake: "Broadcast makes sure that there is room, and sends under the next lock",
		File:    "hub.go",
		Instead: "hub_room_for_one.go",
		Test:    "TestPart2EveryOrderOfTwoBroadcastsAtTheLimit",
		Says:    "waits: chan send",
	},
	// Broadcast | Broadcast, a full outbox and one who reads: the first finds it full; one message is read; the second finds room.
	{
		Mistake: "Broadcast puts the slow ones out when everybody else has heard, under the next lock",
		File:    "hub.go",
		Change: []string{
			"\th.turn <- struct{}{} // one at a time, so that all members hear one order\n\tdefer func() { <-h.turn }()\n", "",
			"pass(text string) (full []*Member) {\n\th.mu.Lock()\n\tdefer h.mu.Unlock()\n", "pass(text string) (full []*Member) {\n\tvar slow []*Member\n\tdefer func() {\n\t\tfor _, m := range slow {\n\t\t\th.Leave(m)\n\t\t}\n\t}()\n\th.mu.Lock()\n\tdefer h.mu.Unlock()\n",
			"default:\n\t\t\th.remove(m)", "default:\n\t\t\tslow = append(slow, m)",
		},
		Test: "TestPart2EveryOrderOfTwoBroadcastsAndOneWhoReads",
		Says: `the slow member heard: ["one"], and is still in the room: false`,
	},
	// Broadcast | Broadcast | Close: one speaks, Close and the other wait; the one signal goes to Close, which passes none on.
	{
		Mistake: "Signal is enough, whoever waits for the end of a broadcast",
		File:    "hub.go",
		Instead: "hub_one_is_woken.go",
		Test:    "TestPart2EveryOrderOfTwoBroadcastsAndClose",
		Says:    ".Signal()",
	},
	// Broadcast | Close: Broadcast has its turn and wants the lock; Close has the lock and wants its turn.
	{
		Mistake: "Close takes the lock, and then waits for its turn",
		File:    "hub.go",
		Change:  []string{"\th.closed = true\n\tfor m := range h.members {", "\th.turn <- struct{}{} // whoever speaks comes to an end\n\tdefer func() { <-h.turn }()\n\th.closed = true\n\tfor m := range h.members {"},
		Test:    "TestPart2EveryOrderOfBroadcastAndClose",
		Says:    "waits: sync.Mutex.Lock",
	},
	// Close | Close: both see that the hub is open, and both close the channel.
	{
		Mistake: "An atomic bool, read and then set, guards the close of a channel",
		File:    "hub.go",
		Instead: "hub_actor_closed_twice.go",
		Test:    "TestPart2EveryOrderOfCloseAndClose",
		Says:    "panic: close of closed channel",
	},
	// Join | Close: Join sees that the hub is open; the hub's goroutine ends; Join waits for its answer.
	{
		Mistake: "Who joins looks whether the hub's goroutine is there, and then waits for its answer",
		File:    "hub.go",
		Instead: "hub_actor_joins_late.go",
		Test:    "TestPart2EveryOrderOfJoinAndClose",
		Says:    "waits: chan receive",
	},
	// Leave | Close: Leave sees that the hub is open; the hub's goroutine ends; Leave asks it.
	{
		Mistake: "A hub's goroutine that serves everyone who asks before it ends leaves nobody waiting",
		File:    "hub.go",
		Instead: "hub_actor_asked_late.go",
		Test:    "TestPart2EveryOrderOfJoinAndClose",
		Says:    "waits: chan send",
	},
	// Broadcast | Leave: Broadcast goes through the list; Leave moves the others up in the same array; one is skipped.
	{
		Mistake: "Leave may close the gap in the list through which Broadcast is going",
		File:    "hub.go",
		Instead: "hub_one_array.go",
		Test:    "TestPart2EveryOrderOfLeaveAndBroadcast",
		Says:    `Budi, who stays, heard:       ["two"]`,
	},
	// Broadcast | Join: Broadcast reads the list; one joins; Broadcast writes the list of those who had room.
	{
		Mistake: "Broadcast writes back the list of those who keep up",
		File:    "hub.go",
		Instead: "hub_writes_its_list_back.go",
		Test:    "TestPart2EveryOrderOfBroadcastAndJoinWhenFull",
		Says:    "the newcomer heard:       []",
	},
	// Broadcast | Close: Broadcast finds a full member; Close closes its channel; Broadcast closes it again.
	{
		Mistake: "Broadcast may put a full member out after it has let the lock go",
		File:    "hub.go",
		Instead: "hub_full_and_closed.go",
		Test:    "TestPart2EveryOrderOfBroadcastAndCloseWhenFull",
		Says:    "panic: close of closed channel",
	},
	// Broadcast | Leave: Broadcast lets the lock go to put one out; an earlier one leaves; Broadcast skips the next.
	{
		Mistake: "Broadcast still knows its place in the list when it has let the lock go",
		File:    "hub.go",
		Instead: "hub_counts_back.go",
		Test:    "TestPart2EveryOrderOfBroadcastWhenFullAndAnotherLeave",
		Says:    "Ana, who keeps up, heard:       []",
	},
	// Broadcast: of its goroutines, two find a full member; one looks into the map while the other takes its member out.
	{
		Mistake: "Broadcast has the lock, so each of the goroutines that it starts has it too",
		File:    "hub.go",
		Change: []string{`"slices"`, `"maps"; "slices"`, `	for m := range h.members {
		select {
		case m.outbox <- text:
			if m.isFull() {
				full = append(full, m)
			}
		default:
			h.remove(m)
		}
	}
	return full`, `	var all sync.WaitGroup
	for _, m := range slices.Collect(maps.Keys(h.members)) {
		all.Go(func() {
			select {
			case m.outbox <- text:
			default:
				h.remove(m)
			}
		})
	}
	all.Wait()
	return nil`},
		Test: "TestPart2EveryOrderOfBroadcastWhenFullAndAnotherLeave",
		Says: "data race: goroutine of pass and goroutine of pass use the same variable",
	},
	// Broadcast | Join, Broadcast: the one who speaks has its list of members; the newcomer leaves its text with it.
	{
		Mistake: "Who speaks may say the texts of others too, to those who were there when it began",
		File:    "hub.go",
		Instead: "hub_speaks_for_others.go",
		Test:    "TestPart2EveryOrderOfBroadcastAndOneWhoJoinsAndSpeaks",
		Says:    "Budi, who has spoken, heard:       []",
	},
	// Broadcast | Broadcast | Leave: two wait for the one who speaks; Signal wakes Leave, which wakes nobody.
	{
		Mistake: "Whoever is woken up will wake the next",
		File:    "hub.go",
		Instead: "hub_wakes_the_wrong_one.go",
		Test:    "TestPart2EveryOrderOfTwoBroadcastsAndLeave",
		Says:    ".Signal()",
	},
	// Leave | Leave, Join: the seat is free; another one takes it; the second Leave of the first frees it again.
	{
		Mistake: "A seat in the room tells who sits on it",
		File:    "hub.go",
		Instead: "hub_seats.go",
		Test:    "TestPart2EveryOrderOfLeaveAgainAndJoin",
		Says:    "the newcomer heard:       []",
	},
	// Broadcast | Broadcast, Broadcast: both of the second wait; the one who speaks takes the last first.
	{
		Mistake: "Texts that wait may be taken from the end",
		File:    "hub.go",
		Instead: "hub_speaks_for_others.go",
		Change: []string{
			"\tvar here []*Member\n\tfor m := range h.members {\n\t\there = append(here, m)\n\t}\n\tfor len(h.texts) > 0 {\n",
			"\tfor len(h.texts) > 0 {\n\t\tvar here []*Member\n\t\tfor m := range h.members {\n\t\t\there = append(here, m)\n\t\t}\n",
			"texts := h.texts\n\t\th.texts = nil",
			"last := len(h.texts) - 1\n\t\ttexts := h.texts[last:]\n\t\th.texts = h.texts[:last:last]",
		},
		Test: "TestPart2EveryOrderOfBroadcastAndOneWhoSpeaksTwice",
		Says: `"two" was said before "three", but Ana heard: `,
	},
	// Messages | Messages again: both see that there is no channel yet; both make one.
	{
		Mistake: "A channel may be made when somebody first asks for it",
		File:    "hub.go",
		Instead: "hub_channel_when_asked.go",
		Test:    "TestPart2EveryOrderOfMessagesAndBroadcast",
		Says:    "Messages has returned two different channels of one member",
	},
	// Broadcast | Join, Broadcast: the first takes the list; Budi joins and speaks; then the first is heard, by all but Budi.
	{
		Mistake: "Broadcast takes the list of members before it is its turn",
		File:    "hub.go",
		Instead: "hub_list_before_its_turn.go",
		Test:    "TestPart2EveryOrderOfBroadcastAndOneWhoJoinsAndSpeaks",
		Says:    "Budi, who has spoken, should hear: ",
	},
	// Three Broadcasts: 1 has its ticket; 3 has one and waits, and then 2, which is the next; 1 wakes 3.
	{
		Mistake: "Those who wait for their turn wait in the order of their tickets, so Signal wakes the next",
		File:    "hub.go",
		Instead: "hub_next_in_line.go",
		Test:    "TestPart2EveryOrderOfThreeBroadcasts",
		Says:    ".Signal()",
	},
	// Join | Leave: Leave unlocks, and takes the member off while Join adds another one.
	{
		Mistake: "What is deferred last is done last",
		File:    "hub.go",
		Instead: "hub_deferred_delete.go",
		Test:    "TestPart2EveryOrderOfJoinAndLeave",
		Says:    "the newcomer should hear: [\"one\"]",
	},
	// Broadcast | Broadcast, Join: the second leaves its text to the first, and joins before that has said it.
	{
		Mistake: "Whoever speaks says what the others leave in a queue, so these need not wait",
		File:    "hub.go",
		Instead: "hub_left_to_the_first.go",
		Test:    "TestPart2EveryOrderOfBroadcastAndOneWhoSpeaksAndJoins",
		Says:    "the newcomer, who came after \"two\", heard: ",
	},
	// Leave | Leave, Broadcast: the first notes that the member has gone; the second returns; the member hears what is said.
	{
		Mistake: "Leave notes that the member has gone before it takes the lock",
		File:    "hub.go",
		Instead: "hub_gone_too_early.go",
		Test:    "TestPart2EveryOrderOfLeaveAndLeaveBroadcast",
		Says:    "the one who has left should hear: ",
	},
	// Close | Close, Join, Broadcast: the first has only begun when the second returns.
	{
		Mistake: "A second Close may return at once",
		File:    "hub.go",
		Instead: "hub_closing.go",
		Test:    "TestPart2EveryOrderOfCloseAndCloseJoinBroadcast",
		Says:    "one who joined when the hub was closed should hear: ",
	},
	// Close | Close, Broadcast: as above, though Join knows; who was there is there still when the second returns.
	{
		Mistake: "A second Close may return at once, since Join knows already that the hub is closed",
		File:    "hub.go",
		Change: []string{
			"\t\"sync\"\n", "\t\"sync\"\n\t\"sync/atomic\"\n",
			"closed  bool", "closed  atomic.Bool",
			"if h.closed {", "if h.closed.Load() {",
			"h.mu.Lock()\n\tdefer h.mu.Unlock()\n\th.closed = true\n", "if h.closed.Swap(true) {\n\t\treturn // somebody does it\n\t}\n\th.mu.Lock()\n\tdefer h.mu.Unlock()\n",
		},
		Test: "TestPart2EveryOrderOfCloseAndCloseJoinBroadcast",
		Says: `one who was there before heard:       ["one"]`,
	},
	// Broadcast | Broadcast | Close: the first has ended and released Close, which has not gone on yet when the second adds again.
	{
		Mistake: "A WaitGroup may count who speaks while another waits for it",
		File:    "hub.go",
		Instead: "hub_counts_who_speaks.go",
		Test:    "TestPart2EveryOrderOfTwoBroadcastsAndClose",
		Says:    "panic: sync: WaitGroup is reused before previous Wait has returned",
	},
	// Broadcast in one hub | Broadcast in the other: the second puts its members on the list from which the first one reads.
	{
		Mistake: "A list that Broadcast fills anew each time may be everybody's, since there is a lock",
		File:    "hub.go",
		Change: []string{
			"import (\n\t\"slices\"", "import (\n\t\"maps\"\n\t\"slices\"",
			"// pass gives text", "// list is filled anew each time, so that nothing is thrown away.\nvar list []*Member\n\n// pass gives text",
			"for m := range h.members {\n\t\tselect", "list = slices.AppendSeq(list[:0], maps.Keys(h.members))\n\tfor _, m := range list {\n\t\tselect",
		},
		Test: "TestPart2EveryOrderOfTwoHubs",
		Says: "Ana, in one hub, should hear: ",
	},
	// Close | Leave, Broadcast: Close says that it comes; Leave leaves it to Close; Broadcast is sooner than Close.
	{
		Mistake: "Leave has nothing to do when Close is on its way",
		File:    "hub.go",
		Change: []string{"\t\"sync\"\n", "\t\"sync\"\n\t\"sync/atomic\"\n",
			"closed  bool", "closed  bool\n\tclosing atomic.Bool",
			"func (h *Hub) Leave(m *Member) {\n", "func (h *Hub) Leave(m *Member) {\n\tif h.closing.Load() {\n\t\treturn // Close puts everyone out\n\t}\n",
			"func (h *Hub) Close() {\n", "func (h *Hub) Close() {\n\th.closing.Store(true)\n"},
		Test: "TestPart2EveryOrderOfCloseAndLeaveBroadcast",
		Says: `the one who has left heard:       ["one"]`,
	},
	// Broadcast | hear, Join: Broadcast has reached Ana; she hears it; the newcomer joins; Broadcast comes to the newcomer.
	{
		Mistake: "The list may grow while Broadcast goes through it",
		File:    "hub.go",
		Instead: "hub_grows_meanwhile.go",
		Test:    "TestPart2EveryOrderOfBroadcastAndOneWhoHearsAndJoins",
		Says:    `the newcomer heard:       ["one"]`,
	},
	// Broadcast | Broadcast: one reaches Ana and puts the slow one out; two reaches Ana and Budi; one goes on to Budi.
	{
		Mistake: "Broadcast may let the lock go for a moment, to put somebody out",
		File:    "hub.go",
		Instead: "hub_unlocks_to_put_out.go",
		Test:    "TestPart2EveryOrderOfTwoBroadcastsWhenFull",
		Says:    `Budi heard:       ["two" "one"]`,
	},
	// Join | Join, Join, Leave: the first place is free, and then the second; both are taken, and the first is free again; the swap succeeds.
	{
		Mistake: "The first free place is the same as before, so the next one is too",
		File:    "hub.go",
		Instead: "hub_free_places.go",
		Test:    "TestPart2EveryOrderOfJoinAndOthersWhoComeAndGo",
		Says:    `Budi heard:       []`,
	},
	// Join | Leave | Broadcast: each has one lock, and waits for that of the next.
	{
		Mistake: "Locks that no two take in opposite orders cannot deadlock",
		File:    "hub.go",
		Instead: "hub_locks_in_a_ring.go",
		Test:    "TestPart2EveryOrderOfJoinLeaveAndBroadcast",
		Says:    "has locked it, and has not unlocked it",
	},
	// Messages | Messages: both see that there is no channel; the second makes another one.
	{
		Mistake: "Messages looks under a read lock whether there is a channel, and makes it under the next lock",
		File:    "hub.go",
		Instead: "hub_two_ask.go",
		Test:    "TestPart2EveryOrderOfMessagesAndBroadcast",
		Says:    "Messages has returned two different channels of one member",
	},
	// Broadcast | Join, Leave: the newcomer waits at the door, since Broadcast has the lock; Leave looks among those in the room.
	{
		Mistake: "Who waits to be let in cannot leave yet",
		File:    "hub.go",
		Instead: "hub_door.go",
		Test:    "TestPart2EveryOrderOfBroadcastAndOneWhoJoinsAndLeaves",
		Says:    `Budi left before "two" was said. He heard: ["two"], and is still in the room: true`,
	},
	// Join | Broadcast: Join puts its member into the map while maps.Clone goes through it.
	{
		Mistake: "maps.Clone takes a picture in one step, so it needs no lock",
		File:    "hub.go",
		Change:  []string{"\th.mu.Lock()\n\tdefer h.mu.Unlock()\n\tfor m := range h.members {\n\t\tselect {", "\tfor m := range maps.Clone(h.members) {\n\t\tselect {", "default:\n\t\t\th.remove(m)", "default:\n\t\t\th.Leave(m)", "\t\"slices\"\n", "\t\"maps\"\n\t\"slices\"\n"},
		Test:    "TestPart2EveryOrderOfJoinAndBroadcast",
		Says:    "data race: ",
	},
	// Broadcast | Broadcast, Leave: the second leaves its text to the first, and its member is gone before that has said it.
	{
		Mistake: "Whoever speaks says what comes meanwhile too, so the others may return",
		File:    "hub.go",
		Instead: "hub_left_to_the_speaker.go",
		Test:    "TestPart2EveryOrderOfBroadcastAndOneWhoSpeaksAndLeaves",
		Says:    `Budi, who said "two" and left then, heard: `,
	},
	// Broadcast | Leave, Join: Broadcast notes the place of one who is full; it is free, and taken by another; that one is put out.
	{
		Mistake: "A place in the list says who is there",
		File:    "hub.go",
		Instead: "hub_places_again.go",
		Test:    "TestPart2EveryOrderOfBroadcastAndLeaveJoinWhenFull",
		Says:    `the newcomer heard:       [`,
	},
	// Broadcast, Broadcast | Close: the goroutine of a member has one text in its hand, and nobody reads.
	{
		Mistake: "What a goroutine has in its hand is as good as sent",
		File:    "hub.go",
		Instead: "hub_one_in_hand.go",
		Test:    "TestPart2EveryOrderOfCloseAndMoreThanFits",
		Says:    "Close",
	},
	// Join | Leave of another: the newcomer is moved to the gap, and then notes the place where it was. Its own Leave finds nobody.
	{
		Mistake: "A newcomer may note its place when the lock is free again",
		File:    "hub.go",
		Instead: "hub_place_written_late.go",
		Test:    "TestPart2EveryOrderOfJoinAndLeave",
		Says:    "the newcomer, who has left too, should be out of the room now",
	},
	// Broadcast | Close, Join, Broadcast: the owner is busy, and then finds a request and the end: it may take either.
	{
		Mistake: "Whoever has asked the owner to end may go on",
		File:    "hub.go",
		Instead: "hub_close_is_asked.go",
		Test:    "TestPart2EveryOrderOfBroadcastAndCloseJoinBroadcast",
		Says:    `"two" was said when the hub was closed; a member heard [`,
	},
	// Broadcast 1 | Broadcast 2 | the one that delivers: a Signal wakes a speaker whose text is not delivered, and that one waits again.
	{
		Mistake: "Signal wakes the one that it is for",
		File:    "hub.go",
		Instead: "hub_one_bell.go",
		Test:    "TestPart2EveryOrderOfTwoBroadcasts",
		Says:    "deadlock: nobody is left who could wake Broadcast",
	},
	// Broadcast 1 | Broadcast 2: there is room for one of the two texts, and both are delivered together.
	{
		Mistake: "Whoever has no room for all that waits has room for none of it",
		File:    "hub.go",
		Instead: "hub_all_or_nothing.go",
		Test:    "TestPart2EveryOrderOfTwoBroadcastsAtTheLimit",
		Says:    "the outbox had room for one message more",
	},
}
