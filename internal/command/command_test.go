// The tests of the plumbing that the labs' programs share: they run the real programs, as
// a user does.
package command_test

import (
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"asynclab/internal/bubble"
	"asynclab/internal/program"
)

func TestMain(m *testing.M) {
	const solutions = "../../solutions/"
	bubble.Main(m, program.Of(solutions+"lab1_spawner", solutions+"lab2_concurrency", solutions+"lab3_chat/server", solutions+"lab3_chat/client"))
}

const greeting = "From server: Welcome to chat! Type a message"

// run builds the programs and runs body in real time.
func run(t *testing.T, rule string, body func(t *bubble.T, programs string)) {
	t.Helper()
	programs := program.Build(t)
	bubble.RunReal(t, bubble.Lesson{Rule: rule}, func(t *bubble.T) { body(t, programs) })
}

// serve starts a server on a free port, and returns it and its URL.
func serve(t *bubble.T, programs string) (server *program.Program, url string) {
	t.Helper()
	server, url, _ = serveAt(t, programs, "127.0.0.1:0")
	return server, url
}

// serveAt starts a server at addr, and returns it, its URL and that of its page.
func serveAt(t *bubble.T, programs, addr string) (server *program.Program, url, page string) {
	t.Helper()
	server = program.Start(t, programs, "server", "-addr", addr)
	line, _ := server.Line()
	url, ok := strings.CutPrefix(line, "listening on ")
	require.True(t, ok, "the first line of the server: %q", line)
	line, _ = server.Line()
	page, ok = strings.CutPrefix(line, "open ")
	require.True(t, ok, "the second line of the server: %q", line)
	return server, url, page
}

// join starts a client that has been greeted.
func join(t *bubble.T, programs, url string) *program.Program {
	t.Helper()
	client := program.Start(t, programs, "client", "-url", url)
	client.Prints(greeting)
	return client
}

// ends requires how a program ends, and that it prints nothing more.
func ends(t *bubble.T, p *program.Program, wantCode int, wantError string) {
	t.Helper()
	printed := p.All()
	code, text := p.Ends()
	require.Equal(t, wantError, text, "what it says on stderr")
	require.Equal(t, wantCode, code, "its exit code")
	require.Empty(t, printed, "what it prints")
}

// came requires the line that the server logs when a client comes, and went the other one.
func came(t *bubble.T, server *program.Program) { logs(t, server, " came") }
func went(t *bubble.T, server *program.Program) { logs(t, server, " went") }

func logs(t *bubble.T, server *program.Program, what string) {
	t.Helper()
	line, _ := server.Line()
	require.Regexp(t, `^\d\d:\d\d:\d\d 127\.0\.0\.1:\d+`+what+`$`, line, "a line of the server's log")
}

func TestHelp(t *testing.T) {
	run(t, "-h explains the program on stdout, and that is no error.", func(t *bubble.T, programs string) {
		for name, says := range map[string][]string{
			"server":           {"The server of the chat room. Ctrl-C stops it.\n\n", "\n  -h\t", "-addr host:port", `(default "127.0.0.1:2000")`},
			"client":           {"A client of the chat room", "\n  -h\t", "-url address", `(default "ws://127.0.0.1:2000")`},
			"lab1_spawner":     {"Spawns one task", "\n  -h\t"},
			"lab2_concurrency": {"Runs three tasks", "\n  -h\t", "-runs N"},
		} {
			for _, flag := range []string{"-h", "--help"} {
				p := program.Start(t, programs, name, flag)
				printed := p.All()
				for _, phrase := range says {
					require.Contains(t, printed, phrase, "the help of the %s", name)
				}
				ends(t, p, 0, "")
			}
		}
	})
}

