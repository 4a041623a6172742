// Given: the tests of part 4, every end of a client. Read them, there is nothing to edit.

package chat_test

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"

	"asynclab/internal/bubble"
	"asynclab/internal/chattest"
	chat "asynclab/lab3_chat"
)

// Only texts appear on the screen, and all of them.
func TestPart4OnlyTextIsPrinted(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  `The client prints each text message, an empty one too, and no binary one.`,
		Look:  (*chat.Client).Run,
		Think: "ReadMessage returns three things. What is the first one for? And how long may a message be?",
	}, func(t *bubble.T) {
		client := startClient(t)
		server := client.host.Accepts()
		server.Says("one")
		server.Sends(websocket.BinaryMessage, []byte("no text"))
		server.Says("two")
		server.Says("")
		client.Shows("From server: one", "From server: two", "From server: ")
		long := strings.Repeat("x", 2*chat.MaxMessage) // a server may put something before what it accepts
		server.Says(long)
		client.Shows("From server: " + long)
	})
}

// A line is what stands before its end.
func TestPart4ALineIsWhatStandsBeforeItsEnd(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "An empty line is sent too, half a line waits for its end, and the line end of Windows is no part of the line.",
		Look:  (*chat.Client).Run,
		Think: "What is a line in which nothing stands? And which bytes only end one, on which system?",
	}, func(t *bubble.T) {
		client := startClient(t)
		server := client.host.Accepts()
		client.Types("")
		server.Hears("")
		server.HearsNothing()
		client.Types("two words ")
		client.TypesKeys("on Wind")
		server.Hears("two words ")
		server.HearsNothing()
		client.TypesKeys("ows\r")
		server.HearsNothing()
		client.TypesKeys("\n")
		server.Hears("on Windows")
		for _, word := range []string{"exit", "quit", "/quit", ":q", "bye"} { // words like any other
			client.Types(word)
			server.Hears(word)
		}
	})
}

// A server that is slow to read changes nothing.
func TestPart4LinesWaitForASlowServer(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Lines that the server is slow to take wait, for as long as that takes, and are sent one after the other.",
		Look:  (*chat.Client).Run,
		Think: "How many goroutines write to the connection? (gorilla allows one at a time.) Does any of them give up, or let others wait?",
	}, func(t *bubble.T) {
		client := startClient(t)
		server := client.host.AcceptsDeaf()
		for _, text := range numbered(20) {
			client.Types(text)
		}
		synctest.Wait() // until the first line waits
		server.Says("patience")
		client.Shows("From server: patience")
		time.Sleep(time.Minute)
		t.Note("the server has read nothing for a minute")
		server.Wakes()
		server.Hears(numbered(20)...)
		server.HearsNothing()
	})
}

// A server that is not there is an error that says so.
func TestPart4NoServer(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "When the server cannot be reached, Run returns an error that names the address.",
		Look:  (*chat.Client).Run,
		Think: "What does the dialer return then, and would a user know from it what to look at?",
	}, func(t *bubble.T) {
		before := t.Mark()
		host := chattest.NewHost(t)
		host.Leaves()
		client := chat.Client{In: strings.NewReader("hello\n"), Out: io.Discard, Dialer: host.Dialer()}
		err := client.Run(context.Background(), host.URL())
		require.ErrorContains(t, err, host.URL(), "nobody listens at %s", host.URL())
		t.NothingLeftSince(before)
	})
}

// Ctrl-C ends even the call.
func TestPart4CtrlCEndsTheCall(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Ctrl-C ends the client also while it still calls a server that does not answer.",
		Look:  (*chat.Client).Run,
		Think: "The dialer waits. How does it learn that ctx is done?",
	}, func(t *bubble.T) {
		ctx, ctrlC := context.WithCancel(context.Background())
		called := make(chan bool, 1)
		noAnswer := func(ctx context.Context, _, _ string) (net.Conn, error) {
			called <- true
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-time.After(time.Hour):
				return nil, errors.New("an hour without an answer")
			}
		}
		terminal := chattest.NewTerminal(t)
		client := chat.Client{In: terminal, Out: terminal, Dialer: &websocket.Dialer{NetDialContext: noAnswer}}
		terminal.Runs(func() error { return client.Run(ctx, "ws://127.0.0.1:0/") })
		select {
		case <-called:
		case <-time.After(time.Minute):
			t.Fatalf("the client should call the server with its Dialer, but does not")
		}
		t.Note("the client calls, and nobody answers. Ctrl-C is pressed")
		ctrlC()
		terminal.Result("Ctrl-C was pressed")
	})
}

