package bubble

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"asynclab/internal/judge/bank"
	"asynclab/internal/judge/record"
)

// order is what whoever judges this attempt has told the tests.
var order = takeOrder()

func takeOrder() record.Order {
	defer os.Unsetenv(record.Variable)
	return record.Order{Secret: os.Getenv(record.Variable)}
}

// Tell tells whoever judges that t begins, and in the end how it went. Run does it too; Tell
// is for what may fail or skip a test before that.
func Tell(t *testing.T) {
	tell(t.Name(), record.Begin)
	t.Cleanup(func() {
		switch {
		case t.Failed():
			tell(t.Name(), record.Fail)
		case t.Skipped():
			tell(t.Name(), record.Skip)
		default:
			tell(t.Name(), record.Pass)
		}
	})
}

func tell(test, result string) {
	if order.Secret != "" && os.Getenv(child) != "" {
		io.WriteString(stderr, order.Line(record.Record{Test: test, Result: result}))
	}
}

// hangs and endless count the tests and the searches that had no end so far.
var hangs, endless atomic.Int32

// patient is how long to wait for what may have no end. Where so many had none already, a fifth
// must do; and then a tenth for whoever judges a class, who has others to judge.
func patient(limit time.Duration, before int32) time.Duration {
	switch {
	case before == 0:
		return limit
	case before == 1 || order.Secret == "":
		return limit / 5
	default:
		return limit / 10
	}
}

// tired reports whether a search is not worth its time any more, since one had no end, and a
// test says so already or a class waits.
func tired() bool { return endless.Load() > 0 && (order.Secret != "" || hangs.Load() > 0) }

// attributes adds what go test -json and -v say of a test besides: its rule.
func (t *T) attributes() { t.Attr("rule", strings.Join(strings.Fields(t.lesson.Rule), " ")) }

// sayWrong lets the test fail with a report, and adds the mistakes of the bank that fit as
// attributes.
func (t *T) sayWrong(wrong string) {
	t.Helper()
	text := t.report(wrong)
	t.Error(text)
	test, _, _ := strings.Cut(t.Name(), "/")
	for _, w := range bank.Fit(filepath.Base(t.dir), test, text, func(string) (_, _ string) { return }) {
		t.Attr("misconception", w.Mistake)
	}
}

// mostMemory is what the tests of a lab may take, in bytes: eight times what any solution does
// under the race detector.
const mostMemory = 1 << 30

// watchMemory ends the tests when they take more: a loop without an end may start goroutines, or
// fill a queue, and the machine has more to do. It says where the goroutines are, as a panic does.
func watchMemory() {
	for memory() < mostMemory {
		time.Sleep(20 * time.Millisecond)
	}
	stacks := make([]byte, mostOfACrash)
	stacks = stacks[:runtime.Stack(stacks, true)]
	fmt.Fprintf(stderr, "panic: more than %d MB of memory\n\n%s\n", mostMemory>>20, stacks)
	os.Exit(2)
}

// memory is how many bytes this process has from the system.
func memory() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
