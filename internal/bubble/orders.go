package bubble

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"asynclab/internal/explore"
	"asynclab/internal/say"
)

// A test that explores (explore.Run) runs in a copy of the lab's tests, whose files are
// rewritten. The parent process has it built while the child runs the first tests; the child
// learns by a line on its stdin where it is.

// copied is the copy: its program, or why there is none.
var copied struct{ Program, Sources, Problem string }

var isCopied = make(chan struct{})

// Late reports whether what some tests need is built only when one of them runs, and not
// beside the first ones: so the environment may ask, where most runs fail early.
func Late() bool { return os.Getenv("ASYNCLAB_BUILD") == "late" }

// A builder builds the copy, once, beside what else goes on.
type builder struct {
	once   sync.Once
	tell   io.Writer
	ctx    context.Context
	cancel context.CancelFunc
	ended  chan struct{}
}

func newBuilder(tell io.Writer) *builder {
	b := &builder{tell: tell, ended: make(chan struct{})}
	b.ctx, b.cancel = context.WithCancel(context.Background())
	if some, _ := filepath.Glob("*orders_test.go"); len(some) > 0 && !Late() {
		b.start()
	}
	return b
}

func (b *builder) start() { b.once.Do(func() { go b.build() }) }

func (b *builder) build() {
	defer close(b.ended)
	answer := copied
	to, err := os.MkdirTemp("", "asynclab-orders-")
	if err == nil {
		defer os.RemoveAll(to)
		answer.Sources = to
		answer.Program, err = copyInto(b.ctx, to)
	}
	if err != nil {
		answer.Problem = err.Error()
	}
	line, _ := json.Marshal(answer)
	b.tell.Write(append(line, '\n'))
	<-b.ctx.Done()
}

// stop ends the build and takes the copy away.
func (b *builder) stop() {
	b.cancel()
	b.once.Do(func() { close(b.ended) }) // if it has never begun
	<-b.ended
}

// tooLong is how long, in real time, a search may take, for code that never comes back.
const tooLong = time.Minute

// everyOrder has the copy run a test, and reports what that says.
func everyOrder(t *testing.T, lesson Lesson) {
	t.Helper()
	_, file, _, _ := runtime.Caller(2)
	outer := &T{T: t, lesson: lesson, dir: filepath.Dir(file), done: parts.before(t.Name()), explores: true, course: new(course), diary: new(diary), verdict: new(verdict), group: new(group)}
	announce(outer)
	defer func() { parts.count(t.Name(), t.Failed()) }()
	<-isCopied
	if copied.Problem != "" {
		t.Skip(say.In(fmt.Sprintf("not explored: %s", copied.Problem)))
	}
	kind, text := runCopy(t)
	switch kind {
	case "holds":
		t.Log(say.In(text))
	case "fails":
		again := fmt.Sprintf("\nagain:   go test -run %s ./%s", t.Name(), filepath.Base(outer.dir))
		outer.sayWrong(text + again)
	default:
		t.Skip(say.In(fmt.Sprintf("not explored: %s", text)))
	}
}

// runCopy runs one test of the copy.
func runCopy(t *testing.T) (kind, text string) {
	result := filepath.Join(t.TempDir(), "result")
	if tired() {
		return "", "an earlier search had no end"
	}
	if explorer == nil {
		if explorer = startCopy(); explorer == nil {
			return "", "the copy does not start"
		}
	}
	fmt.Fprintf(explorer.stdin, "%s\n%s\n", t.Name(), result)
	limit := time.After(patient(tooLong))
	for {
		select {
		case line, goesOn := <-explorer.lines:
			if said, err := os.ReadFile(result); err == nil {
				kind, text, _ = strings.Cut(string(said), "\n")
				return kind, text
			}
			if explorer.first == "" {
				explorer.first = strings.TrimSpace(line)
			}
			if !goesOn {
				return explorer.hasEnded()
			}
		case <-limit:
			endless.Add(1)
			explorer.cmd.Process.Kill()
			explorer = nil
			return "", "the search has no end"
		}
	}
}

// explorer is the copy, while it runs: a test after the other asks it.
var explorer *copyProcess

// A copyProcess is the copy as it runs.
type copyProcess struct {
	cmd   *exec.Cmd
	stdin io.WriteCloser
	lines chan string // that it prints; closed when it ends
	first string      // line, of those that the code under test has printed
}

func startCopy() *copyProcess {
	e := &copyProcess{cmd: exec.Command(copied.Program), lines: make(chan string)}
	e.cmd.Env = append(os.Environ(), explore.SourcesDir+"="+copied.Sources, "GOMAXPROCS=1") // one goroutine runs at a time
	e.stdin, _ = e.cmd.StdinPipe()
	stdout, err := e.cmd.StdoutPipe()
	e.cmd.Stderr = e.cmd.Stdout
	if err != nil || e.cmd.Start() != nil {
		return nil
	}
	go func() {
		defer close(e.lines)
		for lines := bufio.NewScanner(stdout); lines.Scan(); {
			e.lines <- lines.Text()
		}
	}()
	return e
}

// hasEnded is for a copy that has ended in the middle of a test.
func (e *copyProcess) hasEnded() (kind, text string) {
	explorer = nil
	if err := e.cmd.Wait(); err != nil {
		return "", fmt.Sprintf("%v: %s", err, e.first)
	}
	return "fails", theProgramHasEnded
}

// stopCopy ends the copy, if it runs.
func stopCopy() {
	if explorer != nil {
		explorer.stdin.Close()
		for range explorer.lines {
		}
		explorer.cmd.Wait()
	}
}