// The end of the input is a goodbye.
func TestPart4TheEndOfInputIsAGoodbye(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "At the end of its input the client sends the lines that wait and what is left of the last one, says goodbye with close code 1000, and Run returns nil.",
		Look:  (*chat.Client).Run,
		Think: "How does the loop that sends learn that no more lines will come? What does the server see if you just hang up?",
	}, func(t *bubble.T) {
		before := t.Mark()
		client := startClient(t)
		server := client.host.AcceptsDeaf()
		for _, text := range numbered(20) {
			client.Types(text)
		}
		client.TypesKeys("bye")
		client.Ends(io.EOF)
		synctest.Wait() // the server is slow to read: lines still wait
		server.Wakes()
		server.Hears(numbered(20)...)
		server.Hears("bye")
		server.IsClosedWith(websocket.CloseNormalClosure)
		require.NoError(t, client.Result("the input ended"), "the end of the input is no error")
		client.host.Leaves()
		t.NothingLeftSince(before)
	})
}

// An input may be at its end before anything was typed.
func TestPart4AnEmptyInputIsAGoodbye(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "An input without a single line is a goodbye with close code 1000 too, and Run returns nil.",
		Look:  (*chat.Client).Run,
		Think: "Which of your goroutines may end before another one has begun?",
	}, func(t *bubble.T) {
		for range 20 {
			client := newVisit(t)
			client.Ends(io.EOF)
			client.calls(client.host.Dialer())
			server := client.host.Accepts()
			server.IsClosedWith(websocket.CloseNormalClosure)
			require.NoError(t, client.Result("the input ended"), "the end of the input is no error")
		}
	})
}

// Ctrl-C ends the visit at once.
func TestPart4CtrlCEndsTheVisit(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "When ctx is done (Ctrl-C), the client says goodbye with close code 1000 and Run returns nil, even if nobody types anything.",
		Look:  (*chat.Client).Run,
		Think: "Run waits for a line. What else could it wait for at the same time? (select)",
	}, func(t *bubble.T) {
		before := t.Mark()
		client := startClient(t)
		server := client.host.Accepts()
		server.Says("hello")
		client.Shows("From server: hello")
		synctest.Wait() // until nothing is left to do but to wait for a line
		pressed := t.Elapsed()
		client.ctrlC()
		server.IsClosedWith(websocket.CloseNormalClosure)
		require.Less(t, t.Elapsed()-pressed, time.Second, "Ctrl-C was pressed; the time until the goodbye came")
		require.NoError(t, client.Result("Ctrl-C was pressed"), "Ctrl-C is no error")
		client.Types("too late")
		client.Ends(io.EOF) // the terminal is gone: now the goroutine that reads it can end
		client.host.Leaves()
		t.NothingLeftSince(before)
	})
}

// Nobody needs to answer a goodbye.
func TestPart4AGoodbyeNeedsNoAnswer(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "The client ends and closes its connection also if the server reads its goodbye, never answers and talks on.",
		Look:  (*chat.Client).Run,
		Think: "You may wait for the server's answer. For how long, who reads it, and who closes the connection then?",
	}, func(t *bubble.T) {
		before := t.Mark()
		client := newVisit(t)
		var readers crowd
		client.calls(wrapped(client.host.Dialer(), func(conn net.Conn) net.Conn { return countsReaders{conn, &readers} }))
		server := client.host.AcceptsDeaf()
		server.NeverAnswers()
		var talk sync.WaitGroup
		talk.Go(func() { server.TalksUntilCutOff("blah", time.Second/2) })
		synctest.Wait() // until the client has its connection
		client.ctrlC()
		require.NoError(t, client.Result("Ctrl-C was pressed"), "Ctrl-C is no error")
		server.IsHungUpOn()
		talk.Wait()
		client.Ends(io.EOF)
		client.host.Leaves()
		t.NothingLeftSince(before)
		require.Equal(t, 1, readers.most(), "how many goroutines read the connection at the same time: gorilla allows one")
	})
}

// countsReaders is a connection that knows how many goroutines read it at the same time.
type countsReaders struct {
	net.Conn
	readers *crowd
}

func (c countsReaders) Read(p []byte) (int, error) {
	defer c.readers.enter()()
	return c.Conn.Read(p)
}

