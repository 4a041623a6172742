package bubble

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"asynclab/internal/explore"
	"asynclab/internal/judge/record"
	"asynclab/internal/say"
)

// Main runs a package's tests so that even a crash becomes a message. Go ends a
// process when one of its goroutines panics, and no recover elsewhere can stop
// that; so the tests run in a child process, and what it prints when it crashes
// is shortened to the student's own lines. Use it as
//
//	func TestMain(m *testing.M) { bubble.Main(m) }
//
// Only `go test` gets the child process: a debugger finds the tests where it looks. Main
// calls each of begin before the tests and what these return after them, and ends the process.
func Main(m *testing.M, begin ...func() (end func())) {
	byGoTest := flag.Lookup("test.paniconexit0")
	flag.Parse()
	if os.Getenv(child) != "" || byGoTest == nil || byGoTest.Value.String() != "true" {
		if os.Getenv(child) != "" {
			explore.Elsewhere = everyOrder
			debug.SetMaxStack(mostOfAStack)
			go endWithParent(os.Stdin)
			os.Stdin, _ = os.Open(os.DevNull) // as go test has it
			go watchMemory()
		}
		var ends []func()
		for _, f := range begin {
			ends = append(ends, f())
		}
		code := m.Run()
		stopExploring()
		if os.Getenv(child) != "" {
			fmt.Fprintf(stderr, "%s{}\n", bookmark) // no test runs any more
			tell("", record.Over)
		}
		for _, end := range ends {
			end()
		}
		os.Exit(code)
	}
	os.Exit(parent())
}

// endWithParent ends this process when the parent is gone: only then stdin ends. Before that
// comes one line, on the copy of the tests that explores.
func endWithParent(stdin io.Reader) {
	lines := bufio.NewReader(stdin)
	if line, err := lines.ReadBytes('\n'); err == nil {
		json.Unmarshal(line, &copied)
		close(isCopied)
	}
	io.Copy(io.Discard, lines)
	os.Exit(1)
}

// child is the environment variable that tells the child process what it is.
const child = "ASYNCLAB_TESTS_RUN_HERE"

// stderr is the child's own: under go test -json, m.Run makes os.Stderr the same as os.Stdout.
var stderr = os.Stderr

// A bookmark is a line on the child's stderr by which the parent knows what runs.
const bookmark = "\x1ebubble "

type running struct {
	Test, Dir, Rule, Look, Think, Done string
	Explores                           bool   // it needs the copy that explores
	said                               string // the last line that came from it
}

func announce(t *T) {
	Tell(t.T)
	t.attributes()
	if os.Getenv(child) == "" {
		return
	}
	line, _ := json.Marshal(running{t.Name(), t.dir, t.lesson.Rule, t.lookAt(), t.lesson.Think, t.done, t.explores, ""})
	fmt.Fprintf(stderr, "%s%s\n", bookmark, line)
}

func parent() int {
	cmd := exec.Command(os.Args[0], os.Args[1:]...)
	cmd.Stdout = os.Stdout
	// The race detector waits a second at the end of each process: one such wait is enough.
	cmd.Env = append(os.Environ(), child+"=1", record.Variable+"="+order.Secret, "GORACE="+os.Getenv("GORACE")+" atexit_sleep_ms=0")
	stderr, err := cmd.StderrPipe()
	var stdin io.WriteCloser
	if err == nil {
		stdin, err = cmd.StdinPipe() // its end tells the child that we are gone
	}
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, say.In(fmt.Sprintf("cannot start the tests: %v", err)))
		return 1
	}
	builder := newBuilder(stdin)
	defer builder.stop()
	last, crash := relay(stderr, builder)
	code := 0
	if failed := new(exec.ExitError); errors.As(cmd.Wait(), &failed) {
		code = failed.ExitCode()
	}
	switch {
	case crash != "" && code == 2:
		fmt.Println(last.explainCrash(crash))
	case crash != "": // something that only begins like one
		io.WriteString(os.Stderr, crash)
	case code == -1:
		fmt.Fprintln(os.Stderr, say.In("something has ended the tests from outside"))
		return 1
	case last.Test != "":
		fmt.Println(last.explain(endedBy(code, last.said) + exits(last.Dir) + "\nThe tests after this one did not run."))
		return max(1, code)
	}
	return code
}

