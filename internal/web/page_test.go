package web_test

import (
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"

	"asynclab/internal/bubble"
	"asynclab/internal/program"
	"asynclab/internal/web"
)

// The programs are those of lab 5: its chat is that of lab 3, with a number for each client.
func TestMain(m *testing.M) {
	programs := program.Of("../../solutions/lab5_client_ids/server", "../../solutions/lab5_client_ids/client")
	bubble.Main(m, programs, func() func() { return func() { closeBrowser() } })
}

// run runs body with a browser, in real time.
func run(t *testing.T, rule string, body func(t *bubble.T, b *browser)) {
	t.Helper()
	b := needBrowser(t)
	bubble.RunReal(t, bubble.Lesson{Rule: rule}, func(t *bubble.T) {
		t.LeaveLeaksToOthers()
		body(t, b)
	})
}

// serve starts the server of lab 5, and returns it and where it listens.
func serve(t *bubble.T, programs, addr string) (server *program.Program, at string) {
	t.Helper()
	server = program.Start(t, programs, "server", "-addr", addr)
	line, _ := server.Line()
	at, ok := strings.CutPrefix(line, "listening on ws://")
	require.True(t, ok, "the server's first line: %q", line)
	return server, at
}

const greeting = "Welcome to chat! Type a message"

// paint writes what the tab shows to a file.
func (p *tab) paint(file string) {
	p.call("Emulation.setDeviceMetricsOverride", params{"width": 800, "height": 380, "deviceScaleFactor": 1, "mobile": false}, nil)
	var shot struct{ Data []byte }
	p.call("Page.captureScreenshot", params{"format": "png"}, &shot)
	require.NoError(p.t, os.WriteFile(file, shot.Data, 0o644))
}

var picture = flag.String("picture", "", "write the picture of the labs' pages to this `file`")

func TestTwoTabsAndATerminal(t *testing.T) {
	programs := program.Build(t)
	addr := "127.0.0.1:0"
	if *picture != "" {
		addr = "127.0.0.1:8080"
	}
	run(t, "Two tabs and a terminal hear each other, and each client's number has a colour of its own.", func(t *bubble.T, b *browser) {
		require.Contains(t, program.Start(t, programs, "server", "-h").All(), ":8080", "the help of the server")
		_, at := serve(t, programs, addr)
		ana := b.open(t, "http://"+at, "en-US")
		ana.shows(greeting)
		ana.isTold("Connected")
		budi := b.open(t, "http://"+at, "en-US")
		budi.shows(greeting)
		citra := program.Start(t, programs, "client", "-url", "ws://"+at)
		citra.Prints("From server: " + greeting)

		everyoneHears := func(text string) {
			t.Helper()
			ana.shows(text)
			budi.shows(text)
			citra.Prints("From server: " + text)
		}
		ana.says("hello")
		everyoneHears("Client #1: hello")
		budi.says("hi Ana, who else is here?")
		everyoneHears("Client #2: hi Ana, who else is here?")
		citra.Types("me, from a terminal")
		everyoneHears("Client #3: me, from a terminal")
		colours := ana.eval(`[...document.querySelectorAll("b")].map(b => getComputedStyle(b).color + " " + b.textContent.trim())`)
		require.Len(t, colours, 3)
		seen := map[string]bool{}
		for i, colour := range colours.([]any) {
			colour, name, _ := strings.Cut(colour.(string), " Client ")
			require.Equal(t, fmt.Sprintf("#%d:", i+1), name)
			require.False(t, seen[colour], "the colour of number %d is another one's: %v", i+1, colours)
			seen[colour] = true
		}
		if *picture != "" {
			ana.types("welcome!")
			ana.paint(*picture)
		}
	})
}

func TestMarkupStaysText(t *testing.T) {
	programs := program.Build(t)
	run(t, "Whatever a message looks like, the page shows it as text.", func(t *bubble.T, b *browser) {
		_, at := serve(t, programs, "127.0.0.1:0")
		ana := b.open(t, "http://"+at, "en-US")
		ana.shows(greeting)
		for _, text := range []string{
			`<script>document.title = "owned"</script>`,
			`<img src=x onerror="document.title = 'owned'">`,
			`<b>bold</b> &amp; <a href="javascript:alert(1)">a link</a>`,
			`Client #7: <i>me</i>`,
			`</li></ol><h1>big</h1>`,
			`${1+1} {{1+1}} %s`,
		} {
			ana.says(text)
			ana.shows("Client #1: " + text)
		}
		require.Equal(t, 7*1.0, ana.eval(`log.querySelectorAll("bdi").length`), "one element for each message and the greeting")
		require.Equal(t, 0.0, ana.eval(`log.querySelectorAll(":not(li, b, bdi)").length`), "elements that a message has made")
		require.Equal(t, "Chat", ana.eval(`document.title`))
	})
}

