package web_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"asynclab/internal/bubble"
)

// chromium is where a Chromium may be.
var chromium = []string{
	"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	`C:\Program Files\Google\Chrome\Application\chrome.exe`,
	`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
}

// A browser is a headless Chromium, driven over its DevTools protocol.
type browser struct {
	conn   *websocket.Conn
	last   int       // the number of the last request
	events []message // that nobody has asked for yet
}

// A message is a request, an answer or an event of the protocol.
type message struct {
	ID      int                       `json:"id,omitempty"`
	Session string                    `json:"sessionId,omitempty"`
	Method  string                    `json:"method,omitempty"`
	Params  any                       `json:"params,omitempty"`
	Result  json.RawMessage           `json:"result,omitempty"`
	Error   *struct{ Message string } `json:"error,omitempty"`
}

// one is the browser of all tests, and closeBrowser ends it.
var (
	one          = sync.OnceValues(start)
	closeBrowser = func() {}
)

func start() (*browser, error) {
	for _, name := range chromium {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		return startAt(path)
	}
	return nil, nil
}

func startAt(path string) (*browser, error) {
	dir, err := os.MkdirTemp("", "asynclab-browser")
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic",
		"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--host-resolver-rules=MAP evil.example 127.0.0.1", "--lang=en-US",
		"--remote-debugging-port=0", "--user-data-dir="+dir, "about:blank")
	stderr, _ := cmd.StderrPipe()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	closeBrowser = func() {
		cmd.Process.Kill()
		cmd.Wait()
		os.RemoveAll(dir)
	}
	var said strings.Builder
	for lines := bufio.NewScanner(stderr); lines.Scan(); {
		fmt.Fprintln(&said, lines.Text())
		if url, ok := strings.CutPrefix(lines.Text(), "DevTools listening on "); ok {
			go io.Copy(io.Discard, stderr)
			conn, _, err := websocket.DefaultDialer.Dial(url, nil)
			return &browser{conn: conn}, err
		}
	}
	return nil, fmt.Errorf("%s does not start:\n%s", path, &said)
}

// needBrowser returns the browser, or skips the test where there is none. Where
// NEED_BROWSER is set, as in CI, its absence is a failure.
func needBrowser(t *testing.T) *browser {
	t.Helper()
	b, err := one()
	switch {
	case err != nil:
		t.Fatal(err)
	case b == nil && os.Getenv("NEED_BROWSER") != "":
		t.Fatalf("no Chromium is installed: none of %q", chromium)
	case b == nil:
		t.Skipf("skipped: no Chromium is installed: none of %q", chromium)
	}
	return b
}

// patience is how long anything may take. Only a failure takes so long.
const patience = 40 * time.Second

// call asks the browser, or one of its tabs, for something, and decodes the answer into result.
func (b *browser) call(t *bubble.T, session, method string, params, result any) {
	t.Helper()
	b.last++
	if err := b.conn.WriteJSON(message{ID: b.last, Session: session, Method: method, Params: params}); err != nil {
		t.Fatalf("the browser is gone: %v", err)
	}
	for {
		m := b.read(t, method)
		if m.ID == 0 {
			b.events = append(b.events, m)
			continue
		}
		if m.Error != nil {
			t.Fatalf("%s: %s", method, m.Error.Message)
		}
		if result != nil {
			json.Unmarshal(m.Result, result)
		}
		return
	}
}

func (b *browser) read(t *bubble.T, why string) (m message) {
	t.Helper()
	b.conn.SetReadDeadline(time.Now().Add(patience))
	if err := b.conn.ReadJSON(&m); err != nil {
		t.Fatalf("%s: the browser does not answer: %v", why, err)
	}
	return m
}

// event waits until a tab has told of an event.
func (b *browser) event(t *bubble.T, session, method string) {
	t.Helper()
	for i := 0; ; i++ {
		for i == len(b.events) {
			b.events = append(b.events, b.read(t, method))
		}
		if m := b.events[i]; m.Session == session && m.Method == method {
			b.events = b.events[i+1:]
			return
		}
	}
}

// A tab is a page that somebody looks at.
type tab struct {
	t       *bubble.T
	browser *browser
	session string
}

type params = map[string]any

// open opens url in a new tab, in the browser's language, such as "id-ID".
func (b *browser) open(t *bubble.T, url, language string) *tab {
	t.Helper()
	var created struct{ TargetID, SessionID string }
	b.call(t, "", "Target.createTarget", params{"url": "about:blank"}, &created)
	b.call(t, "", "Target.attachToTarget", params{"targetId": created.TargetID, "flatten": true}, &created)
	p := &tab{t, b, created.SessionID}
	t.AtEnd(func() { b.call(t, "", "Target.closeTarget", params{"targetId": created.TargetID}, nil) })
	p.call("Emulation.setUserAgentOverride", params{"userAgent": "a browser under test", "acceptLanguage": language}, nil)
	p.call("Emulation.setFocusEmulationEnabled", params{"enabled": true}, nil) // each tab as if it were in front
	p.call("Page.enable", params{}, nil)
	p.call("Page.navigate", params{"url": url}, nil)
	b.event(t, p.session, "Page.loadEventFired")
	return p
}

func (p *tab) call(method string, params, result any) {
	p.t.Helper()
	p.browser.call(p.t, p.session, method, params, result)
}

// eval returns what a JavaScript expression gives; of a promise, what it becomes.
func (p *tab) eval(expression string) any {
	p.t.Helper()
	var answer struct {
		Result           struct{ Value any }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description, Value any }
		}
	}
	p.call("Runtime.evaluate", params{"expression": expression, "awaitPromise": true, "returnByValue": true}, &answer)
	if e := answer.ExceptionDetails; e != nil {
		p.t.Fatalf("%s\n%s %v %v", expression, e.Text, e.Exception.Description, e.Exception.Value)
	}
	return answer.Result.Value
}

// until waits until a JavaScript expression is true. It looks whenever the page changes.
func (p *tab) until(expression string) {
	p.t.Helper()
	p.eval(fmt.Sprintf(`new Promise((yes, no) => {
		const look = () => { if (%s) yes(); };
		new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
		setTimeout(() => no("is not true in time. The page shows:\n" + document.body.innerText + "\n" + box.value), 20_000);
		look();
	})`, expression))
}

// shows waits until the last message is text.
func (p *tab) shows(text string) {
	p.t.Helper()
	p.until(fmt.Sprintf(`log.lastChild?.textContent === %s`, quote(text)))
}

// isTold waits until the state of the connection has these words.
func (p *tab) isTold(text string) {
	p.t.Helper()
	p.until(fmt.Sprintf(`state.textContent.includes(%s)`, quote(text)))
}

// types types or pastes text where the focus is.
func (p *tab) types(text string) {
	p.t.Note("somebody types %.100q", text)
	p.call("Input.insertText", params{"text": text}, nil)
}

// presses presses a key.
func (p *tab) presses(key, text string, code int, modifiers int) {
	for _, kind := range []string{"keyDown", "keyUp"} {
		event := params{"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": modifiers}
		if kind == "keyDown" && text != "" {
			event["text"] = text
		}
		p.call("Input.dispatchKeyEvent", event, nil)
	}
}

// says types text and Enter.
func (p *tab) says(text string) {
	p.types(text)
	p.presses("Enter", "\r", 13, 0)
}

func quote(text string) string {
	b, _ := json.Marshal(text)
	return string(b)
}
