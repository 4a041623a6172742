// Package record is what a lab's tests (package bubble) tell whoever judges an attempt
// (package judge): how each test went. What the attempt itself prints can look like
// anything; a record carries a secret, which is taken out of the environment before any
// test runs.
package record

import (
	"encoding/json"
	"strings"
)

// Variable is the environment variable that holds an Order.
const Variable = "ASYNCLAB_JUDGED"

// An Order tells the tests that they are judged.
type Order struct{ Secret string }

// A Record says how far a test, or a part of it, has come.
type Record struct {
	Test   string // its name; "": all of them
	Result string // Begin, and in the end Pass, Fail or Skip; or Over: no test runs any more
}

// The results.
const (
	Begin = "begin"
	Pass  = "pass"
	Fail  = "fail"
	Skip  = "skip"
	Over  = "over"
)

// mark begins a record; it may stand in the middle of a line.
const mark = "\x1e"

// Line is the line on stderr that tells of a record.
func (o Order) Line(r Record) string {
	text, _ := json.Marshal(r)
	return mark + o.Secret + " " + string(text) + "\n"
}

// Read finds a record in a line, and returns what stands before it.
func (o Order) Read(line string) (before string, r Record, ok bool) {
	before, text, ok := strings.Cut(line, mark+o.Secret+" ")
	ok = ok && o.Secret != "" && json.Unmarshal([]byte(text), &r) == nil
	if !ok {
		return line, Record{}, false
	}
	return before, r, true
}