// relay passes on what the child writes, up to its crash, which it keeps.
func relay(stderr io.Reader, builder *builder) (last running, crash string) {
	var b strings.Builder
	lines := bufio.NewReaderSize(stderr, 1<<16)
	for {
		line, err := readLine(lines)
		before, text, isBookmark := strings.Cut(line, bookmark)
		switch {
		case isBookmark:
			io.WriteString(os.Stderr, before)
			last = running{}
			json.Unmarshal([]byte(text), &last)
			if last.Explores {
				builder.start()
			}
		case strings.HasPrefix(line, logged):
			last.said = strings.TrimPrefix(line, logged)
		case strings.HasPrefix(line, "runtime: goroutine stack exceeds"), strings.HasPrefix(line, "runtime: sp="):
			// "fatal error: stack overflow" comes next
		case b.Len() > mostOfACrash:
		case b.Len() > 0 || strings.HasPrefix(line, "panic: ") || strings.HasPrefix(line, "fatal error: "):
			b.WriteString(line)
		default:
			io.WriteString(os.Stderr, line)
			last.said = cmp.Or(strings.TrimSpace(line), last.said)
		}
		if err != nil {
			return last, b.String()
		}
	}
}

// mostOfAStack is how many bytes the calls of one goroutine may take: enough for a million of
// them. Up to Go's own limit, a function that calls itself for ever takes seconds.
const mostOfAStack = 1 << 27

// mostOfACrash is how much of a crash is kept: a million goroutines have a long story.
const mostOfACrash = 1 << 20

// readLine reads a line, or a part of one that is very long.
func readLine(r *bufio.Reader) (string, error) {
	line, err := r.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		err = nil
	}
	return string(line), err
}

// explainCrash shortens a crash to its first line, and to the place of the goroutine
// that did it: the student's, or that of code which has something from the student. Where
// nothing of a lab is in it, it shows it whole.
func (r running) explainCrash(crash string) string {
	if strings.HasPrefix(crash, "panic: test timed out") {
		return crash
	}
	goroutines := parse([]byte(crash[strings.Index(crash, "\n")+1:]))
	reason, _, _ := strings.Cut(crash, "\n")
	if strings.HasSuffix(reason, "of memory") { // whoever takes it is busy
		slices.SortStableFunc(goroutines, func(a, b goroutine) int { return cmp.Compare(b.busyIn(r.Dir), a.busyIn(r.Dir)) })
	}
	reason = strings.TrimSuffix(reason, " [recovered, repanicked]")
	for _, g := range goroutines {
		own, ok := g.own(r.Dir)
		if !ok {
			continue
		}
		if strings.HasSuffix(reason, "stack overflow") {
			return r.explain(reason + g.circle(r.Dir) + over)
		}
		place := "\n  " + own.place(r.Dir) + "  " + own.name()
		if slices.ContainsFunc(g.calls, func(c call) bool { return c.function == "sync.(*Cond).Wait" }) {
			place = fmt.Sprintf("%s  calls sync.Cond.Wait", place)
		}
		for _, c := range g.calls {
			if c.started && c.inside(r.Dir) && c != own {
				place += "\n  " + c.place(r.Dir) + "  " + c.name() + "  (started that goroutine)"
			}
		}
		return r.explain(reason + place + over)
	}
	for _, g := range goroutines {
		for _, c := range g.calls {
			if strings.HasPrefix(c.function, "asynclab/solutions/") && r.Test != "" {
				place := "\n  " + c.place(filepath.Dir(r.Dir)) + "  " + c.name()
				return r.explain(reason + place + "\nThis is no line of yours, but it uses what your code returned or set: is that nil?" + over)
			}
		}
	}
	return crash
}

const over = "\nThis ends the whole program, so the tests after this one did not run."

func (r running) explain(wrong string) string {
	t := &T{lesson: Lesson{Rule: r.Rule, Look: r.Look, Think: r.Think}, dir: r.Dir, done: r.Done, diary: new(diary)}
	return fmt.Sprintf("--- FAIL: %s\n    %s", r.Test, strings.ReplaceAll(t.report(wrong), "\n", "\n    "))
}