func TestWrongFlags(t *testing.T) {
	run(t, "A mistake on the command line is one line on stderr and exit code 2.", func(t *bubble.T, programs string) {
		const (
			hostPort = "it should have the form host:port, such as 127.0.0.1:9000"
			address  = "it should have the form ws://host:port, such as ws://127.0.0.1:9000"
		)
		for _, c := range []struct{ command, says string }{
			{"server -port 2000", `flag provided but not defined: -port`},
			{"client -port 2000", `flag provided but not defined: -port`},
			{"lab1_spawner -runs 3", `flag provided but not defined: -runs`},
			{"lab2_concurrency -run 3", `flag provided but not defined: -run`},
			{"server 127.0.0.1:2000", `unexpected argument "127.0.0.1:2000"`},
			{"client ws://127.0.0.1:2000", `unexpected argument "ws://127.0.0.1:2000"`},
			{"lab1_spawner 3", `unexpected argument "3"`},
			{"lab2_concurrency -runs 3 4", `unexpected argument "4"`},
			{"lab2_concurrency -runs -1", `invalid value "-1" for flag -runs`},
			{"lab2_concurrency -runs many", `invalid value "many" for flag -runs`},
			{"lab2_concurrency -runs", `flag needs an argument: -runs`},

			{"server -addr 2000", `cannot listen on "2000": ` + hostPort},
			{"server -addr 127.0.0.1", `cannot listen on "127.0.0.1": ` + hostPort},
			{"server -addr 127.0.0.1:2000:8080", `cannot listen on "127.0.0.1:2000:8080": ` + hostPort},
			{"server -addr ws://127.0.0.1:2000", `cannot listen on "ws://127.0.0.1:2000": ` + hostPort},
			{"server -addr 127.0.0.1:", `cannot listen on "127.0.0.1:": the port should be a number from 0 to 65535`},
			{"server -addr 127.0.0.1:80800", `cannot listen on "127.0.0.1:80800": the port should be a number from 0 to 65535`},
			{"server -addr 127.0.0.1:http", `cannot listen on "127.0.0.1:http": the port should be a number from 0 to 65535`},

			{"client -url 127.0.0.1:2000", `cannot call "127.0.0.1:2000": ` + address},
			{"client -url localhost:2000", `cannot call "localhost:2000": ` + address},
			{"client -url 2000", `cannot call "2000": ` + address},
			{"client -url http://127.0.0.1:2000", `cannot call "http://127.0.0.1:2000": ` + address},
			{"client -url ws://", `cannot call "ws://": ` + address},
			{"client -url ws://:2000", `cannot call "ws://:2000": ` + address},
			{"client -url ws://127.0.0.1:2000:8080", `cannot call "ws://127.0.0.1:2000:8080": ` + address},
			{"client -url ws://127.0.0.1:two", `cannot call "ws://127.0.0.1:two": ` + address},
			{"client -url ws://127.0.0.1:", `cannot call "ws://127.0.0.1:": the port should be a number from 1 to 65535`},
			{"client -url ws://127.0.0.1:0", `cannot call "ws://127.0.0.1:0": the port should be a number from 1 to 65535`},
			{"client -url ws://127.0.0.1:80800", `cannot call "ws://127.0.0.1:80800": the port should be a number from 1 to 65535`},
		} {
			words := strings.Fields(c.command)
			ends(t, program.Start(t, programs, words[0], words[1:]...), 2, words[0]+": "+c.says+" (-h explains)")
		}
	})
}

func TestTheServerTakesAFreePort(t *testing.T) {
	run(t, "With -addr 127.0.0.1:0 the server prints the port that it got.", func(t *bubble.T, programs string) {
		_, url := serve(t, programs)
		require.Regexp(t, `^ws://127\.0\.0\.1:[1-9]\d*$`, url)
		join(t, programs, url)
	})
}

func TestTheServerSaysWhereItsPageIs(t *testing.T) {
	run(t, "A browser finds the room wherever the server says, by name too, and not by a name that nobody asked for.", func(t *bubble.T, programs string) {
		for addr, wants := range map[string]string{
			"127.0.0.1:0": `^http://127\.0\.0\.1:[1-9]\d*$`,
			"localhost:0": `^http://localhost:[1-9]\d*$`,
			"0.0.0.0:0":   `^http://[1-9][\d.]+:[1-9]\d*( or http://[1-9][\d.]+:[1-9]\d*)*$`,
			":0":          `^http://[1-9][\d.]+:[1-9]\d*( or http://[1-9][\d.]+:[1-9]\d*)*$`,
		} {
			_, _, pages := serveAt(t, programs, addr)
			require.Regexp(t, wants, pages, "where a browser opens what listens at %s", addr)
			for _, page := range strings.Split(pages, " or ") {
				require.Equal(t, http.StatusOK, status(t, page, ""), "the status of %s", page)
				require.Equal(t, http.StatusMisdirectedRequest, status(t, page, "evil.example"), "the status of evil.example at %s", page)
			}
		}
	})
}

// status is what the server answers to a browser that opens a page, and calls it so.
func status(t *bubble.T, page, host string) int {
	t.Helper()
	request, err := http.NewRequest("GET", page, nil)
	require.NoError(t, err)
	request.Host = host
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	response.Body.Close()
	return response.StatusCode
}