// Nobody needs to take a goodbye.
func TestPart4AGoodbyeThatNobodyTakes(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "The client ends and closes its connection also if the server takes nothing any more, not even the goodbye.",
		Look:  (*chat.Client).Run,
		Think: "The goodbye is a write, and a write may wait. For how long does yours?",
	}, func(t *bubble.T) {
		before := t.Mark()
		client := startClient(t)
		server := client.host.AcceptsDeaf()
		synctest.Wait() // until the client has its connection
		client.ctrlC()
		require.NoError(t, client.Result("Ctrl-C was pressed"), "Ctrl-C is no error")
		server.IsHungUpOn()
		client.Ends(io.EOF)
		client.host.Leaves()
		t.NothingLeftSince(before)
	})
}

// A server that goes away is an error, even while nobody types.
func TestPart4TheServerGoesAway(t *testing.T) {
	for _, way := range []struct {
		how  string
		goes func(*chattest.Peer)
	}{
		{"with a goodbye", func(server *chattest.Peer) { server.Closes(websocket.CloseGoingAway) }},
		{"with close code 1000", func(server *chattest.Peer) { server.Closes(websocket.CloseNormalClosure) }},
		{"with a goodbye without a close code", func(server *chattest.Peer) { server.Closes(websocket.CloseNoStatusReceived) }},
		{"without a goodbye", func(server *chattest.Peer) { server.Vanishes() }},
	} {
		t.Run(way.how, func(t *testing.T) {
			bubble.Run(t, bubble.Lesson{
				Rule:  "When the server goes away, Run returns an error at once, even if nobody types anything, and leaves nothing behind.",
				Look:  (*chat.Client).Run,
				Think: "One goroutine learns that the server is gone. How do the others? Can each of them end?",
			}, func(t *bubble.T) {
				before := t.Mark()
				client := startClient(t)
				server := client.host.Accepts()
				server.Says("bye")
				client.Shows("From server: bye")
				way.goes(server)
				require.Error(t, client.Result("the server went away "+way.how), "the server went away "+way.how+": Run should say so")
				server.IsHungUpOn()
				client.Types("is anybody there?")
				client.Ends(io.EOF) // the terminal is gone: now the goroutine that reads it can end
				client.host.Leaves()
				t.NothingLeftSince(before)
			})
		})
	}
}

// A server may go away while the client sends.
func TestPart4TheServerGoesAwayInTheMiddleOfALine(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "When the server goes away while a line is being sent, Run returns an error and leaves nothing behind.",
		Look:  (*chat.Client).Run,
		Think: "Two goroutines learn that the server is gone, in any order. Run returns once: does it know why, and can the other one end too?",
	}, func(t *bubble.T) {
		before := t.Mark()
		for _, later := range []time.Duration{0, time.Second} {
			client := newVisit(t)
			client.calls(wrapped(client.host.Dialer(), func(conn net.Conn) net.Conn { return lateReader{conn, later} }))
			server := client.host.AcceptsDeaf()
			client.Types("hello?")
			synctest.Wait() // until the client sends it
			t.Note("whoever reads the connection learns of its end %v later than whoever writes", later)
			server.Vanishes()
			require.Error(t, client.Result("the server went away"), "the server went away: Run should say so")
			client.Ends(io.EOF)
			client.host.Leaves()
			time.Sleep(later)
			t.NothingLeftSince(before)
		}
	})
}

// lateReader is a connection of which whoever reads learns the end later.
type lateReader struct {
	net.Conn
	later time.Duration
}

func (l lateReader) Read(p []byte) (int, error) {
	n, err := l.Conn.Read(p)
	if err != nil {
		time.Sleep(l.later)
	}
	return n, err
}

// wrapped lets a dialer wrap each connection.
func wrapped(dialer *websocket.Dialer, wrap func(net.Conn) net.Conn) *websocket.Dialer {
	call := dialer.NetDialContext
	dialer.NetDialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := call(ctx, network, addr)
		if err == nil {
			conn = wrap(conn)
		}
		return conn, err
	}
	return dialer
}

// Ctrl-C may come while the client sends.
func TestPart4CtrlCInTheMiddleOfALine(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "Ctrl-C ends the client also while a line is being sent that the server is slow to take, and Run returns nil.",
		Look:  (*chat.Client).Run,
		Think: "One goroutine is in the middle of a write. Which goroutine says goodbye, and may it do so now? (One at a time writes messages; WriteControl may be called beside it.)",
	}, func(t *bubble.T) {
		before := t.Mark()
		client := startClient(t)
		server := client.host.AcceptsDeaf()
		client.Types("hello?")
		synctest.Wait() // until the client sends it
		client.ctrlC()
		synctest.Wait()
		server.Wakes()
		require.NoError(t, client.Result("Ctrl-C was pressed"), "Ctrl-C is no error")
		server.Rest()
		client.Ends(io.EOF)
		client.host.Leaves()
		t.NothingLeftSince(before)
	})
}

