package chattest

import (
	"time"

	"asynclab/internal/bubble"
)

// A referee is a bubble.T that leaves the word to a panic in one of the server's handlers:
// what fails then follows from it.
type referee struct{ *bubble.T }

func newReferee(t *bubble.T) referee {
	t.CatchServerPanics()
	return referee{t}
}

// always has f run at the end of the test, also of one that has failed: whatever waits for
// it, be it the student's or ours, can then go home. It may run twice.
func always(t *bubble.T, f func()) {
	t.AtEnd(f)
	t.Cleanup(f)
}

// Errorf is bubble's. A panic first runs what is deferred, which closes a connection, and
// is found then: it has a moment for it.
func (r referee) Errorf(format string, args ...any) {
	r.Helper()
	time.Sleep(time.Millisecond)
	if !r.Failed() {
		r.T.Errorf(format, args...)
	}
}

// Fatalf is Errorf, and ends the test.
func (r referee) Fatalf(format string, args ...any) {
	r.Helper()
	r.Errorf(format, args...)
	r.FailNow()
}