func TestATakenPort(t *testing.T) {
	run(t, "A port that is taken is one line on stderr and exit code 1.", func(t *bubble.T, programs string) {
		_, url := serve(t, programs)
		addr := strings.TrimPrefix(url, "ws://")
		ends(t, program.Start(t, programs, "server", "-addr", addr), 1, "server: cannot listen on "+addr+": another program listens there already")
	})
}

func TestNoServer(t *testing.T) {
	run(t, "A server that is not there is one line on stderr and exit code 1.", func(t *bubble.T, programs string) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		url := "ws://" + l.Addr().String()
		l.Close()
		client := program.Start(t, programs, "client", "-url", url)
		require.Empty(t, client.All())
		code, text := client.Ends()
		require.Regexp(t, `^client: cannot reach the server at `+url+`: dial tcp .*refused.*$`, text)
		require.NotContains(t, text, "\n")
		require.Equal(t, 1, code)
	})
}

func TestInputEnds(t *testing.T) {
	run(t, "At the end of its input a client leaves: exit code 0, and the server and the others stay.", func(t *bubble.T, programs string) {
		server, url := serve(t, programs)
		ana := join(t, programs, url)
		came(t, server)
		budi := join(t, programs, url)
		came(t, server)
		ana.EndInput()
		ends(t, ana, 0, "")
		went(t, server)
		budi.Types("is anybody here?")
		budi.Prints("From server: is anybody here?")
	})
}

func TestPipedInput(t *testing.T) {
	run(t, "echo hello | client: it prints what it has said before it ends.", func(t *bubble.T, programs string) {
		_, url := serve(t, programs)
		client := program.Start(t, programs, "client", "-url", url)
		client.Types("hello")
		client.EndInput()
		client.Prints(greeting)
		client.Prints("From server: hello")
		ends(t, client, 0, "")
	})
}

func TestCtrlCOnTheServer(t *testing.T) {
	needInterrupt(t)
	run(t, "Ctrl-C on the server: it ends with exit code 0, and its clients say that it is gone.", func(t *bubble.T, programs string) {
		server, url := serve(t, programs)
		var clients []*program.Program
		for range 3 {
			clients = append(clients, join(t, programs, url))
			came(t, server)
		}
		server.Interrupt()
		for _, client := range clients {
			ends(t, client, 1, "client: the server is gone: websocket: close 1001 (going away)")
			went(t, server)
		}
		ends(t, server, 0, "")
		_, err := net.Dial("tcp", strings.TrimPrefix(url, "ws://"))
		require.Error(t, err, "nobody listens any more")
	})
}

func TestCtrlCOnAnEmptyServer(t *testing.T) {
	needInterrupt(t)
	run(t, "Ctrl-C on a server without clients: it ends with exit code 0.", func(t *bubble.T, programs string) {
		server, _ := serve(t, programs)
		server.Interrupt()
		ends(t, server, 0, "")
	})
}

func TestCtrlCOnAClient(t *testing.T) {
	needInterrupt(t)
	run(t, "Ctrl-C on a client: it ends with exit code 0, and the server logs that it went.", func(t *bubble.T, programs string) {
		server, url := serve(t, programs)
		client := join(t, programs, url)
		came(t, server)
		client.Interrupt()
		ends(t, client, 0, "")
		went(t, server)
	})
}

// needInterrupt skips the test where a program cannot press another's Ctrl-C.
func needInterrupt(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no Ctrl-C from one program to another")
	}
}

func TestTheChart(t *testing.T) {
	run(t, "-runs 20 draws the orders of 20 runs.", func(t *bubble.T, programs string) {
		p := program.Start(t, programs, "lab2_concurrency", "-runs", "20")
		require.Regexp(t, `^20 runs, [1-6] of 6 possible orders:\n\n(  done\d? done\d? done\d? +\d+  #+\n){1,6}$`, p.All())
		ends(t, p, 0, "")
	})
}

func TestTheSpawner(t *testing.T) {
	run(t, "Without flags, lab 1 prints its three lines.", func(t *bubble.T, programs string) {
		p := program.Start(t, programs, "lab1_spawner")
		for _, word := range []string{"hey hey hey!", "howdy!", "done!"} {
			line, _ := p.Line()
			require.True(t, strings.HasSuffix(line, "'s Computer: "+word), "it prints %q", line)
		}
		ends(t, p, 0, "")
	})
}
