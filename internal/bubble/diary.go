package bubble

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// A diary is what happened in a test, by its own clock.
type diary struct {
	mu     sync.Mutex
	start  time.Time
	events []Event
}

// An Event is one line of a diary.
type Event struct {
	At   time.Duration // since the test's body began
	What string
}

func (e Event) String() string { return e.line(4) }

func (e Event) clock() string { return e.At.Round(time.Millisecond).String() }

// line has the time in a column of this width.
func (e Event) line(width int) string { return fmt.Sprintf("%-*s  %s", width, e.clock(), e.What) }

func (d *diary) open() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.start = time.Now()
}

// tooMany is how many events no test has (ten thousand clients of lab 5 make some 100,000): what
// goes on behind them is a loop without end.
const tooMany = 200_000

// Note writes down what just happened. A failure of the test shows it.
func (d *diary) Note(format string, args ...any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.events) < tooMany {
		d.events = append(d.events, Event{time.Since(d.start), fmt.Sprintf(format, args...)})
	}
}

// Elapsed returns how much of the test's time has passed.
func (d *diary) Elapsed() time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	return time.Since(d.start)
}

// noted returns how much has been noted.
func (d *diary) noted() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.events)
}

// Events returns what has been noted so far, in order.
func (d *diary) Events() []Event {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]Event(nil), d.events...)
}

// calm returns the events with those who hear the same at the same moment in the order of their
// names: which of them comes first is luck, and a failure should read the same at every run.
func calm(events []Event) []Event {
	same := func(a, b Event) bool {
		_, one, hears := strings.Cut(a.What, " hears ")
		_, other, _ := strings.Cut(b.What, " hears ")
		return hears && one == other && a.At == b.At
	}
	for from := 0; from < len(events); {
		to := from + 1
		for to < len(events) && same(events[from], events[to]) {
			to++
		}
		slices.SortFunc(events[from:to], func(a, b Event) int { return strings.Compare(a.What, b.What) })
		from = to
	}
	return events
}

// Screen returns a writer that notes each line written to it. The line is noted
// at the moment when its first byte comes; several goroutines may write.
func (d *diary) Screen() *Screen { return &Screen{diary: d} }

// A Screen is a terminal with a memory: it knows which line came when.
type Screen struct {
	diary *diary
	mu    sync.Mutex
	rest  string // a line whose end is still to come
}

func (s *Screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	lines := strings.Split(s.rest+string(p), "\n")
	for _, line := range lines[:len(lines)-1] {
		s.diary.Note("%s", line)
	}
	s.rest = lines[len(lines)-1]
	return len(p), nil
}

// RequireEvents fails the test unless exactly these events happened, in this order.
func (t *T) RequireEvents(want ...Event) {
	t.Helper()
	got := t.Events()
	for i := range max(len(want), len(got)) {
		switch {
		case i >= len(got):
			t.Fatalf("expected: %s\ngot:      nothing more", want[i])
		case i >= len(want):
			t.Fatalf("expected: nothing more\ngot:      %s", got[i])
		case got[i] != want[i]:
			t.Fatalf("expected: %s\ngot:      %s", want[i], got[i])
		}
	}
}
