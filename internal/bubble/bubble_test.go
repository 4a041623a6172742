package bubble_test

import (
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestExplains runs the tests of testdata/broken, which all make a mistake, and
// reads their messages.
func TestExplains(t *testing.T) {
	// What this reads, `go test` watches: a change here is never answered from the cache.
	for _, pattern := range []string{"*.go", "testdata/broken/*.go"} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, file := range files {
			_, err := os.ReadFile(file)
			require.NoError(t, err)
		}
	}
	t.Setenv("LAB_LANG", "en")
	all := run("")
	endings := map[string]string{"TestZZCircle": run("TestZZCircle"), "TestZZCrowd": run("TestZZCrowd"), "TestZZExit": run("TestZZExit")}
	for test, says := range map[string][]string{
		"TestDeadlock":         {"deadlock: every goroutine waits", "broken.go:12  Deadlock  waits: chan receive"},
		"TestWaits":            {"sync.WaitGroup.Wait", "chan send", "select {}", "sync.Cond.Wait"},
		"TestLeak":             {"leak: 1 goroutine left behind", "broken.go:30  Leak  waits: chan send"},
		"TestSleeper":          {"leak: 1 goroutine left behind", "broken.go:36  Sleeper", "time.Sleep"},
		"TestMutex":            {"hang:", "waits for a mutex, and whoever holds it does not unlock it", "broken.go:43  Mutex  waits: sync.Mutex.Lock"},
		"TestBusy":             {"hang:", "a loop that neither ends nor waits", "Busy  is running"},
		"TestEmpty":            {"hang:", "ends.go:9  Empty  is running"},
		"TestFlood":            {"hang: what happens here is endless", "Flood  is running", "0s    again  (200000 times)"},
		"TestTogether":         {"0s    Ana hears \"hi\"\n            0s    Budi hears \"hi\"\n            0s    Citra hears \"hi\"\n"},
		"TestPanic":            {"panic: close of closed channel", "broken.go:59  Panic"},
		"TestRealGoexit":       {"runtime.Goexit does not return", "look at: away.go:6 Away"},
		"TestPanicInGo":        {"panic: close of closed channel", "broken.go:59  Panic"},
		"TestAssertion":        {"five should be 5", "expected: 5", "actual  : 6", "2s    slept", "look at: broken.go:69 Five", "think:   what would help?"},
		"TestLeakAfterFailure": {"only this"},
		"TestLateFailure":      {"five should be 5"},
		"TestLateRealFailure":  {"five should be 5"},
		"TestPart2FirstRed":    {"part 1 is done: all its 2 tests are green. This is part 2.", "the first of its part", "look at: broken.go:69 Five"},
		"TestPart2SecondRed":   {"the rule of it\n          the second of its part", "look at: broken.go Nowhere"},
		"TestPart3Red":         {"the rule of it\n          part 2 is not done", "look at: broken.go"},
		"TestRealLeak":         {"leak: 1 goroutine left behind", "broken.go:30  Leak  waits: chan send"},
		"TestZCrash":           {"panic: close of closed channel", "broken.go:59  Panic", "broken.go:64  Crash  (started that goroutine)"},
		"TestZZCircle":         {"fatal error: stack overflow\n        ends.go:", "ends.go:15  Circle\n", "ends.go:17  back\n"},
		"TestZZCrowd":          {"panic: more than 1024 MB of memory\n        ends.go:", "Crowd\n", "Which loop does the same again"},
		"TestZZExit":           {"with exit code 1", `it said: "the end"`, "ends.go:27  func Exit()"},
	} {
		t.Run(test, func(t *testing.T) {
			out := cmp.Or(endings[test], all)
			_, text, found := strings.Cut(out, "=== RUN   "+test+"\n")
			require.True(t, found, "it did not run:\n%s", out)
			text, _, _ = strings.Cut(text, "\n=== RUN")
			require.Contains(t, text, "--- FAIL: "+test)
			require.Contains(t, text, "the rule of it")
			for _, phrase := range says {
				require.Contains(t, text, phrase)
			}
			require.LessOrEqual(t, strings.Count(text, "\n"), 25, "too long for a screen:\n%s", text)
			require.NotRegexp(t, `\bbubble\.go:`, text, "a message shows the line of the test, not of the harness")
			require.NotContains(t, text, "goroutine 1 [")
			require.NotContains(t, text, "too late", "nobody may speak after the end of a test")
			if test == "TestLeakAfterFailure" {
				require.NotContains(t, text, "leak:", "what follows a failure is only its echo")
			}
		})
	}
	for _, test := range []string{"TestPass", "TestRealPass", "TestPart1Green", "TestPart1AlsoGreen"} {
		t.Run(test, func(t *testing.T) {
			require.Contains(t, all, "--- PASS: "+test, "later tests must run undisturbed")
		})
	}
}

// run runs the tests of testdata/broken whose names match; "": all.
func run(match string) string {
	out, _ := exec.Command("go", "test", "-count=1", "-v", "-vet=off", "-run="+match, "./testdata/broken").CombinedOutput()
	return string(out)
}