// An input that fails is an error, not an end.
func TestPart4TheInputFails(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "When reading the input fails, the client says goodbye and Run returns the error.",
		Look:  (*chat.Client).Run,
		Think: "A loop over lines ends at the end of the input, and also when reading fails. Who tells the two apart?",
	}, func(t *bubble.T) {
		client := startClient(t)
		server := client.host.Accepts()
		client.Types("hello")
		broken := errors.New("the keyboard is broken")
		client.Ends(broken)
		server.Hears("hello")
		server.IsClosedWith(websocket.CloseNormalClosure)
		require.ErrorIs(t, client.Result("the input failed"), broken, "what Run returns")
	})
}

// Each line arrives as it was typed.
func TestPart4ALongLineArrivesWhole(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "A long line arrives whole, and as it was typed, while the next one is being read.",
		Look:  (*chat.Client).Run,
		Think: "Whose memory holds the line while it is being sent, and who may write there by then?",
	}, func(t *bubble.T) {
		client := startClient(t)
		server := client.host.Accepts()
		for i := range 20 {
			line := strings.Repeat(string(rune('a'+i)), 2500+100*i)
			client.Types(line)
			server.Hears(line)
		}
	})
}

// The input may end while the client still sends.
func TestPart4TheEndOfInputInTheMiddleOfALine(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "When the input ends while its last line is still being sent, the client says goodbye behind the line, however slow the server is to take it.",
		Look:  (*chat.Client).Run,
		Think: "The input is at its end. Is everything sent by then? Who knows, and who says goodbye?",
	}, func(t *bubble.T) {
		client := startClient(t)
		server := client.host.AcceptsDeaf()
		client.Types("my last line")
		client.Ends(io.EOF)
		time.Sleep(10 * time.Second)
		t.Note("the server has read nothing for ten seconds")
		server.Wakes()
		server.Hears("my last line")
		server.IsClosedWith(websocket.CloseNormalClosure)
		require.NoError(t, client.Result("the input ended"), "the end of the input is no error")
	})
}

// What the server has said before it goes is shown.
func TestPart4TheServersLastWords(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "When the server says something and goes away at once, the client prints all of it before Run returns, also on a slow screen.",
		Look:  (*chat.Client).Run,
		Think: "How many messages may wait to be printed when the connection ends? Who learns of the end first, and what becomes of the messages?",
	}, func(t *bubble.T) {
		visit := newVisit(t)
		client := chat.Client{In: visit, Out: slowScreen{visit}, Dialer: visit.host.Dialer()}
		visit.Runs(func() error { return client.Run(visit.ctx, visit.host.URL()) })
		server := visit.host.Accepts()
		for _, text := range numbered(20) {
			server.Says(text)
		}
		server.Closes(websocket.CloseGoingAway)
		for _, text := range numbered(20) {
			visit.Shows("From server: " + text)
		}
		require.Error(t, visit.Result("the server went away"), "the server went away: Run should say so")
	})
}

// A slowScreen takes a second for each piece that is written.
type slowScreen struct{ io.Writer }

func (s slowScreen) Write(p []byte) (int, error) {
	time.Sleep(time.Second)
	return s.Writer.Write(p)
}

// Ctrl-C may come at the moment when the server answers the call.
func TestPart4CtrlCAsTheServerAnswers(t *testing.T) {
	bubble.Run(t, bubble.Lesson{
		Rule:  "When Ctrl-C comes just as the server answers the call, the client closes the connection that it has now, and Run returns.",
		Look:  (*chat.Client).Run,
		Think: "The dialer has given you a connection, and ctx is done already. Who closes it on this way out?",
	}, func(t *bubble.T) {
		before := t.Mark()
		client := newVisit(t)
		ctrlC := sync.OnceFunc(client.ctrlC)
		client.calls(wrapped(client.host.Dialer(), func(conn net.Conn) net.Conn { return answered{conn, ctrlC} }))
		server := client.host.AcceptsDeaf()
		client.Result("Ctrl-C was pressed")
		server.IsHungUpOn()
		client.Ends(io.EOF)
		client.host.Leaves()
		t.NothingLeftSince(before)
	})
}

// answered is a connection that calls then as soon as the other end has answered.
type answered struct {
	net.Conn
	then func()
}

func (a answered) Read(p []byte) (int, error) {
	defer a.then()
	return a.Conn.Read(p)
}
