package bank

const (
	server = "server/main.go"
	client = "client/main.go"

	listens = `"127.0.0.1:8080"`
	calls   = `"ws://127.0.0.1:8080"`
)

// lab4 is what people get wrong in lab 4.
var lab4 = []Wrong{
	// The server.
	{
		Mistake: "Only the client has to know the new port",
		File:    server,
		Change:  []string{listens, `"127.0.0.1:2000"`},
		Test:    "TestTheServerListensOn8080",
		Says:    `:2000`,
	},
	{
		Mistake: "0.0.0.0 is another name of this machine",
		File:    server,
		Change:  []string{listens, `"0.0.0.0:8080"`},
		Test:    "TestTheServerListensOn8080",
		Says:    "everybody on the network can reach it",
	},
	{
		Mistake: "A server's address is the port alone, as in every tutorial",
		File:    server,
		Change:  []string{listens, `":8080"`},
		Test:    "TestTheServerListensOn8080",
		Says:    "everybody on the network can reach it",
	},
	{
		Mistake: "A port needs no colon",
		File:    server,
		Change:  []string{listens, `"8080"`},
		Test:    "TestTheServerListensOn8080",
		Says:    `cannot listen on "8080": it should have the form host:port`,
	},
	{
		Mistake: "A server listens at a URL",
		File:    server,
		Change:  []string{listens, `"ws://127.0.0.1:8080"`},
		Test:    "TestTheServerListensOn8080",
		Says:    `cannot listen on "ws://127.0.0.1:8080": it should have the form host:port`,
	},
	{
		Mistake: "The last digit of the server's port is wrong (a typo)",
		File:    server,
		Change:  []string{listens, `"127.0.0.1:8081"`},
		Test:    "TestTheServerListensOn8080",
		Says:    "127.0.0.1:8081",
	},
	{
		Mistake: "[::1] is this machine too, so every client finds it",
		File:    server,
		Change:  []string{listens, `"[::1]:8080"`},
		Test:    "TestTheServerListensOn8080",
		Says:    "[::1]:8080",
	},
	{
		Mistake: "The server opens port 8080 by itself, beside the listener that it is given",
		File:    server,
		Change: []string{
			"import (", "import (\n\t\"context\"\n\t\"net\"",
			"server.Serve)", `func(ctx context.Context, _ net.Listener) error {
				l, err := net.Listen("tcp", "127.0.0.1:8080")
				if err != nil {
					return err
				}
				return server.Serve(ctx, l)
			})`,
		},
		Test: "TestTheServerListensOn8080",
		Says: "no chat answers there",
	},
	{
		Mistake: "A program of one's own needs no flags",
		File:    server,
		Instead: "server_without_flags.go",
		Test:    "TestFlagsStillOverride",
		Says:    "the server was told -addr 127.0.0.1:0, which is any free port, but listens on 127.0.0.1:8080",
	},
	{
		Mistake: "If a port is taken, any other will do",
		File:    server,
		Instead: "server_other_port.go",
		Test:    "TestATakenPort",
		Says:    "port 8080 is taken, but the server starts to work, and prints: listening on ws://127.0.0.1:",
	},
	{
		Mistake: "A panic is a good way to say that a port is taken",
		File:    server,
		Instead: "server_panics.go",
		Test:    "TestATakenPort",
		Says:    "the server should say in one line what is wrong, but says",
	},

	{
		Mistake: "The old port stays open, for those who have not heard of the new one",
		File:    server,
		Change: []string{
			"import (", "import (\n\t\"context\"\n\t\"net\"",
			"server.Serve)", `func(ctx context.Context, l net.Listener) error {
				if old, err := net.Listen("tcp", "127.0.0.1:2000"); err == nil {
					go server.Serve(ctx, old)
				}
				return server.Serve(ctx, l)
			})`,
		},
		Test: "TestTheServerListensOn8080",
		Says: "and on 127.0.0.1:2000 as well",
	},

	// The client.
	{
		Mistake: "Only the server has to know the new port",
		File:    client,
		Change:  []string{calls, `"ws://127.0.0.1:2000"`},
		Test:    "TestTheClientCalls8080",
		Says:    "cannot reach the server at ws://127.0.0.1:2000",
	},
	{
		Mistake: "One digit too many in the client (a typo)",
		File:    client,
		Change:  []string{calls, `"ws://127.0.0.1:80800"`},
		Test:    "TestTheClientCalls8080",
		Says:    "the port should be a number from 1 to 65535",
	},
	{
		Mistake: "A safe protocol is better, so it will work",
		File:    client,
		Change:  []string{calls, `"wss://127.0.0.1:8080"`},
		Test:    "TestTheClientCalls8080",
		Says:    "cannot reach the server at wss://127.0.0.1:8080",
	},
	{
		Mistake: "8080 is a port for web pages, so the protocol is HTTP",
		File:    client,
		Change:  []string{calls, `"http://127.0.0.1:8080"`},
		Test:    "TestTheClientCalls8080",
		Says:    `cannot call "http://127.0.0.1:8080": it should have the form ws://host:port`,
	},
	{
		Mistake: "The client's address has no scheme, as the server's has none",
		File:    client,
		Change:  []string{calls, `"127.0.0.1:8080"`},
		Test:    "TestTheClientCalls8080",
		Says:    `cannot call "127.0.0.1:8080": it should have the form ws://host:port`,
	},
	{
		Mistake: "The port stands in the client's address twice",
		File:    client,
		Change:  []string{calls, `"ws://127.0.0.1:2000:8080"`},
		Test:    "TestTheClientCalls8080",
		Says:    `cannot call "ws://127.0.0.1:2000:8080": it should have the form ws://host:port`,
	},
	{
		Mistake: "Without a port a client finds the server's by itself",
		File:    client,
		Change:  []string{calls, `"ws://127.0.0.1"`},
		Test:    "TestTheClientCalls8080",
		Says:    "cannot reach the server at ws://127.0.0.1: ",
	},
	{
		Mistake: "The client calls port 8080, whatever -url says",
		File:    client,
		Change: []string{
			"import (", "import (\n\t\"context\"",
			"client.Run)", `func(ctx context.Context, _ string) error {
				return client.Run(ctx, "ws://127.0.0.1:8080")
			})`,
		},
		Test: "TestFlagsStillOverride",
		Says: "where a server is, but says:",
	},
	{
		Mistake: "Who is not at the new port may still be at the old one",
		File:    client,
		Change: []string{
			"import (", "import (\n\t\"context\"",
			"client.Run)", `func(ctx context.Context, url string) error {
				err := client.Run(ctx, url)
				if err != nil && client.Run(ctx, "ws://127.0.0.1:2000") == nil {
					return nil
				}
				return err
			})`,
		},
		Test: "TestTheClientCalls8080",
		Says: "no server answers on port 8080, and the client calls 127.0.0.1:2000 instead",
	},
	{
		Mistake: "A client without a server tries again for ever",
		File:    client,
		Instead: "client_retries.go",
		Test:    "TestTheClientCalls8080",
		Says:    "no server listens on port 8080, but the client does not give up",
	},
	{
		Mistake: "A panic is a good way to say that no server is there",
		File:    client,
		Instead: "client_panics.go",
		Test:    "TestTheClientCalls8080",
		Says:    "the client should say in one line what is wrong, but says",
	},
	{
		Mistake: "Whoever has printed that no server is there may return from main",
		File:    client,
		Instead: "client_returns.go",
		Test:    "TestTheClientCalls8080",
		Says:    "the client should end with exit code 1, but ends with exit code 0",
	},
}
