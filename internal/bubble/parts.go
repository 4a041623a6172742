package bubble

import (
	"flag"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// A lab may have parts: its tests are then called TestPart1..., TestPart2... and so on.
// tally counts how the tests of each part have ended.
type tally struct {
	mu    sync.Mutex
	ended map[int]map[string]bool // their names
	red   map[int]bool
}

var parts = tally{ended: map[int]map[string]bool{}, red: map[int]bool{}}

var partName = regexp.MustCompile(`^TestPart(\d+)`)

// partOf returns the part to which a test belongs; 0: none.
func partOf(test string) int {
	if m := partName.FindStringSubmatch(test); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return 0
}

// count notes how a test has ended. A test of several cases counts once.
func (p *tally) count(test string, failed bool) {
	name, _, _ := strings.Cut(test, "/")
	part := partOf(name)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended[part] == nil {
		p.ended[part] = map[string]bool{}
	}
	p.ended[part][name] = true
	p.red[part] = p.red[part] || failed
}

// before says which parts are done, for a test that would be the first of its part to
// fail; "" if that is not known, since only some of the tests were asked to run.
func (p *tally) before(test string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	n, sum := partOf(test), 0
	for part := 1; part < n; part++ {
		if p.red[part] || len(p.ended[part]) == 0 {
			return ""
		}
		sum += len(p.ended[part])
	}
	switch {
	case n < 2 || p.red[n] || given("test.run") || given("test.skip"):
		return ""
	case n == 2:
		return fmt.Sprintf("part 1 is done: all its %d tests are green. This is part 2.", sum)
	case n == 3:
		return fmt.Sprintf("parts 1 and 2 are done: all their %d tests are green. This is part 3.", sum)
	default:
		return fmt.Sprintf("parts 1 to %d are done: all their %d tests are green. This is part %d.", n-1, sum, n)
	}
}

// given reports whether go test was called with this flag.
func given(name string) bool {
	f := flag.Lookup(name)
	return f != nil && f.Value.String() != f.DefValue
}