func TestTheKeyboardAlone(t *testing.T) {
	programs := program.Build(t)
	run(t, "The page is used with the keyboard alone, and a screen reader finds the log, the box and the button by name.", func(t *bubble.T, b *browser) {
		_, at := serve(t, programs, "127.0.0.1:0")
		ana := b.open(t, "http://"+at, "en-US")
		ana.shows(greeting)
		ana.types("two")
		ana.presses("Enter", "\r", 13, 8) // Shift+Enter
		ana.says("lines")
		ana.isShown("Client #1: two lines") // lab 5 makes one of them
		ana.says("")
		ana.types("by button")
		ana.presses("Tab", "", 9, 0)
		ana.presses("Enter", "\r", 13, 0)
		ana.shows("Client #1: by button")
		ana.says("again in the box")
		ana.shows("Client #1: again in the box")
		require.Equal(t, 4.0, ana.eval(`log.children.length`), "what is in the log: the greeting, three messages and nothing empty")

		var tree struct {
			Nodes []struct {
				Role, Name struct{ Value string }
			}
		}
		ana.call("Accessibility.getFullAXTree", params{}, &tree)
		names := map[string]string{}
		for _, node := range tree.Nodes {
			names[node.Role.Value] = node.Name.Value
		}
		require.Equal(t, "Messages", names["log"])
		require.Equal(t, "Your message", names["textbox"])
		require.Equal(t, "Send", names["button"])
		require.Equal(t, "Chat", names["heading"])
	})
}

// isShown waits until a message is the last one, with its line breaks as blanks.
func (p *tab) isShown(text string) {
	p.t.Helper()
	p.until(fmt.Sprintf(`log.lastChild?.textContent.replace(/\s+/g, " ") === %s`, quote(text)))
}

func TestAServerThatStops(t *testing.T) {
	programs := program.Build(t)
	run(t, "When the server stops, the page says so, and is back in the room by itself when the server is.", func(t *bubble.T, b *browser) {
		server, at := serve(t, programs, "127.0.0.1:0")
		ana := b.open(t, "http://"+at, "en-US")
		ana.shows(greeting)
		if runtime.GOOS == "windows" { // which knows no Ctrl-C between programs
			t.Skip("skipped: Windows has no Ctrl-C from one program to another")
		}
		server.Interrupt()
		ana.until(`log.children[1]?.textContent === "The server has stopped (1001)."`)
		ana.types("not lost")
		ana.presses("Enter", "\r", 13, 0)
		server.Ends()
		serve(t, programs, at)
		ana.shows(greeting)
		ana.isTold("Connected")
		require.Equal(t, "not lost", ana.eval(`box.value`), "what was typed meanwhile")
		ana.presses("Enter", "\r", 13, 0)
		ana.shows("Client #1: not lost")
	})
}

func TestTooLongAMessage(t *testing.T) {
	programs := program.Build(t)
	run(t, "A message of 4,097 bytes is said to be too long, and is there to be shortened when the page is back.", func(t *bubble.T, b *browser) {
		_, at := serve(t, programs, "127.0.0.1:0")
		ana := b.open(t, "http://"+at, "en-US")
		ana.shows(greeting)
		ana.says(strings.Repeat("x", 4097))
		ana.until(`log.children[1]?.textContent.startsWith("Your message is too long, so the server has hung up (1009).")`)
		ana.shows(greeting)
		ana.presses("Backspace", "", 8, 0)
		ana.presses("Enter", "\r", 13, 0)
		ana.shows("Client #2: " + strings.Repeat("x", 4096))
	})
}

// fake is a room of the test's own: it hands over each connection.
func fake(t *bubble.T) (url string, visitors <-chan *websocket.Conn) {
	arrivals := make(chan *websocket.Conn, 10)
	server := httptest.NewUnstartedServer(nil)
	server.Config.Handler = web.Page(server.Listener.Addr(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := new(websocket.Upgrader).Upgrade(w, r, nil)
		if err != nil {
			t.Errorf("the page's handshake is wrong: %v", err)
			return
		}
		arrivals <- conn
	}))
	server.Start()
	t.AtEnd(server.Close)
	return server.URL, arrivals
}

