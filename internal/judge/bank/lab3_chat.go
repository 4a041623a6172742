package bank

import "slices"

// oneByOne makes the server send each message with WriteMessage, as most people do.
var oneByOne = []string{
	"\n\t\"asynclab/internal/frames\"\n", "",
	"if frames.Write(v.conn, text, v.member.Messages()) != nil {", "v.conn.SetWriteDeadline(time.Now().Add(writeTime))\n\t\tif v.conn.WriteMessage(websocket.TextMessage, []byte(text)) != nil {",
}

// lab3 is what people get wrong in lab 3.
var lab3 = []Wrong{
	// The hub.
	{
		Mistake: "Join returns a member that the hub does not know",
		File:    "hub.go",
		Change:  []string{"h.members[m] = true\n", ""},
		Test:    "TestPart1EveryoneHearsABroadcast",
		Says:    "Ana heard:       [], nothing more",
	},
	{
		Mistake: "Who has left is marked in the list, and stays there",
		File:    "hub.go",
		Change: []string{
			"delete(h.members, m)", "h.members[m] = false",
			"for m := range h.members {\n\t\tselect {", "for m, here := range h.members {\n\t\tif !here {\n\t\t\tcontinue\n\t\t}\n\t\tselect {",
		},
		Test: "TestPart2WhoHasLeftIsForgotten",
		Says: "1000 guests have come and left, and the hub still keeps so many",
	},
	{
		Mistake: "Messages makes a new channel at each call",
		File:    "hub.go",
		Change:  []string{"return m.outbox", "return make(chan string, Backlog)"},
		Test:    "TestPart1AMemberHasAChannel",
		Says:    "two calls of Ana's Messages return two channels",
	},
	{
		Mistake: "one channel for everybody",
		File:    "hub.go",
		Change: []string{
			"closed  bool\n", "closed  bool\n\tall     chan string\n",
			"members: map[*Member]bool{}}", "members: map[*Member]bool{}, all: make(chan string, Backlog)}",
			"m := &Member{outbox: make(chan string, Backlog)}", "m := &Member{outbox: h.all}",
		},
		Test: "TestPart1AMemberHasAChannel",
		Says: "Ana and Budi have one channel",
	},
	{
		Mistake: "an outbox without a buffer is enough",
		File:    "hub.go",
		Change:  []string{"make(chan string, Backlog)", "make(chan string)"},
		Test:    "TestPart1EveryoneHearsABroadcast",
		Says:    "Ana heard:       [], and then the channel is closed",
	},
	{
		Mistake: "an outbox without a buffer, and Broadcast waits for each member",
		File:    "hub.go",
		Change:  []string{"make(chan string, Backlog)", "make(chan string)", "default:\n\t\t\th.remove(m)\n", ""},
		Test:    "TestPart1EveryoneHearsABroadcast",
		Says:    "pass  waits: chan send",
	},
	{
		Mistake: "an outbox without a buffer, and Broadcast passes over whoever does not receive just now",
		File:    "hub.go",
		Change:  []string{"make(chan string, Backlog)", "make(chan string)", "default:\n\t\t\th.remove(m)\n", "default:\n"},
		Test:    "TestPart1EveryoneHearsABroadcast",
		Says:    "Ana heard:       [], nothing more",
	},
	{
		Mistake: "a buffer for a few messages is enough",
		File:    "hub.go",
		Change:  []string{"make(chan string, Backlog)", "make(chan string, 16)"},
		Test:    "TestPart2ABurstIsHeardByAll",
		Says:    "Ana heard:       16 messages",
	},
	{
		Mistake: "newcomers hear what was said before they came",
		File:    "hub.go",
		Change: []string{
			"closed  bool\n", "closed  bool\n\thistory []string\n",
			"h.members[m] = true\n", "h.members[m] = true\n\tfor _, text := range h.history {\n\t\tm.outbox <- text\n\t}\n",
			"for m := range h.members {\n\t\tselect", "h.history = append(h.history, text)\n\tfor m := range h.members {\n\t\tselect",
		},
		Test: "TestPart1NewcomersHearNothingOfBefore",
		Says: `Ana heard:       ["to nobody" "one" "two"]`,
	},
	{
		Mistake: "Leave forgets the member but does not close its channel",
		File:    "hub.go",
		Change:  []string{"\t\tclose(m.outbox)\n", ""},
		Test:    "TestPart2LeavingClosesTheChannel",
		Says:    "the channel is not closed",
	},
	{
		Mistake: "Leave closes the channel of a member that stays in the hub",
		File:    "hub.go",
		Change:  []string{"\t\tdelete(h.members, m)\n", ""},
		Test:    "TestPart1WhoLeavesHearsNoMore",
		Says:    "panic: send on closed channel",
	},
	{
		Mistake: "Leave closes the channel without a look whether that was done before",
		File:    "hub.go",
		Change:  []string{"if h.members[m] {\n\t\tdelete(h.members, m)\n\t\tclose(m.outbox)\n\t}", "delete(h.members, m)\n\tclose(m.outbox)"},
		Test:    "TestPart1TheServerGreets",
		Says:    "panic: close of closed channel",
	},
	{
		Mistake: "Leave empties the channel before it closes it",
		File:    "hub.go",
		Change:  []string{"\t\tclose(m.outbox)\n", "\t\tfor len(m.outbox) > 0 {\n\t\t\t<-m.outbox\n\t\t}\n\t\tclose(m.outbox)\n"},
		Test:    "TestPart1WhoLeavesHearsNoMore",
		Says:    "Budi heard:       [], and then the channel is closed",
	},
	{
		Mistake: "Leave returns early and forgets to unlock",
		File:    "hub.go",
		Change: []string{
			"h.mu.Lock()\n\tdefer h.mu.Unlock()\n\th.remove(m)", "h.mu.Lock()\n\tif !h.members[m] {\n\t\treturn\n\t}\n\th.remove(m)\n\th.mu.Unlock()",
		},
		Test: "TestPart1TheServerGreets",
		Says: "waits for a mutex, and whoever holds it does not unlock it",
	},
	{
		Mistake: "Broadcast waits until the member has room",
		File:    "hub.go",
		Change:  []string{"default:\n\t\t\th.remove(m)\n", ""},
		Test:    "TestPart2ASlowMemberIsPutOut",
		Says:    "pass  waits: chan send",
	},
	{
		Mistake: "Broadcast gives a slow member one more second",
		File:    "hub.go",
		Change:  []string{"default:", "case <-time.After(time.Second):"},
		Test:    "TestPart2ASlowMemberIsPutOut",
		Says:    "Broadcast waited",
	},
	{
		Mistake: "Broadcast drops the message when the outbox is full",
		File:    "hub.go",
		Change:  []string{"default:\n\t\t\th.remove(m)", "default:"},
		Test:    "TestPart2ASlowMemberIsPutOut",
		Says:    "was not put out: its channel is not closed",
	},
	{
		Mistake: "Broadcast drops the oldest message when the outbox is full",
		File:    "hub.go",
		Change:  []string{"default:\n\t\t\th.remove(m)", "default:\n\t\t\t<-m.outbox\n\t\t\tm.outbox <- text"},
		Test:    "TestPart2ASlowMemberIsPutOut",
		Says:    "was not put out: its channel is not closed",
	},
	{
		Mistake: "an outbox that grows without a limit",
		File:    "hub.go",
		Instead: "hub_unbounded.go",
		Test:    "TestPart2ASlowMemberIsPutOut",
		Says:    "was not put out: its channel is not closed",
	},
	{
		Mistake: "Broadcast forgets a slow member but does not tell it",
		File:    "hub.go",
		Change:  []string{"default:\n\t\t\th.remove(m)", "default:\n\t\t\tdelete(h.members, m)"},
		Test:    "TestPart2ASlowMemberIsPutOut",
		Says:    "was not put out: its channel is not closed",
	},
	{
		Mistake: "Broadcast closes a slow member's channel but does not forget the member",
		File:    "hub.go",
		Change:  []string{"default:\n\t\t\th.remove(m)", "default:\n\t\t\tclose(m.outbox)"},
		Test:    "TestPart2ASlowMemberIsPutOut",
		Says:    "panic: ",
	},
	{
		Mistake: "Broadcast returns at the first slow member",
		File:    "hub.go",
		Change:  []string{"default:\n\t\t\th.remove(m)", "default:\n\t\t\th.remove(m)\n\t\t\treturn full"},
		Test:    "TestPart2ASlowMemberIsPutOut",
		Says:    "a quick member heard:       []",
	},
	{
		Mistake: "Broadcast puts a slow member out with Leave, which wants the same lock",
		File:    "hub.go",
		Change:  []string{"default:\n\t\t\th.remove(m)", "default:\n\t\t\th.Leave(m)"},
		Test:    "TestPart2ASlowMemberIsPutOut",
		Says:    "Leave  waits: sync.Mutex.Lock",
	},
	{
		Mistake: "Broadcast removes from the slice through which it walks",
		File:    "hub.go",
		Instead: "hub_slice.go",
		Test:    "TestPart2ASlowMemberIsPutOut",
		Says:    "a quick member heard:       []",
	},
	{
		Mistake: "Broadcast sends to each member in a goroutine of its own",
		File:    "hub.go",
		Change:  []string{"select {\n\t\tcase m.outbox <- text:\n\t\t\tif m.isFull() {\n\t\t\t\tfull = append(full, m)\n\t\t\t}\n\t\tdefault:\n\t\t\th.remove(m)\n\t\t}", "go func() { m.outbox <- text }()"},
		Test:    "TestPart1EveryoneHearsABroadcast",
		Says:    `should hear: ["0" "1" "2" "3"`,
	},
	{
		Mistake: "Broadcast only reads the members, so a read lock will do",
		File:    "hub.go",
		Change: []string{
			"mu      sync.Mutex", "mu      sync.RWMutex",
			"\th.turn <- struct{}{} // one at a time, so that all members hear one order\n\tdefer func() { <-h.turn }()\n", "",
			"h.mu.Lock()\n\tdefer h.mu.Unlock()\n\tfor m := range h.members {\n\t\tselect", "h.mu.RLock()\n\tdefer h.mu.RUnlock()\n\tfor m := range h.members {\n\t\tselect",
		},
		Test: "TestPart2EveryOrderOfTwoBroadcasts",
		Says: `Budi heard:       ["two" "one"]`,
	},
	{
		Mistake: "Broadcast copies the list of members and sends without the lock",
		File:    "hub.go",
		Change: []string{
			"import (\n", "import (\n\t\"maps\"\n",
			"\th.turn <- struct{}{} // one at a time, so that all members hear one order\n\tdefer func() { <-h.turn }()\n", "",
			"h.mu.Lock()\n\tdefer h.mu.Unlock()\n\tfor m := range h.members {\n\t\tselect", "h.mu.Lock()\n\tall := slices.Collect(maps.Keys(h.members))\n\th.mu.Unlock()\n\tfor _, m := range all {\n\t\tselect",
			"default:\n\t\t\th.remove(m)", "default:\n\t\t\th.Leave(m)",
		},
		Test: "TestPart2EveryOrderOfLeaveAndBroadcast",
		Says: "panic: send on closed channel",
	},
	{
		Mistake: "Broadcast needs no lock",
		File:    "hub.go",
		Change: []string{
			"\th.turn <- struct{}{} // one at a time, so that all members hear one order\n\tdefer func() { <-h.turn }()\n", "",
			"h.mu.Lock()\n\tdefer h.mu.Unlock()\n\tfor m := range h.members {\n\t\tselect", "for m := range h.members {\n\t\tselect",
		},
		Test: "TestPart2EveryOrderOfJoinAndBroadcast",
		Says: "data race: Join and Broadcast use the same variable",
	},
	{
		Mistake: "Join needs no lock, since it only adds",
		File:    "hub.go",
		Change:  []string{"func (h *Hub) Join() *Member {\n\th.mu.Lock()\n\tdefer h.mu.Unlock()\n", "func (h *Hub) Join() *Member {\n"},
		Test:    "TestPart2EveryOrderOfJoinAndClose",
		Says:    "h.members[m] = true\n",
	},
	{
		Mistake: "the members stand in a package-level variable",
		File:    "hub.go",
		Change: []string{
			"members: map[*Member]bool{}}", "members: everybody}",
			"// A Member is one", "var everybody = map[*Member]bool{}\n\n// A Member is one",
		},
		Test: "TestPart1EveryoneHearsABroadcast",
		Says: "Is there a package-level variable?",
	},
	{
		Mistake: "Close forgets the members but does not close their channels",
		File:    "hub.go",
		Change:  []string{"for m := range h.members {\n\t\th.remove(m)\n\t}", "clear(h.members)"},
		Test:    "TestPart2CloseEndsTheHub",
		Says:    "the channel is not closed",
	},
	{
		Mistake: "Close closes the channels but does not forget the members",
		File:    "hub.go",
		Change: []string{"for m := range h.members {\n\t\th.remove(m)\n\t}", "for m := range h.members {\n\t\tclose(m.outbox)\n\t}",
			"defer h.mu.Unlock()\n\th.remove(m)\n}", "defer h.mu.Unlock()\n\tif !h.closed {\n\t\th.remove(m)\n\t}\n}"},
		Test: "TestPart2CloseEndsTheHub",
		Says: "panic: send on closed channel",
	},
	{
		Mistake: "Close does not remember that the hub is closed",
		File:    "hub.go",
		Change:  []string{"h.closed = true\n", ""},
		Test:    "TestPart2JoiningAClosedHub",
		Says:    "who joins a closed hub is not in the hub any more, but the channel is not closed",
	},
	{
		Mistake: "Close sets the map to nil, and Join writes into it",
		File:    "hub.go",
		Change:  []string{"h.closed = true\n\tfor m := range h.members {\n\t\th.remove(m)\n\t}", "h.closed = true\n\tfor m := range h.members {\n\t\th.remove(m)\n\t}\n\th.members = nil"},
		Test:    "TestPart2JoiningAClosedHub",
		Says:    "panic: assignment to entry in nil map",
	},
	{
		Mistake: "Join looks whether the hub is closed before it takes the lock",
		File:    "hub.go",
		Change: []string{
			"h.mu.Lock()\n\tdefer h.mu.Unlock()\n\tm := &Member{outbox: make(chan string, Backlog)}\n\th.members[m] = true\n\tif h.closed {\n\t\th.remove(m)\n\t}",
			"m := &Member{outbox: make(chan string, Backlog)}\n\tif h.closed {\n\t\tclose(m.outbox)\n\t\treturn m\n\t}\n\th.mu.Lock()\n\tdefer h.mu.Unlock()\n\th.members[m] = true",
		},
		Test: "TestPart2EveryOrderOfJoinAndClose",
		Says: "the channel of its Messages is not closed",
	},
	{
		Mistake: "a hub with a goroutine that nobody answers for after Close",
		File:    "hub.go",
		Instead: "hub_actor_hangs.go",
		Test:    "TestPart2CloseEndsTheHub",
		Says:    "Leave  waits: chan send",
	},
	{
		Mistake: "a hub with a goroutine that Close does not end",
		File:    "hub.go",
		Instead: "hub_actor_leaks.go",
		Test:    "TestPart2LeavingClosesTheChannel",
		Says:    "leak: 1 goroutine left behind",
	},

	// The server.
	{
		Mistake: "one does not hear oneself",
		File:    "server.go",
		Change: []string{
			"polite bool          // then", "mine   sync.Map\n\tpolite bool          // then",
			"v.hub.Broadcast(v.sign(string(text)))", "said := v.sign(string(text))\n\t\tv.mine.Store(said, true)\n\t\tv.hub.Broadcast(said)",
			"func (v *visit) write(ctx context.Context) {\n\tfor text := range v.member.Messages() {\n", "func (v *visit) write(ctx context.Context) {\n\tfor text := range v.member.Messages() {\n\t\tif _, found := v.mine.LoadAndDelete(text); found {\n\t\t\tcontinue\n\t\t}\n",
		},
		Test: "TestPart1EveryoneHearsWhatOneSays",
		Says: "Ana should hear a message, but heard nothing",
	},
	{
		Mistake: "the server answers only the one who talks",
		File:    "server.go",
		Change:  []string{"v.hub.Broadcast(v.sign(string(text)))", "v.conn.WriteMessage(websocket.TextMessage, []byte(v.sign(string(text))))"},
		Test:    "TestPart1EveryoneHearsWhatOneSays",
		Says:    "should hear a message, but heard nothing",
	},
	{
		Mistake: "the server does not greet",
		File:    "server.go",
		Change:  []string{"v.greet()", ""},
		Test:    "TestPart1TheServerGreets",
		Says:    "Ana should hear a message, but heard nothing",
	},
	{
		Mistake: "the greeting goes to everyone in the room",
		File:    "server.go",
		Change:  []string{"v.greet()", "hub.Broadcast(Greeting)"},
		Test:    "TestPart1TheServerGreets",
		Says:    `Ana should hear nothing more, but heard "Welcome to chat!`,
	},
	{
		Mistake: "the server greets first and joins the hub then",
		File:    "server.go",
		Change: []string{
			"v.member = hub.Join() // before the greeting: who has read it hears everything\n", "",
			"v.greet()", "v.greet()\n\tv.member = hub.Join()",
		},
		Test: "TestPart2OneWriterPerConnection",
		Says: "but heard nothing",
	},
	{
		Mistake: "a goroutine of its own sends the greeting",
		File:    "server.go",
		Change:  slices.Concat(oneByOne, []string{"v.greet()", "go v.greet()"}),
		Test:    "TestPart1EveryoneHearsWhatOneSays",
		Says:    "panic: concurrent write to websocket connection",
	},
	{
		Mistake: "the goroutine that reads sends the greeting",
		File:    "server.go",
		Change: slices.Concat(oneByOne, []string{
			"v.greet()", "",
			"for {\n\t\tv.isAlive()", "v.conn.WriteMessage(websocket.TextMessage, []byte(Greeting))\n\tfor {\n\t\tv.isAlive()",
		}),
		Test: "TestPart1EveryoneHearsWhatOneSays",
		Says: "panic: concurrent write to websocket connection",
	},
	{
		Mistake: "each message is written in a goroutine of its own",
		File:    "server.go",
		Change: []string{
			"\n\t\"asynclab/internal/frames\"\n", "",
			"if frames.Write(v.conn, text, v.member.Messages()) != nil {\n\t\t\tbreak // the client is gone, or stuck\n\t\t}", "go v.conn.WriteMessage(websocket.TextMessage, []byte(text))",
		},
		Test: "TestPart1MessagesKeepTheirShape",
		Says: "panic: concurrent write to websocket connection",
	},
	{
		Mistake: "each message is broadcast in a goroutine of its own",
		File:    "server.go",
		Change:  []string{"v.hub.Broadcast(v.sign(string(text)))", "go func() { v.hub.Broadcast(v.sign(string(text))) }()"},
		Test:    "TestPart2MessagesKeepTheirOrder",
		Says:    `Ana should hear: "0"`,
	},
	{
		Mistake: "the server does not sign",
		File:    "server.go",
		Change:  []string{"v.hub.Broadcast(v.sign(string(text)))", "v.hub.Broadcast(string(text))"},
		Test:    "TestPart2EachTextIsSigned",
		Says:    `Ana heard:       "hello"`,
	},
	{
		Mistake: "the server asks for a new signature for each message",
		File:    "server.go",
		Change:  []string{"sign: s.sign(),", "sign: func(text string) string { return s.sign()(text) },"},
		Test:    "TestPart2EachTextIsSigned",
		Says:    `Ana heard:       "hello (signed by number 3)"`,
	},
	{
		Mistake: "the server asks for a signature when the greeting has been read",
		File:    "server.go",
		Change:  []string{"sign: s.sign(), ", "", "v.greet()", "v.greet()\n\tv.sign = s.sign()"},
		Test:    "TestPart2TheSignComesBeforeTheGreeting",
		Says:    "the number of calls of s.sign()",
	},
	{
		Mistake: "the server asks for a signature in the goroutine that reads, beside the greeting",
		File:    "server.go",
		Change:  []string{"sign: s.sign(), ", "", "v.greet()\n\tv.expectPong()\n\tvisits.Add(2)\n\tgo v.read(visits)", "v.expectPong()\n\tvisits.Add(2)\n\tgo func() {\n\t\tv.sign = s.sign()\n\t\tv.read(visits)\n\t}()\n\tv.greet()"},
		Test:    "TestPart2TheSignComesBeforeTheGreeting",
		Says:    "the number of calls of s.sign()",
	},
	{
		Mistake: "binary messages are texts too",
		File:    "server.go",
		Change:  []string{"if kind != websocket.TextMessage {\n\t\t\tcontinue\n\t\t}", "_ = kind"},
		Test:    "TestPart3OnlyTextIsBroadcast",
		Says:    `Ana heard:       "\x00\x01\x02"`,
	},
	{
		Mistake: "a binary message ends the visit",
		File:    "server.go",
		Change:  []string{"if kind != websocket.TextMessage {\n\t\t\tcontinue", "if kind != websocket.TextMessage {\n\t\t\tbreak"},
		Test:    "TestPart3OnlyTextIsBroadcast",
		Says:    "the connection ended with close code 1000",
	},
	{
		Mistake: "an empty message is no message",
		File:    "server.go",
		Change:  []string{"if kind != websocket.TextMessage {", "if kind != websocket.TextMessage || len(text) == 0 {"},
		Test:    "TestPart1MessagesKeepTheirShape",
		Says:    "Ana should hear a message, but heard nothing",
	},
	{
		Mistake: "the server trims what is said",
		File:    "server.go",
		Change: []string{
			"\t\"net/http\"\n", "\t\"net/http\"\n\t\"strings\"\n",
			"v.hub.Broadcast(v.sign(string(text)))", "v.hub.Broadcast(v.sign(strings.TrimSpace(string(text))))",
		},
		Test: "TestPart1MessagesKeepTheirShape",
		Says: `Ana heard:       "spaces"`,
	},
	{
		Mistake: "messages that wait are written as one, a line each",
		File:    "server.go",
		Change:  []string{"func (v *visit) write(ctx context.Context) {\n\tfor text := range v.member.Messages() {\n", "func (v *visit) write(ctx context.Context) {\n\tfor text := range v.member.Messages() {\n\t\tfor range len(v.member.Messages()) {\n\t\t\ttext += \"\\n\" + <-v.member.Messages()\n\t\t}\n"},
		Test:    "TestPart1MessagesKeepTheirShape",
		Says:    `heard:       "two\nlines\n spaces \n100% sure`,
	},
	{
		Mistake: "messages are sent as binary",
		File:    "server.go",
		Change: []string{
			"\n\t\"asynclab/internal/frames\"\n", "",
			"if frames.Write(v.conn, text, v.member.Messages()) != nil {", "if v.conn.WriteMessage(websocket.BinaryMessage, []byte(text)) != nil {",
		},
		Test: "TestPart1EveryoneHearsWhatOneSays",
		Says: "a binary message",
	},
	{
		Mistake: "messages are sent as JSON",
		File:    "server.go",
		Change: []string{
			"\n\t\"asynclab/internal/frames\"\n", "",
			"if frames.Write(v.conn, text, v.member.Messages()) != nil {", "if v.conn.WriteJSON(text) != nil {",
		},
		Test: "TestPart1EveryoneHearsWhatOneSays",
		Says: `Ana heard:       "\"hello\"\n"`,
	},
	{
		Mistake: "pings need no answer",
		File:    "server.go",
		Change:  []string{"\t\tv.conn.WriteControl(websocket.PongMessage, []byte(text), time.Now().Add(writeTime))\n", ""},
		Test:    "TestPart3APingIsAnswered",
		Says:    "no pong came back",
	},
	{
		Mistake: "who says nothing for a minute is cut off",
		File:    "server.go",
		Change:  []string{"v.conn.SetPongHandler(func(string) error { return v.isAlive() })", ""},
		Test:    "TestPart3ASilentClientStays",
		Says:    `Ana could not send "hello"`,
	},
	{
		Mistake: "one deadline for all writes, set at the start",
		File:    "server.go",
		Change: []string{
			"\n\t\"asynclab/internal/frames\"\n", "",
			"\t\tv.conn.NetConn().SetWriteDeadline(time.Now().Add(writeTime)) // a client that does not read must not hold us\n", "",
			"if frames.Write(v.conn, text, v.member.Messages()) != nil {", "if v.conn.WriteMessage(websocket.TextMessage, []byte(text)) != nil {",
		},
		Test: "TestPart3ASilentClientStays",
		Says: "should hear a message, but the connection broke without a goodbye",
	},
	{
		Mistake: "every page may call the server",
		File:    "server.go",
		Change:  []string{"WriteBufferPool: new(sync.Pool)}", "WriteBufferPool: new(sync.Pool), CheckOrigin: func(*http.Request) bool { return true }}"},
		Test:    "TestPart3APageOfAnotherOriginIsRefused",
		Says:    "the status for a page of http://evil.example",
	},
	{
		Mistake: "Upgrade says what is wrong, and the handler tells the client",
		File:    "server.go",
		Change:  []string{"return // Upgrade has told the client why", "http.Error(w, err.Error(), http.StatusBadRequest)\n\t\treturn"},
		Test:    "TestPart3ABadHandshakeHurtsNobody",
		Says:    "Upgrade has answered the client, and then it was answered once more: ",
	},
	{
		Mistake: "nobody needs to look at Upgrade's error",
		File:    "server.go",
		Change:  []string{"conn, err := upgrader.Upgrade(w, r, nil)\n\tif err != nil {\n\t\treturn // Upgrade has told the client why\n\t}", "conn, _ := upgrader.Upgrade(w, r, nil)"},
		Test:    "TestPart3APageOfAnotherOriginIsRefused",
		Says:    "nil pointer dereference",
	},
	{
		Mistake: "a client's bad handshake ends the whole program",
		File:    "server.go",
		Change:  []string{"return // Upgrade has told the client why", "log.Fatal(err)"},
		Test:    "TestPart3APageOfAnotherOriginIsRefused",
		Says:    "it said: \"websocket: request origin not allowed",
	},
	{
		Mistake: "the member is never taken off the hub",
		File:    "server.go",
		Change:  []string{"\tv.hub.Leave(v.member)\n", ""},
		Test:    "TestPart3WhoLeavesIsTakenOff",
		Says:    "neither answers nor hangs up",
	},
	{
		Mistake: "only a proper goodbye takes the member off the hub",
		File:    "server.go",
		Change:  []string{"\tv.hub.Leave(v.member)\n", "\tif v.polite {\n\t\tv.hub.Leave(v.member)\n\t}\n"},
		Test:    "TestPart3WhoVanishesIsTakenOff",
		Says:    "leak: 20 goroutines left behind",
	},
	{
		Mistake: "an error of ReadMessage concerns one message only",
		File:    "server.go",
		Change:  []string{"v.polite = v.isGoodbye(err)\n\t\t\tbreak", "v.polite = v.isGoodbye(err)\n\t\t\tcontinue"},
		Test:    "TestPart1TheServerGreets",
		Says:    "panic: repeated read on failed websocket connection",
	},
	{
		Mistake: "a client's bad message ends the whole program",
		File:    "server.go",
		Change:  []string{"v.polite = v.isGoodbye(err)\n\t\t\tbreak", "v.polite = v.isGoodbye(err)\n\t\t\tlog.Fatal(err)"},
		Test:    "TestPart1TheServerGreets",
		Says:    "log.Fatal(err)\n",
	},
	{
		Mistake: "a goroutine that waits for the server's stop outlives its connection",
		File:    "server.go",
		Change:  []string{"visits.Add(2)", "go func() {\n\t\t<-ctx.Done()\n\t\tconn.SetReadDeadline(time.Now().Add(goodbyeTime))\n\t}()\n\tvisits.Add(2)"},
		Test:    "TestPart3WhoLeavesIsTakenOff",
		Says:    "leak: 20 goroutines left behind",
	},
	{
		Mistake: "the loop that writes does not see that the channel is closed",
		File:    "server.go",
		Change:  []string{"for text := range v.member.Messages() {", "for {\n\t\ttext := <-v.member.Messages()", "if v.hasLeft() && !v.polite {\n\t\t\tbreak // gorilla has closed the connection for a mistake of the client's\n\t\t}\n", ""},
		Test:    "TestPart3WhoLeavesIsTakenOff",
		Says:    "hang: what happens here is endless",
	},
	{
		Mistake: "the connection is not closed when the visit is over",
		File:    "server.go",
		Change: []string{
			"\ttime.AfterFunc(goodbyeTime, func() { v.conn.Close() }) // whatever the client does\n", "",
			"\t\tio.Copy(io.Discard, v.conn.NetConn())\n\t}\n\tv.conn.Close()\n", "\t\tio.Copy(io.Discard, v.conn.NetConn())\n\t}\n",
		},
		Test: "TestPart3WhoLeavesIsTakenOff",
		Says: "should find the connection closed, but it is still open",
	},
	{
		Mistake: "a client that does not take its greeting is gone already",
		File:    "server.go",
		Change:  []string{"v.greet()\n", "v.conn.SetWriteDeadline(time.Now().Add(writeTime))\n\tif v.conn.WriteMessage(websocket.TextMessage, []byte(Greeting)) != nil {\n\t\thub.Leave(v.member)\n\t\treturn\n\t}\n"},
		Test:    "TestPart3AStuckClientIsPutOut",
		Says:    "should find the connection closed, but it is still open",
	},
	{
		Mistake: "a write may take for ever",
		File:    "server.go",
		Change: []string{
			"v.conn.NetConn().SetWriteDeadline(time.Now().Add(writeTime)) // a client that does not read must not hold us\n", "v.conn.NetConn().SetWriteDeadline(time.Time{})\n",
			"\tv.conn.SetWriteDeadline(time.Now().Add(writeTime))\n", "",
		},
		Test: "TestPart3AStuckClientIsPutOut",
		Says: "left behind when it should be over",
	},
	{
		Mistake: "ReadMessage takes messages of any length",
		File:    "server.go",
		Change:  []string{"conn.SetReadLimit(MaxMessage)  ", ""},
		Test:    "TestPart3TooLongAMessage",
		Says:    "Ana should be told goodbye with close code 1009",
	},
	{
		Mistake: "the length is checked when the whole message is in memory",
		File:    "server.go",
		Change: []string{
			"conn.SetReadLimit(MaxMessage)  ", "",
			"if kind != websocket.TextMessage {", "if len(text) > MaxMessage {\n\t\t\tv.sayGoodbye(websocket.CloseMessageTooBig)\n\t\t\tbreak\n\t\t}\n\t\tif kind != websocket.TextMessage {",
		},
		Test: "TestPart3TooLongAMessage",
		Says: "Ana should be told goodbye with close code 1009",
	},
	{
		Mistake: "too long a message is cut off at the limit",
		File:    "server.go",
		Change: []string{
			"conn.SetReadLimit(MaxMessage)  ", "",
			"v.hub.Broadcast(v.sign(string(text)))", "v.hub.Broadcast(v.sign(string(text[:min(len(text), MaxMessage)])))",
		},
		Test: "TestPart3TooLongAMessage",
		Says: "Ana should be told goodbye with close code 1009",
	},
	{
		Mistake: "the limit is one byte too low",
		File:    "server.go",
		Change:  []string{"conn.SetReadLimit(MaxMessage)  ", "conn.SetReadLimit(MaxMessage - 1)  "},
		Test:    "TestPart3AsLongAsItMayBe",
		Says:    "the connection ended with close code 1009",
	},
	{
		Mistake: "nobody logs who goes",
		File:    "server.go",
		Change:  []string{"\t\ts.logf(\"%s went\", conn.RemoteAddr())\n", ""},
		Test:    "TestPart3ComingsAndGoingsAreLogged",
		Says:    "after two have come and one has gone",
	},
	{
		Mistake: "the line for who goes is written at once",
		File:    "server.go",
		Change: []string{
			"\t\ts.logf(\"%s went\", conn.RemoteAddr())\n", "",
			"s.logf(\"%s came\", r.RemoteAddr)\n", "s.logf(\"%s came\", r.RemoteAddr)\n\tdefer s.logf(\"%s went\", r.RemoteAddr)\n",
		},
		Test: "TestPart3ComingsAndGoingsAreLogged",
		Says: "lines in the log after one has come",
	},
	{
		Mistake: "the line for who goes is written before the connection is closed",
		File:    "server.go",
		Change: []string{
			"\t\ts.logf(\"%s went\", conn.RemoteAddr())\n", "",
			"\tpolite bool          // then", "\tlog    func()\n\tpolite bool          // then",
			"\tv.greet()\n", "\tv.log = func() { s.logf(\"%s went\", conn.RemoteAddr()) }\n\tv.greet()\n",
			"\tv.pings.Stop()\n", "\tv.pings.Stop()\n\tv.log()\n",
		},
		Test: "TestPart3TheLogSpeaksOfWhatIsOver",
		Says: "should find the connection closed, but it is still open",
	},
	{
		Mistake: "the goodbye of a server that stops is 1000",
		File:    "server.go",
		Change:  []string{"return websocket.CloseGoingAway // the server stops", "return websocket.CloseNormalClosure"},
		Test:    "TestPart3StoppingTellsEveryone",
		Says:    "but the connection ended with close code 1000",
	},
	{
		Mistake: "the server that stops just hangs up",
		File:    "server.go",
		Change:  []string{"v.sayGoodbye(v.closeCode(ctx))", "v.conn.Close()"},
		Test:    "TestPart3StoppingTellsEveryone",
		Says:    "but the connection broke without a goodbye",
	},
	{
		Mistake: "the goodbye is a message like any other, and the last deadline holds for it",
		File:    "server.go",
		Change:  []string{"v.conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(goodbyeTime))", "v.conn.WriteMessage(websocket.CloseMessage, message)"},
		Test:    "TestPart3StoppingAfterAnHour",
		Says:    "but the connection broke without a goodbye",
	},
	{
		Mistake: "the server that stops waits until the clients have gone",
		File:    "server.go",
		Change:  []string{"\tv.sayGoodbye(v.closeCode(ctx))\n\ttime.AfterFunc(goodbyeTime, func() { v.conn.Close() }) // whatever the client does\n", ""},
		Test:    "TestPart3StoppingTellsEveryone",
		Says:    "Serve has not returned",
	},
	{
		Mistake: "every client answers a goodbye",
		File:    "server.go",
		Change: []string{
			"\ttime.AfterFunc(goodbyeTime, func() { v.conn.Close() }) // whatever the client does\n", "",
			"return v.conn.SetReadDeadline(time.Now().Add(silence))", "return nil",
		},
		Test: "TestPart3AStuckClientIsPutOut",
		Says: "left behind when it should be over",
	},
	{
		Mistake: "every client takes a goodbye",
		File:    "server.go",
		Change:  []string{"message, time.Now().Add(goodbyeTime))", "message, time.Time{})"},
		Test:    "TestPart3AStuckClientIsPutOut",
		Says:    "left behind when it should be over",
	},
	{
		Mistake: "each goroutine of a visit counts itself when it begins",
		File:    "server.go",
		Change:  []string{"visits.Add(2)\n\tgo v.read(visits)\n\tgo func() {\n", "go func() {\n\t\tvisits.Add(1)\n\t\tv.read(visits)\n\t}()\n\tgo func() {\n\t\tvisits.Add(1)\n"},
		Test:    "TestPart3StoppingAsOneComes",
		Says:    "left behind when it should be over",
	},
	{
		Mistake: "a goroutine that pings writes while another one writes",
		File:    "server.go",
		Change: slices.Concat(oneByOne, []string{
			"time.AfterFunc(pingTime, ping)", "time.AfterFunc(5*time.Second, ping)",
			"v.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeTime))", "v.conn.SetWriteDeadline(time.Now().Add(writeTime)); v.conn.WriteMessage(websocket.PingMessage, nil)",
		}),
		Test: "TestPart3ASilentClientStays",
		Says: "DATA RACE",
		Race: true,
	},
	{
		Mistake: "the connection sends, and nobody reads from it",
		File:    "server.go",
		Change:  []string{"go v.read(visits)\n", ""},
		Test:    "TestPart1EveryoneHearsWhatOneSays",
		Says:    `Ana could not send "hello": nobody reads the connection`,
	},
	{
		Mistake: "whoever reads a message writes it to everyone, under one lock",
		File:    "server.go",
		Instead: "server_tutorial.go",
		Test:    "TestPart1EveryoneHearsWhatOneSays",
		Says:    "sendToAll  waits: sync.Mutex.Lock",
	},

	// The client.
	{
		Mistake: "the client listens only after it has sent a line",
		File:    "client.go",
		Instead: "client_line_first.go",
		Test:    "TestPart1TheClientPrintsWhatItHears",
		Says:    `the server could not send "Welcome!": nobody reads the connection`,
	},
	{
		Mistake: "the client reads a line only after it has heard a message",
		File:    "client.go",
		Instead: "client_message_first.go",
		Test:    "TestPart1TheClientPrintsWhatItHears",
		Says:    `the server could not send "100% sure": nobody reads the connection`,
	},
	{
		Mistake: "the client does not listen",
		File:    "client.go",
		Change:  []string{"go func() { lost <- c.print(conn) }()", ""},
		Test:    "TestPart1TheClientPrintsWhatItHears",
		Says:    `the server could not send "Welcome!": nobody reads the connection`,
	},
	{
		Mistake: "the client asks in turn and never waits",
		File:    "client.go",
		Change:  []string{"select {\n\tcase err = <-typed", "for len(typed)+len(lost) == 0 && ctx.Err() == nil {\n\t}\n\tselect {\n\tcase err = <-typed"},
		Test:    "TestPart1TheClientPrintsWhatItHears",
		Says:    "in a loop that neither ends nor waits",
	},
	{
		Mistake: "the client uses the default dialer",
		File:    "client.go",
		Change:  []string{"dialer := c.Dialer\n\tif dialer == nil {\n\t\tdialer = websocket.DefaultDialer\n\t}", "dialer := websocket.DefaultDialer"},
		Test:    "TestPart1TheClientPrintsWhatItHears",
		Says:    "the client should call the server with its Dialer, but does not",
	},
	{
		Mistake: "the client prints to the standard output",
		File:    "client.go",
		Change:  []string{"fmt.Fprintf(c.Out, \"From server: %s\\n\", text)", "fmt.Printf(\"From server: %s\\n\", text)"},
		Test:    "TestPart1TheClientPrintsWhatItHears",
		Says:    "the screen shows:       nothing: the client has not written to its Out",
	},
	{
		Mistake: "what the client prints waits in a buffer that is never flushed",
		File:    "client.go",
		Change:  []string{"fmt.Fprintf(c.Out, ", "fmt.Fprintf(bufio.NewWriter(c.Out), "},
		Test:    "TestPart1TheClientPrintsWhatItHears",
		Says:    "the screen shows:       nothing: the client has not written to its Out",
	},
	{
		Mistake: "the client prints the text without the prefix",
		File:    "client.go",
		Change:  []string{"\"From server: %s\\n\"", "\"%s\\n\""},
		Test:    "TestPart1TheClientPrintsWhatItHears",
		Says:    `the screen shows:       "Welcome!"`,
	},
	{
		Mistake: "the client prints no line end",
		File:    "client.go",
		Change:  []string{"\"From server: %s\\n\"", "\"From server: %s\""},
		Test:    "TestPart1TheClientPrintsWhatItHears",
		Says:    `the screen shows:       "From server: Welcome!", but the line is not ended`,
	},
	{
		Mistake: "the text is the format",
		File:    "client.go",
		Change:  []string{"fmt.Fprintf(c.Out, \"From server: %s\\n\", text)", "fmt.Fprintf(c.Out, \"From server: \"+string(text)+\"\\n\")"},
		Test:    "TestPart1TheClientPrintsWhatItHears",
		Says:    "%!s(MISSING)",
	},
	{
		Mistake: "the client prints binary messages",
		File:    "client.go",
		Change:  []string{"if kind == websocket.TextMessage {", "if kind != 0 {"},
		Test:    "TestPart4OnlyTextIsPrinted",
		Says:    `the screen shows:       "From server: no text"`,
	},
	{
		Mistake: "the client skips empty messages",
		File:    "client.go",
		Change:  []string{"if kind == websocket.TextMessage {", "if kind == websocket.TextMessage && len(text) > 0 {"},
		Test:    "TestPart4OnlyTextIsPrinted",
		Says:    `the screen should show: "From server: "`,
	},
	{
		Mistake: "the client sends the line end too",
		File:    "client.go",
		Change:  []string{"scanner.Bytes()", "append(scanner.Bytes(), '\\n')"},
		Test:    "TestPart1TheClientSendsEachLine",
		Says:    `the server heard:       "hello\n"`,
	},
	{
		Mistake: "the client skips empty lines",
		File:    "client.go",
		Change:  []string{"for scanner.Scan() {", "for scanner.Scan() {\n\t\tif scanner.Text() == \"\" {\n\t\t\tcontinue\n\t\t}"},
		Test:    "TestPart4ALineIsWhatStandsBeforeItsEnd",
		Says:    "but heard nothing",
	},
	{
		Mistake: "the client sends binary messages",
		File:    "client.go",
		Change:  []string{"conn.WriteMessage(websocket.TextMessage", "conn.WriteMessage(websocket.BinaryMessage"},
		Test:    "TestPart1TheClientSendsEachLine",
		Says:    "a binary message",
	},
	{
		Mistake: "the client trims the line",
		File:    "client.go",
		Change: []string{
			"scanner.Bytes()", "bytes.TrimSpace(scanner.Bytes())",
			"\t\"bufio\"\n", "\t\"bufio\"\n\t\"bytes\"\n",
		},
		Test: "TestPart1TheClientSendsEachLine",
		Says: `the server heard:       "two words"`,
	},
	{
		Mistake: "the client sends words, not lines",
		File:    "client.go",
		Change:  []string{"bufio.NewScanner(c.In)\n", "bufio.NewScanner(c.In)\n\t\tscanner.Split(bufio.ScanWords)\n"},
		Test:    "TestPart1TheClientSendsEachLine",
		Says:    `the server heard:       "two"`,
	},
	{
		Mistake: "the client cuts off the newline and not what Windows puts before it",
		File:    "client.go",
		Change: []string{
			"scanner := bufio.NewScanner(c.In)\n\tfor scanner.Scan() {", "in := bufio.NewReader(c.In)\n\tfor {\n\t\tline, err := in.ReadString('\\n')\n\t\tif err != nil && line == \"\" {\n\t\t\tbreak\n\t\t}",
			"scanner.Bytes()", "[]byte(strings.TrimSuffix(line, \"\\n\"))",
			"if err := scanner.Err(); err != nil {\n\t\treturn fmt.Errorf(\"cannot read the input: %w\", err)\n\t}\n", "",
			"\t\"io\"\n", "\t\"io\"\n\t\"strings\"\n",
		},
		Test: "TestPart4ALineIsWhatStandsBeforeItsEnd",
		Says: `the server heard:       "on Windows\r"`,
	},
	{
		Mistake: "what follows the last newline is not sent",
		File:    "client.go",
		Change: []string{
			"scanner := bufio.NewScanner(c.In)\n\tfor scanner.Scan() {", "in := bufio.NewReader(c.In)\n\tfor {\n\t\tline, err := in.ReadString('\\n')\n\t\tif err != nil {\n\t\t\tbreak\n\t\t}",
			"scanner.Bytes()", "[]byte(strings.TrimRight(line, \"\\r\\n\"))",
			"if err := scanner.Err(); err != nil {\n\t\treturn fmt.Errorf(\"cannot read the input: %w\", err)\n\t}\n", "",
			"\t\"io\"\n", "\t\"io\"\n\t\"strings\"\n",
		},
		Test: "TestPart4TheEndOfInputIsAGoodbye",
		Says: "the server should hear a message, but the connection ended with close code 1000",
	},
	{
		Mistake: "each line is sent in a goroutine of its own",
		File:    "client.go",
		Change:  []string{"if err := conn.WriteMessage(websocket.TextMessage, scanner.Bytes()); err != nil {\n\t\t\treturn fmt.Errorf(\"the connection is lost: %w\", err)\n\t\t}", "go conn.WriteMessage(websocket.TextMessage, scanner.Bytes())"},
		Test:    "TestPart1TheClientSendsEachLine",
		Says:    "race detected",
		Race:    true,
	},
	{
		Mistake: "a line that is handed over is as good as sent",
		File:    "client.go",
		Change: []string{
			"scanner := bufio.NewScanner(c.In)\n\tfor scanner.Scan() {", "lines := make(chan string, 10)\n\tgo func() {\n\t\tfor line := range lines {\n\t\t\tconn.WriteMessage(websocket.TextMessage, []byte(line))\n\t\t}\n\t}()\n\tdefer close(lines)\n\tscanner := bufio.NewScanner(c.In)\n\tfor scanner.Scan() {",
			"if err := conn.WriteMessage(websocket.TextMessage, scanner.Bytes()); err != nil {\n\t\t\treturn fmt.Errorf(\"the connection is lost: %w\", err)\n\t\t}", "lines <- scanner.Text()",
		},
		Test: "TestPart4TheEndOfInputIsAGoodbye",
		Says: "the server should hear a message, but the connection ended with close code 1000",
	},
	{
		Mistake: "the client hangs up at the end of its input",
		File:    "client.go",
		Change:  []string{"case err = <-typed:\n", "case err = <-typed:\n\t\treturn err\n"},
		Test:    "TestPart4TheEndOfInputIsAGoodbye",
		Says:    "but the connection broke without a goodbye",
	},
	{
		Mistake: "the client's close message has no code",
		File:    "client.go",
		Change:  []string{"conn.WriteControl(websocket.CloseMessage, message,", "_ = message\n\tconn.WriteControl(websocket.CloseMessage, nil,"},
		Test:    "TestPart4TheEndOfInputIsAGoodbye",
		Says:    "but the connection ended with close code 1005",
	},
	{
		Mistake: "the end of the input is an error",
		File:    "client.go",
		Change:  []string{"case err = <-typed:\n", "case err = <-typed:\n\t\tif err == nil {\n\t\t\terr = io.EOF\n\t\t}\n"},
		Test:    "TestPart4TheEndOfInputIsAGoodbye",
		Says:    "the end of the input is no error",
	},
	{
		Mistake: "a failing input is an end like any other",
		File:    "client.go",
		Change:  []string{"if err := scanner.Err(); err != nil {\n\t\treturn fmt.Errorf(\"cannot read the input: %w\", err)\n\t}\n", ""},
		Test:    "TestPart4TheInputFails",
		Says:    "but got nil",
	},
	{
		Mistake: "a failing input needs no goodbye",
		File:    "client.go",
		Change:  []string{"case err = <-typed:\n", "case err = <-typed:\n\t\tif err != nil {\n\t\t\treturn err\n\t\t}\n"},
		Test:    "TestPart4TheInputFails",
		Says:    "but the connection broke without a goodbye",
	},
	{
		Mistake: "a server that has said goodbye closes the connection for both",
		File:    "client.go",
		Change:  []string{"defer conn.Close()\n", "", "\tsayGoodbye(conn, lost)\n\treturn err\n", "\tsayGoodbye(conn, lost)\n\tconn.Close()\n\treturn err\n"},
		Test:    "TestPart4TheServerGoesAway",
		Says:    "should find the connection closed, but it is still open",
	},
	{
		Mistake: "the error of the input is told in new words only",
		File:    "client.go",
		Change:  []string{"fmt.Errorf(\"cannot read the input: %w\", err)", "fmt.Errorf(\"cannot read the input: %v\", err)"},
		Test:    "TestPart4TheInputFails",
		Says:    "Target error should be in err chain",
	},
	{
		Mistake: "the client does not look at ctx",
		File:    "client.go",
		Change:  []string{"case <-ctx.Done():\n\t", ""},
		Test:    "TestPart4CtrlCEndsTheVisit",
		Says:    "but is still connected",
	},
	{
		Mistake: "the client looks at ctx between two lines only",
		File:    "client.go",
		Change: []string{
			"case <-ctx.Done():\n\t", "",
			"c.send(conn) }", "c.send(ctx, conn) }",
			"send(conn *websocket.Conn)", "send(ctx context.Context, conn *websocket.Conn)",
			"for scanner.Scan() {", "for ctx.Err() == nil && scanner.Scan() {",
		},
		Test: "TestPart4CtrlCEndsTheVisit",
		Says: "but is still connected",
	},
	{
		Mistake: "Ctrl-C is an error",
		File:    "client.go",
		Change:  []string{"case <-ctx.Done():\n", "case <-ctx.Done():\n\t\terr = ctx.Err()\n"},
		Test:    "TestPart4CtrlCEndsTheVisit",
		Says:    "Ctrl-C is no error",
	},
	{
		Mistake: "the client hangs up at Ctrl-C",
		File:    "client.go",
		Change:  []string{"case <-ctx.Done():\n", "case <-ctx.Done():\n\t\treturn nil\n"},
		Test:    "TestPart4CtrlCEndsTheVisit",
		Says:    "but the connection broke without a goodbye",
	},
	{
		Mistake: "Ctrl-C cannot interrupt the call",
		File:    "client.go",
		Change:  []string{"dialer.DialContext(ctx, url, nil)", "dialer.Dial(url, nil)"},
		Test:    "TestPart4CtrlCEndsTheCall",
		Says:    "Ctrl-C was pressed, and Run has not returned",
	},
	{
		Mistake: "every server answers a goodbye",
		File:    "client.go",
		Change:  []string{"conn.SetReadDeadline(time.Now().Add(time.Second))\n", ""},
		Test:    "TestPart4AGoodbyeNeedsNoAnswer",
		Says:    "Ctrl-C was pressed, and Run has not returned",
	},
	{
		Mistake: "every server takes a goodbye",
		File:    "client.go",
		Change:  []string{"conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(time.Second))", "conn.WriteMessage(websocket.CloseMessage, message)"},
		Test:    "TestPart4AGoodbyeThatNobodyTakes",
		Says:    "Ctrl-C was pressed, and Run has not returned",
	},
	{
		Mistake: "the client never closes its connection",
		File:    "client.go",
		Change:  []string{"defer conn.Close()\n", "", "conn.SetReadDeadline(time.Now().Add(time.Second))\n\t<-lost", "_ = lost"},
		Test:    "TestPart4AGoodbyeNeedsNoAnswer",
		Says:    "but it is still open",
	},
	{
		Mistake: "the error of a call that fails does not say whom the client called",
		File:    "client.go",
		Change:  []string{"return fmt.Errorf(\"cannot reach the server at %s: %w\", url, err)", "return err"},
		Test:    "TestPart4NoServer",
		Says:    `does not contain "ws://127.0.0.1:0/"`,
	},
	{
		Mistake: "when the server is not there, the client ends the program",
		File:    "client.go",
		Change:  []string{"return fmt.Errorf(\"cannot reach the server at %s: %w\", url, err)", "log.Fatalf(\"cannot reach the server at %s: %v\", url, err)", "\t\"io\"\n", "\t\"io\"\n\t\"log\"\n"},
		Test:    "TestPart4NoServer",
		Says:    "os.Exit and log.Fatal",
	},
	{
		Mistake: "the client goes on without a connection",
		File:    "client.go",
		Change:  []string{"if err != nil {\n\t\treturn fmt.Errorf(\"cannot reach the server at %s: %w\", url, err)\n\t}", "if err != nil {\n\t\tfmt.Fprintln(c.Out, err)\n\t}"},
		Test:    "TestPart4NoServer",
		Says:    "nil pointer dereference",
	},
	{
		Mistake: "the client ends without an error when the server is gone",
		File:    "client.go",
		Change:  []string{"return fmt.Errorf(\"the server is gone: %w\", err)", "_ = err\n\t\t\treturn nil"},
		Test:    "TestPart4TheServerGoesAway",
		Says:    "the server went away with a goodbye: Run should say so",
	},
	{
		Mistake: "a server that says goodbye is no error",
		File:    "client.go",
		Change:  []string{"return fmt.Errorf(\"the server is gone: %w\", err)", "if websocket.IsCloseError(err, websocket.CloseNormalClosure) {\n\t\t\t\treturn nil\n\t\t\t}\n\t\t\treturn fmt.Errorf(\"the server is gone: %w\", err)"},
		Test:    "TestPart4TheServerGoesAway",
		Says:    "the server went away with close code 1000: Run should say so",
	},
	{
		Mistake: "the client notices that the server is gone only when it sends",
		File:    "client.go",
		Change:  []string{"case err := <-lost:\n\t\treturn fmt.Errorf(\"the server is gone: %w\", err)\n\t", ""},
		Test:    "TestPart4TheServerGoesAway",
		Says:    "and Run has not returned",
	},
	{
		Mistake: "the loop that prints goes on after an error",
		File:    "client.go",
		Change:  []string{"if err != nil {\n\t\t\treturn err\n\t\t}\n\t\tif kind", "if err != nil {\n\t\t\tcontinue\n\t\t}\n\t\tif kind"},
		Test:    "TestPart1TheClientPrintsWhatItHears",
		Says:    "panic: repeated read on failed websocket connection",
	},
	{
		Mistake: "the goroutine that sends waits for ever to report its end",
		File:    "client.go",
		Change:  []string{"typed, lost := make(chan error, 1), make", "typed, lost := make(chan error), make"},
		Test:    "TestPart4CtrlCEndsTheVisit",
		Says:    "waits: chan send",
	},
	{
		Mistake: "the goroutine that prints waits for ever to report its end",
		File:    "client.go",
		Change: []string{
			"make(chan error, 1), make(chan error, 1)", "make(chan error, 1), make(chan error)",
			"conn.SetReadDeadline(time.Now().Add(time.Second))\n\t<-lost", "select {\n\tcase <-lost:\n\tcase <-time.After(time.Second):\n\t}",
		},
		Test: "TestPart4AGoodbyeNeedsNoAnswer",
		Says: "waits: chan send",
	},
	{
		Mistake: "a client that leaves before it has said anything need not close its connection",
		File:    "client.go",
		Change:  []string{"defer conn.Close()\n", "if ctx.Err() != nil {\n\t\treturn nil\n\t}\n\tdefer conn.Close()\n"},
		Test:    "TestPart4CtrlCAsTheServerAnswers",
		Says:    "the server should find the connection closed, but it is still open",
	},
	{
		Mistake: "a line of the scanner's may be passed on without a copy",
		File:    "client.go",
		Change: []string{
			"\tfor scanner.Scan() {\n\t\tif err := conn.WriteMessage(websocket.TextMessage, scanner.Bytes());",
			"\tlines, stop := make(chan []byte), make(chan struct{})\n\tdefer close(stop)\n\tgo func() {\n\t\tdefer close(lines)\n\t\tfor scanner.Scan() {\n\t\t\tselect {\n\t\t\tcase lines <- scanner.Bytes():\n\t\t\tcase <-stop:\n\t\t\t\treturn\n\t\t\t}\n\t\t}\n\t}()\n\tfor line := range lines {\n\t\tif err := conn.WriteMessage(websocket.TextMessage, line);",
		},
		Test: "TestPart4ALongLineArrivesWhole",
		Says: `the server heard:       "??????????`,
	},
	{
		Mistake: "the goodbye is a message like any other, and may be written while a line is",
		File:    "client.go",
		Change:  []string{"conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(time.Second))", "conn.SetWriteDeadline(time.Now().Add(time.Second))\n\tconn.WriteMessage(websocket.CloseMessage, message)"},
		Test:    "TestPart4CtrlCInTheMiddleOfALine",
		Says:    "panic: concurrent write to websocket connection",
	},
	{
		Mistake: "the client sets a new deadline for each message, also for those after its goodbye",
		File:    "client.go",
		Change:  []string{"kind, text, err := conn.ReadMessage()", "conn.SetReadDeadline(time.Time{}) // the room may be silent for hours\n\t\tkind, text, err := conn.ReadMessage()"},
		Test:    "TestPart4AGoodbyeNeedsNoAnswer",
		Says:    "and Run has not returned",
	},
	{
		Mistake: "what one Read brings ends where a line does",
		File:    "client.go",
		Change: []string{
			"\t\"bufio\"\n", "\t\"bufio\"\n\t\"bytes\"\n",
			"scanner := bufio.NewScanner(c.In)\n", "scanner := bufio.NewScanner(unix{c.In})\n\tscanner.Split(lines)\n",
			"// print prints each", `type unix struct{ io.Reader }

func (u unix) Read(p []byte) (int, error) {
	n, err := u.Reader.Read(p)
	return copy(p, bytes.ReplaceAll(p[:n], []byte("\r\n"), []byte("\n"))), err
}

func lines(data []byte, atEnd bool) (n int, line []byte, err error) {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1, data[:i], nil
	}
	if atEnd && len(data) > 0 {
		return len(data), data, nil
	}
	return 0, nil, nil
}

// print prints each`,
		},
		Test: "TestPart4ALineIsWhatStandsBeforeItsEnd",
		Says: `the server heard:       "on Windows\r"`,
	},
	{
		Mistake: "who hears the others is alive, and need not be asked",
		File:    "server.go",
		Change:  []string{"if frames.Write(", "v.pings.Reset(pingTime)\n\t\tif frames.Write("},
		Test:    "TestPart3ASilentClientStays",
		Says:    "Ana should hear a message, but the connection",
	},
	{
		Mistake: "when a client has gone, nothing of it waits any more",
		File:    "server.go",
		Change: []string{
			"visits *sync.WaitGroup) {\n\tfor {", "visits *sync.WaitGroup) {\n\tsaid := make(chan string, 64)\n\tgo func() {\n\t\tfor {\n\t\t\tselect {\n\t\t\tcase text := <-said:\n\t\t\t\tv.hub.Broadcast(v.sign(text))\n\t\t\tcase <-v.left:\n\t\t\t\treturn\n\t\t\t}\n\t\t}\n\t}()\n\tfor {",
			"v.hub.Broadcast(v.sign(string(text)))\n\t}\n", "said <- string(text)\n\t}\n",
		},
		Test: "TestPart3LastWordsAreHeard",
		Says: "Ana should hear",
	},
	{
		Mistake: "the deadline for the answer to the goodbye is set once, and holds",
		File:    "server.go",
		Change:  []string{"time.AfterFunc(goodbyeTime, func() { v.conn.Close() })", "v.conn.SetReadDeadline(time.Now().Add(goodbyeTime))"},
		Test:    "TestPart3StoppingDespiteAStuckClient",
		Says:    "Serve",
	},
	{
		Mistake: "two goroutines may say goodbye: the client hears the right one",
		File:    "server.go",
		Change:  []string{"visits.Add(2)\n", "context.AfterFunc(ctx, func() { v.sayGoodbye(websocket.CloseGoingAway) })\n\tvisits.Add(2)\n", "\tcase ctx.Err() != nil:\n\t\treturn websocket.CloseGoingAway // the server stops\n", "", "v.sayGoodbye(v.closeCode(ctx))", "v.sayGoodbye(v.closeCode())", "closeCode(ctx context.Context) int", "closeCode() int", "v.write(ctx)", "v.write()", "write(ctx context.Context) {", "write() {"},
		Test:    "TestPart3StoppingTellsEveryone",
		Says:    "should be told goodbye with close code 1001, but the connection ended with close code 1013",
	},
	{
		Mistake: "whoever does not take the greeting was never there, as far as the log is concerned",
		File:    "server.go",
		Change: []string{
			"hears everything\n\tv.greet()\n", "hears everything\n\tif !v.greet() {\n\t\thub.Leave(v.member)\n\t\treturn\n\t}\n",
			"(v *visit) greet() {", "(v *visit) greet() bool {",
			"\t\tv.conn.Close()\n\t}\n}\n\n// read lets", "\t\tv.conn.Close()\n\t\treturn false\n\t}\n\treturn true\n}\n\n// read lets",
		},
		Test: "TestPart3ComingsAndGoingsAreLogged",
		Says: "has gone without its greeting",
	},
	{
		Mistake: "a server that does not take a line in five seconds is lost",
		File:    "client.go",
		Change:  []string{"if err := conn.WriteMessage(", "conn.SetWriteDeadline(time.Now().Add(5 * time.Second))\n\t\tif err := conn.WriteMessage("},
		Test:    "TestPart4LinesWaitForASlowServer",
		Says:    "the server should hear",
	},
	{
		Mistake: "each text is signed in a goroutine of its own, and only their order is kept",
		File:    "server.go",
		Change: []string{
			"visits *sync.WaitGroup) {\n\tfor {", "visits *sync.WaitGroup) {\n\tlast := make(chan struct{})\n\tclose(last)\n\tfor {",
			"v.hub.Broadcast(v.sign(string(text)))", "before, done := last, make(chan struct{})\n\t\tgo func() {\n\t\t\tsigned := v.sign(string(text))\n\t\t\t<-before\n\t\t\tv.hub.Broadcast(signed)\n\t\t\tclose(done)\n\t\t}()\n\t\tlast = done",
			"close(v.left)\n\tv.hub", "<-last\n\tclose(v.left)\n\tv.hub",
		},
		Test: "TestPart2MessagesKeepTheirOrder",
		Says: "how many texts of one client are being signed at the same time",
	},
	{
		Mistake: "an origin that begins like our own is our own",
		File:    "server.go",
		Change: []string{
			"WriteBufferPool: new(sync.Pool)}", "WriteBufferPool: new(sync.Pool), CheckOrigin: func(r *http.Request) bool {\n\torigin := r.Header.Get(\"Origin\")\n\treturn origin == \"\" || strings.HasPrefix(origin, \"http://\"+r.Host)\n}}",
			"\"sync\"", "\"strings\"\n\t\"sync\"",
		},
		Test: "TestPart3APageOfAnotherOriginIsRefused",
		Says: "the status for a page of http://memory.evil.example",
	},
	{
		Mistake: "the server never sends more than a client may",
		File:    "client.go",
		Change:  []string{"\tdefer conn.Close()\n", "\tdefer conn.Close()\n\tconn.SetReadLimit(MaxMessage)\n"},
		Test:    "TestPart4OnlyTextIsPrinted",
		Says:    "the server could not send \"xxx",
	},
	{
		Mistake: "whoever types quit wants to leave",
		File:    "client.go",
		Change:  []string{"for scanner.Scan() {\n", "for scanner.Scan() {\n\t\tif scanner.Text() == \"quit\" {\n\t\t\treturn nil\n\t\t}\n"},
		Test:    "TestPart4ALineIsWhatStandsBeforeItsEnd",
		Says:    "somebody types \"quit\"",
	},
	{
		Mistake: "the client waits for the last messages before it says goodbye",
		File:    "client.go",
		Change:  []string{"\tconn.WriteControl(", "\ttime.Sleep(time.Second)\n\tconn.WriteControl("},
		Test:    "TestPart4CtrlCEndsTheVisit",
		Says:    "the time until the goodbye came",
	},
	{
		Mistake: "a goodbye without a close code is the end of a good visit",
		File:    "client.go",
		Change:  []string{"case err := <-lost:\n", "case err := <-lost:\n\t\tif websocket.IsCloseError(err, websocket.CloseNoStatusReceived) {\n\t\t\treturn nil\n\t\t}\n"},
		Test:    "TestPart4TheServerGoesAway",
		Says:    "the server went away with a goodbye without a close code: Run should say so",
	},
	{
		Mistake: "a line that cannot be sent is no error: whoever reads will say why",
		File:    "client.go",
		Change:  []string{"return fmt.Errorf(\"the connection is lost: %w\", err)", "return nil"},
		Test:    "TestPart4TheServerGoesAwayInTheMiddleOfALine",
		Says:    "the server went away: Run should say so",
	},
	{
		Mistake: "one lock keeps what is typed and what is printed apart",
		File:    "client.go",
		Change: []string{
			"\t\tif err := conn.WriteMessage(websocket.TextMessage, scanner.Bytes()); err != nil {", "\t\tc.mu.Lock()\n\t\terr := conn.WriteMessage(websocket.TextMessage, scanner.Bytes())\n\t\tc.mu.Unlock()\n\t\tif err != nil {",
			"\t\t\tfmt.Fprintf(c.Out, \"From server: %s\\n\", text)\n", "\t\t\tc.mu.Lock()\n\t\t\tfmt.Fprintf(c.Out, \"From server: %s\\n\", text)\n\t\t\tc.mu.Unlock()\n",
			"nil: websocket.DefaultDialer\n}", "nil: websocket.DefaultDialer\n\tmu     sync.Mutex\n}",
			"\t\"io\"\n", "\t\"io\"\n\t\"sync\"\n",
		},
		Test: "TestPart4LinesWaitForASlowServer",
		Says: "waits: sync.Mutex.Lock",
	},
	{
		Mistake: "Run reads the answer to its goodbye itself",
		File:    "client.go",
		Change:  []string{"\t<-lost\n", "\tfor {\n\t\tif _, _, err := conn.ReadMessage(); err != nil {\n\t\t\tbreak\n\t\t}\n\t}\n\t<-lost\n"},
		Test:    "TestPart4AGoodbyeNeedsNoAnswer",
		Says:    "how many goroutines read the connection at the same time",
	},
	{
		Mistake: "when the input is at its end, everything has been sent",
		File:    "client.go",
		Change: []string{
			"\tgo func() { typed <- c.send(conn) }()\n", "\tlines := make(chan string)\n\tgo func() { typed <- c.read(lines) }()\n\tgo send(conn, lines)\n",
			`// send sends each line of In, until In ends.
func (c *Client) send(conn *websocket.Conn) error {
	scanner := bufio.NewScanner(c.In)
	for scanner.Scan() {
		if err := conn.WriteMessage(websocket.TextMessage, scanner.Bytes()); err != nil {
			return fmt.Errorf("the connection is lost: %w", err)
		}
	}
`, `func send(conn *websocket.Conn, lines <-chan string) {
	for line := range lines {
		conn.WriteMessage(websocket.TextMessage, []byte(line))
	}
}

func (c *Client) read(lines chan<- string) error {
	scanner := bufio.NewScanner(c.In)
	for scanner.Scan() {
		lines <- scanner.Text()
	}
	close(lines)
`},
		Test: "TestPart4TheEndOfInputInTheMiddleOfALine",
		Says: "my last line",
	},
	{
		Mistake: "messages and the end of the connection may come through two channels",
		File:    "client.go",
		Change: []string{
			"\tgo func() { lost <- c.print(conn) }()\n", "\theard, end := make(chan []byte, 16), make(chan error, 1)\n\tgo func() { end <- hear(conn, heard) }()\n\tgo func() { lost <- c.print(heard, end) }()\n",
			`func (c *Client) print(conn *websocket.Conn) error {
	for {
		kind, text, err := conn.ReadMessage()
		if err != nil {
			return err
		}
		if kind == websocket.TextMessage {
			fmt.Fprintf(c.Out, "From server: %s\n", text)
		}
	}
}`, `func (c *Client) print(heard <-chan []byte, end <-chan error) error {
	for {
		select {
		case text := <-heard:
			fmt.Fprintf(c.Out, "From server: %s\n", text)
		case err := <-end:
			return err
		}
	}
}

func hear(conn *websocket.Conn, heard chan<- []byte) error {
	for {
		kind, text, err := conn.ReadMessage()
		if err != nil {
			return err
		}
		if kind == websocket.TextMessage {
			heard <- text
		}
	}
}`},
		Test: "TestPart4TheServersLastWords",
		Says: "the screen should show: \"From server: ",
	},
	{
		Mistake: "each sign of life is a new deadline, for reading and for writing",
		File:    "server.go",
		Change:  []string{"return v.conn.SetReadDeadline(time.Now().Add(silence))", "return v.conn.NetConn().SetDeadline(time.Now().Add(silence))"},
		Test:    "TestPart3ATalkerWhoNeverReadsIsPutOut",
		Says:    "leak: ",
	},
	{
		Mistake: "what waits in a channel is what somebody has put there",
		File:    "server.go",
		Change: []string{
			"v.conn.NetConn().SetWriteDeadline(", "v.conn.SetWriteDeadline(",
			"frames.Write(v.conn, text, v.member.Messages()) != nil", "v.writeAll(text) != nil",
			"// expectPong lets", `func (v *visit) writeAll(text string) error {
	texts := []string{text}
	for waits := true; waits && len(texts) < 16; {
		select {
		case text := <-v.member.Messages():
			texts = append(texts, text)
		default:
			waits = false
		}
	}
	for _, text := range texts {
		if err := v.conn.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
			return err
		}
	}
	return nil
}

// expectPong lets`,
			"\t\"asynclab/internal/frames\"\n", "",
		},
		Test: "TestPart3StoppingWhileMessagesWait",
		Says: "nobody said anything else",
	},
	{
		Mistake: "whoever pings after the goodbye is alive, and may have more time",
		File:    "server.go",
		Change: []string{
			"time.AfterFunc(goodbyeTime, func() { v.conn.Close() }) // whatever the client does\n", "v.told.Store(true)\n\tv.conn.SetReadDeadline(time.Now().Add(goodbyeTime))\n",
			"\tv.pings.Reset(pingTime)\n", "\tif v.told.Load() {\n\t\treturn nil\n\t}\n\tv.pings.Reset(pingTime)\n",
			"time.Now().Add(writeTime))\n\t\treturn nil\n", "time.Now().Add(writeTime))\n\t\treturn v.conn.SetReadDeadline(time.Now().Add(silence))\n",
			"\tpolite bool ", "\ttold   atomic.Bool\n\tpolite bool ",
			"\t\"sync\"\n", "\t\"sync\"\n\t\"sync/atomic\"\n",
		},
		Test: "TestPart3StoppingDespitePings",
		Says: "the server was told to stop a minute ago, and Serve has not returned",
	},
	{
		Mistake: "somebody takes what is handed over, since there is a goroutine for it",
		File:    "server.go",
		Change: []string{
			"\t\tv.hub.Broadcast(v.sign(string(text)))\n", "\t\tv.lines <- string(text)\n",
			"\tvisits.Add(2)\n", `	v.lines, v.done = make(chan string), make(chan bool)
	v.hangUp = sync.OnceFunc(func() {
		v.conn.Close()
		close(v.done)
	})
	visits.Add(3)
	go func() {
		defer visits.Done()
		for {
			select {
			case line := <-v.lines:
				v.hub.Broadcast(v.sign(line))
			case <-v.done:
				return
			}
		}
	}()
`,
			"\t\tv.write(ctx)\n", "\t\tv.write(ctx)\n\t\tv.hangUp()\n",
			"time.AfterFunc(goodbyeTime, func() { v.conn.Close() })", "time.AfterFunc(goodbyeTime, v.hangUp)",
			"\tpolite bool ", "\tlines  chan string\n\tdone   chan bool\n\thangUp func()\n\tpolite bool ",
		},
		Test: "TestPart3StoppingWhileTextsAreSigned",
		Says: "waits: chan send",
	},
	{
		Mistake: "a pong is a message like any other",
		File:    "server.go",
		Change: []string{
			"v.conn.WriteControl(websocket.PongMessage, []byte(text), time.Now().Add(writeTime))", "v.conn.WriteMessage(websocket.PongMessage, []byte(text))",
			"v.conn.NetConn().SetWriteDeadline(", "v.conn.SetWriteDeadline(",
			"frames.Write(v.conn, text, v.member.Messages()) != nil", "v.conn.WriteMessage(websocket.TextMessage, []byte(text)) != nil",
			"\t\"asynclab/internal/frames\"\n", "",
		},
		Test: "TestPart3APingInTheMiddleOfAMessage",
		Says: "panic: concurrent write to websocket connection",
	},
}
