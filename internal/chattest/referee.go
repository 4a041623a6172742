package chattest

import (
	"log"
	"os"
	"regexp"
	"strings"
	"sync"
	"time"

	"asynclab/internal/bubble"
)

// A referee is a bubble.T that knows of panics in a server's handlers. Such a panic does
// not end the program: net/http catches it, logs it and goes on. Whatever fails then,
// it is the panic that the test must report.
type referee struct {
	*bubble.T
	*panics
}

type panics struct {
	mu    sync.Mutex
	first string
}

// newReferee listens to the log until the test is over.
func newReferee(t *bubble.T) referee {
	r := referee{t, new(panics)}
	log.SetOutput(r)
	t.Cleanup(func() { log.SetOutput(os.Stderr) })
	return r
}

var own = regexp.MustCompile(`(?m)^asynclab/(?:lab|solutions/).*\n\t.*/([^/\n]+\.go:\d+)`)

// Write takes a line of the log.
func (r referee) Write(line []byte) (int, error) {
	_, text, found := strings.Cut(string(line), "http: panic serving ")
	if !found {
		return os.Stderr.Write(line)
	}
	_, text, _ = strings.Cut(text, ": ") // who was served
	reason, stack, _ := strings.Cut(text, "\n")
	text = "panic: " + reason
	if place := own.FindStringSubmatch(stack); place != nil {
		text += "\n  " + place[1]
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.first == "" {
		r.first = text
	}
	return len(line), nil
}

// panicked returns the report of the first panic; "": there was none.
func (r referee) panicked() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.first
}

// Errorf is bubble's, unless there was a panic. That runs what is deferred, which closes
// a connection, before it is logged: it has a moment for it.
func (r referee) Errorf(format string, args ...any) {
	r.Helper()
	time.Sleep(time.Millisecond)
	if text := r.panicked(); text != "" {
		format, args = "%s", []any{text}
	}
	r.T.Errorf(format, args...)
}

// Fatalf is Errorf, and ends the test.
func (r referee) Fatalf(format string, args ...any) {
	r.Helper()
	r.Errorf(format, args...)
	r.FailNow()
}