func TestWhyAConnectionEnds(t *testing.T) {
	run(t, "The page says in words why its connection has ended, in the browser's language.", func(t *bubble.T, b *browser) {
		for language, words := range map[string]map[int]string{
			"en-US": {
				websocket.CloseGoingAway:         "The server has stopped (1001). Next try in 1 s.",
				websocket.CloseMessageTooBig:     "Your message is too long",
				websocket.CloseTryAgainLater:     "This page was too slow for the room (1013).",
				websocket.CloseInternalServerErr: "The connection has ended (1011).",
			},
			"id-ID": {
				websocket.CloseGoingAway:         "Server sudah berhenti (1001). Dicoba lagi dalam 1 detik.",
				websocket.CloseMessageTooBig:     "Pesanmu terlalu panjang",
				websocket.CloseTryAgainLater:     "Halaman ini terlalu lambat bagi ruangan (1013).",
				websocket.CloseInternalServerErr: "Sambungan berakhir (1011).",
			},
		} {
			url, visitors := fake(t)
			tab := b.open(t, url, language)
			for code, text := range words {
				conn := <-visitors
				conn.WriteMessage(websocket.TextMessage, []byte("hello"))
				tab.shows("hello")
				conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Time{})
				conn.Close()
				tab.isTold(text)
				tab.comesBack()
			}
			require.Equal(t, language[:2], tab.eval("document.documentElement.lang"))
		}
	})
}

// atTheEnd reports whether the page shows the last message.
func (p *tab) atTheEnd() bool {
	p.t.Helper()
	return p.eval(`Math.abs(view.scrollTop) < 2 && log.lastChild.getBoundingClientRect().bottom <= box.getBoundingClientRect().top`).(bool)
}

// comesBack lets the page try again now, as if the network had come back.
func (p *tab) comesBack() { p.eval(`dispatchEvent(new Event("online"))`) }

func TestPausesGrow(t *testing.T) {
	run(t, "A page that cannot reach the room tries again with growing pauses, and says so once.", func(t *bubble.T, b *browser) {
		refusing := true
		server := httptest.NewUnstartedServer(nil)
		server.Config.Handler = web.Page(server.Listener.Addr(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if refusing {
				http.Error(w, "not now", http.StatusServiceUnavailable)
			}
		}))
		server.Start()
		t.AtEnd(server.Close)
		tab := b.open(t, server.URL, "en-US")
		for _, seconds := range []int{1, 2, 4, 8, 16, 30, 30} {
			tab.isTold(fmt.Sprintf("The room cannot be reached. Next try in %d s.", seconds))
			tab.comesBack()
		}
		require.Equal(t, 1.0, tab.eval(`log.children.length`), "how often the log says it")
	})
}

func TestTenThousandMessages(t *testing.T) {
	run(t, "Ten thousand messages do not slow the page down: it keeps the last thousand, and one can go on talking.", func(t *bubble.T, b *browser) {
		url, visitors := fake(t)
		tab := b.open(t, url, "en-US")
		conn := <-visitors
		for i := range 10_000 {
			conn.WriteMessage(websocket.TextMessage, fmt.Appendf(nil, "Client #%d: message %d", i%40, i))
		}
		tab.shows("Client #39: message 9999")
		require.Equal(t, 1000.0, tab.eval(`log.children.length`))
		require.Equal(t, "Client #0: message 9000", tab.eval(`log.firstChild.textContent`))
		require.True(t, tab.atTheEnd(), "the page shows the last message")
		tab.says("still here")
		conn.SetReadDeadline(time.Now().Add(patience))
		_, text, err := conn.ReadMessage()
		require.NoError(t, err)
		require.Equal(t, "still here", string(text))

		tab.eval(`view.scrollTop = -1000`) // somebody reads further up
		place := tab.eval(`log.children[900].getBoundingClientRect().top`)
		conn.WriteMessage(websocket.TextMessage, []byte("and more"))
		tab.shows("and more")
		require.InDelta(t, place, tab.eval(`log.children[899].getBoundingClientRect().top`), 2, "who reads further up stays there")
	})
}

