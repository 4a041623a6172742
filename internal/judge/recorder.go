package judge

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"asynclab/internal/judge/record"
)

// A recorder reads what a lab's tests write on stdout and stderr. How a test went it takes
// from the records alone; the rest, which can be
// anything, only says which message belongs to which test.
type recorder struct {
	order   record.Order // without a Secret: it is no test that runs
	rest    []byte       // of a line
	now     string       // the test that runs
	tests   []string
	output  map[string]*text
	problem text
	records []record.Record
	claimed []string // tests of which a line says that they pass
}

// mostOfALine is how much of a line without an end is read at once.
const mostOfALine = 1 << 16

// Write reads a part of the output.
func (r *recorder) Write(p []byte) (int, error) {
	r.rest = append(r.rest, p...)
	for {
		end := bytes.IndexByte(r.rest, '\n')
		switch {
		case end >= 0:
			r.line(string(r.rest[:end+1]))
			r.rest = r.rest[end+1:]
		case len(r.rest) >= mostOfALine:
			r.line(string(r.rest))
			r.rest = nil
		default:
			return len(p), nil
		}
	}
}

// end reads what has no end of line.
func (r *recorder) end() {
	r.line(string(r.rest))
	r.rest = nil
}

// frame is how package testing says where a test begins and ends.
var frame = regexp.MustCompile(`(=== (RUN|PAUSE|CONT|NAME|ATTR) +|--- (PASS|FAIL|SKIP): )(Test\w+)?(/\S+)?`)

func (r *recorder) line(line string) {
	if r.order.Secret == "" {
		r.problem.add(line)
		return
	}
	before, said, ok := r.order.Read(line)
	if ok {
		r.records = append(r.records, said)
	}
	if line = before; line == "" {
		return
	}
	line = strings.ReplaceAll(line, "\x16", "") // marks the frames for test2json
	found := frame.FindStringSubmatch(line)
	if found == nil {
		r.add(r.now, line)
		return
	}
	switch what, test, part := found[2]+found[3], found[4], found[5]; {
	case what == "RUN" && part == "":
		r.now = test
		r.see(test)
	case what == "PASS" && part == "":
		r.claimed = append(r.claimed, test)
		r.add(test, line)
		r.now = ""
	case what == "FAIL", what == "SKIP":
		r.add(test, line)
	}
}

func (r *recorder) see(test string) {
	if !slices.Contains(r.tests, test) && len(r.tests) < 1000 {
		r.tests = append(r.tests, test)
	}
}

func (r *recorder) add(test, line string) {
	if test == "" {
		r.problem.add(line)
		return
	}
	if r.output == nil {
		r.output = map[string]*text{}
	}
	if r.output[test] == nil {
		if len(r.output) > 1000 {
			return
		}
		r.output[test] = new(text)
	}
	r.output[test].add(line)
}

// verdict puts together what was read.
func (r *recorder) verdict() Verdict {
	v := Verdict{Built: true, Action: r.actions(), Output: map[string]string{}, Problem: r.problem.String(), Tests: r.tests}
	for test, said := range r.output {
		v.Output[test] = said.String()
	}
	v.whole = slices.Contains(r.records, record.Record{Result: record.Over})
	for _, test := range r.claimed {
		truly := slices.Contains(r.records, record.Record{Test: test, Result: record.Pass}) // though what came then spoilt it
		if v.Action[test] != "pass" && !truly && !slices.Contains(v.Claimed, test) {
			v.Claimed = append(v.Claimed, test)
		}
	}
	return v
}

// actions says how each test ended. A test may have parts, each with records of its own: one
// that fails or does not end spoils the whole, and after the last there must come another
// test, or the end of all.
func (r *recorder) actions() map[string]string {
	action, open := map[string]string{}, map[string]int{}
	last := ""
	for _, said := range r.records {
		test, _, _ := strings.Cut(said.Test, "/")
		if test != "" {
			r.see(test)
		}
		switch said.Result {
		case record.Begin:
			open[test]++
		case record.Pass, record.Fail, record.Skip:
			open[test]--
			if worse(said.Result, action[test]) {
				action[test] = said.Result
			}
		}
		last = test
	}
	for test, n := range open {
		if (n > 0 || test == last) && action[test] != record.Fail {
			delete(action, test)
		}
	}
	return action
}

// worse reports whether a part with this result spoils what a test had so far.
func worse(result, before string) bool {
	order := []string{"", record.Skip, record.Pass, record.Fail}
	return slices.Index(order, result) > slices.Index(order, before)
}

// A text keeps the beginning and the end of what is added, not more than fits on a few
// screens.
type text struct{ head, tail []byte }

const half = 4 << 10

func (t *text) add(line string) {
	if len(t.head) < half {
		t.head = append(t.head, line...)
		return
	}
	t.tail = append(t.tail, line...)
	if len(t.tail) > 4*half {
		t.tail = append([]byte("...\n"), t.tail[len(t.tail)-half:]...)
	}
}

func (t *text) String() string { return strings.ToValidUTF8(string(t.head)+string(t.tail), "\uFFFD") }