func TestSmallAndLarge(t *testing.T) {
	run(t, "From 320 pixels to a projector everything is in sight, in both languages, and nothing is wider than the page.", func(t *bubble.T, b *browser) {
		for _, language := range []string{"en-US", "id-ID"} {
			url, visitors := fake(t)
			tab := b.open(t, url, language)
			conn := <-visitors
			conn.WriteMessage(websocket.TextMessage, []byte(strings.Repeat("x", 4096)))
			conn.WriteMessage(websocket.TextMessage, []byte(strings.Repeat("wide 宽 ", 500)))
			conn.WriteMessage(websocket.TextMessage, []byte("last"))
			tab.shows("last")
			tab.types(strings.Repeat("a long message ", 100))
			for _, size := range [][2]int{{320, 480}, {320, 256}, {390, 844}, {1280, 720}, {1920, 1080}} {
				tab.call("Emulation.setDeviceMetricsOverride", params{"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size[0] < 500}, nil)
				tab.eval(`new Promise(yes => requestAnimationFrame(() => requestAnimationFrame(yes)))`)
				hidden := tab.eval(`[document.documentElement, title, place, state, view, box, send].filter(e => {
					const r = e.getBoundingClientRect();
					return r.left < 0 || r.top < 0 || r.right > innerWidth || r.bottom > innerHeight || r.width < 20 || r.height < 15 || e.scrollWidth > e.clientWidth + 1;
				}).map(e => [e.id || e.tagName, JSON.stringify(e.getBoundingClientRect()), e.scrollWidth, e.clientWidth]).join()`)
				require.Equal(t, "", hidden, "what is not in sight at %d × %d", size[0], size[1])
				require.True(t, tab.atTheEnd(), "the page shows the last message at %d × %d", size[0], size[1])
			}
		}
	})
}

func TestLightAndDark(t *testing.T) {
	run(t, "In light and dark, all text has a contrast of at least 4.5 (WCAG AA), each client's number too.", func(t *bubble.T, b *browser) {
		url, visitors := fake(t)
		tab := b.open(t, url, "en-US")
		conn := <-visitors
		for i := range 40 {
			conn.WriteMessage(websocket.TextMessage, fmt.Appendf(nil, "Client #%d: hello", i+1))
		}
		tab.shows("Client #40: hello")
		for _, scheme := range []string{"light", "dark"} {
			tab.call("Emulation.setEmulatedMedia", params{"features": []params{{"name": "prefers-color-scheme", "value": scheme}}}, nil)
			require.Equal(t, "", tab.eval(weak), "what is hard to read in %s", scheme)
		}
		conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseGoingAway, ""), time.Time{})
		tab.isTold("The server has stopped")
		for _, scheme := range []string{"light", "dark"} {
			tab.call("Emulation.setEmulatedMedia", params{"features": []params{{"name": "prefers-color-scheme", "value": scheme}}}, nil)
			require.Equal(t, "", tab.eval(weak), "what is hard to read in %s when the server has stopped", scheme)
		}
	})
}

// weak lists the texts of the page that have too little contrast with what is behind them.
const weak = `(() => {
	const pixel = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
	const luminance = colours => { // of colours one over the other
		pixel.clearRect(0, 0, 1, 1);
		for (const colour of colours) { pixel.fillStyle = colour; pixel.fillRect(0, 0, 1, 1); }
		const [r, g, b] = [...pixel.getImageData(0, 0, 1, 1).data].map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
		return .2126 * r + .7152 * g + .0722 * b;
	};
	return [title, place, state, box, ...log.querySelectorAll("b, bdi, .note")].filter(e => {
		const behind = [];
		for (let at = e; at; at = at.parentElement) behind.unshift(getComputedStyle(at).backgroundColor);
		const [a, b] = [luminance(behind), luminance([getComputedStyle(e).color])];
		return (Math.max(a, b) + .05) / (Math.min(a, b) + .05) < 4.5;
	}).map(e => e.id || e.textContent).join();
})()`

func TestThePolicyHolds(t *testing.T) {
	run(t, "The page's policy lets its own script run and no other, and its own server be called and no other.", func(t *bubble.T, b *browser) {
		url, _ := fake(t)
		tab := b.open(t, url, "en-US")
		tab.isTold("Connected") // its own script runs, and its own style is used:
		require.Equal(t, "flex", tab.eval(`getComputedStyle(document.body).display`))
		require.Equal(t, "TypeError", tab.eval(`try { log.innerHTML = "<b>hello</b>"; "" } catch (e) { e.name }`), "markup from a text")
		require.Equal(t, "refused", tab.eval(`new Promise(answer => {
			addEventListener("securitypolicyviolation", () => answer("refused"));
			new WebSocket("ws://evil.example/").onopen = () => answer("open");
		})`), "a call of another server")
	})
}

func TestAForeignName(t *testing.T) {
	run(t, "Who lets a name of its own point to this machine gets neither the page nor the room.", func(t *bubble.T, b *browser) {
		url, visitors := fake(t)
		url = strings.Replace(url, "127.0.0.1", "evil.example", 1) // which the browser finds at 127.0.0.1
		tab := b.open(t, url, "en-US")
		require.Equal(t, "Misdirected Request", tab.eval(`document.body.innerText.trim()`))
		require.Equal(t, "refused", tab.eval(`new Promise(answer => {
			const socket = new WebSocket(location.origin.replace("http", "ws"));
			socket.onopen = () => answer("open");
			socket.onerror = () => answer("refused");
		})`))
		require.Empty(t, visitors)
	})
}
