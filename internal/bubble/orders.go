package bubble

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
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

// copied is the copy: its program and the tests in it, or why there is none.
var copied struct {
	Program, Sources, Problem string
	Tests                     []string
}

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
		answer.Program, answer.Tests, err = copyInto(b.ctx, to)
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
	switch said := explored(t.Name()); said.kind {
	case "holds":
		t.Log(say.In(said.text))
	case "fails", "ends":
		if said.kind == "ends" {
			outer.explores = false // and what else there is to say does not come from it
			said.text += exits(outer.dir)
		}
		again := fmt.Sprintf("\nagain:   go test -run %s ./%s", t.Name(), filepath.Base(outer.dir))
		outer.sayWrong(said.text + again)
	default:
		t.Skip(say.In(fmt.Sprintf("not explored: %s", said.text)))
	}
}

// An answer of the copy on a test is "holds" or "fails", and what there is to tell; or "ends", if
// the copy has ended itself; or else why it is none of these.
type answer struct{ kind, text string }

// asked holds the tests that the copy has been asked for, and is not over with.
var asked = map[string]chan answer{}

// explored has the copy run a test, and the one that comes after it already.
func explored(test string) answer {
	ask(test)
	if next := slices.Index(copied.Tests, test) + 1; next < len(copied.Tests) {
		ask(copied.Tests[next])
	}
	defer delete(asked, test)
	return <-asked[test]
}

func ask(test string) {
	if asked[test] != nil {
		return
	}
	said := make(chan answer, 1)
	asked[test] = said
	go func() {
		e := <-explorers
		defer func() { explorers <- e }()
		said <- e.explore(test)
	}()
}

// explorers are those that have nothing to do.
var explorers = func() chan *explorer {
	all := make(chan *explorer, 2)
	all <- new(explorer)
	all <- new(explorer)
	return all
}()

// exploring goes on until there has been enough.
var exploring, enough = context.WithCancel(context.Background())

// An explorer runs the copy, in a process that it starts when it is needed: a test after the
// other asks it.
type explorer struct {
	cmd   *exec.Cmd // nil: it does not run
	stdin io.WriteCloser
	lines chan string // that it prints; closed when it ends
	// first and last are lines that the code under test has printed.
	first, last string
}

// explore runs one test.
func (e *explorer) explore(test string) answer {
	if tired() {
		return answer{"", "an earlier search had no end"}
	}
	if e.cmd == nil && !e.start() {
		return answer{"", "the copy does not start"}
	}
	result := filepath.Join(copied.Sources, test+".result")
	defer os.Remove(result)
	fmt.Fprintf(e.stdin, "%s\n%s\n", test, result)
	patience := patient(tooLong, hangs.Load()+endless.Load())
	if hangs.Load() > 0 { // then it may well be the same loop
		patience /= 4
	}
	limit := time.After(patience)
	for {
		select {
		case line, goesOn := <-e.lines:
			if said, err := os.ReadFile(result); err == nil {
				kind, text, _ := strings.Cut(string(said), "\n")
				return answer{kind, text}
			}
			if !goesOn {
				return e.hasEnded()
			}
			line = strings.TrimSpace(line)
			if e.last = cmp.Or(line, e.last); !strings.HasPrefix(line, "--- FAIL") { // else the reason comes next
				e.first = cmp.Or(e.first, line)
			}
		case <-limit:
			endless.Add(1)
			e.cmd.Process.Kill()
			*e = explorer{}
			return answer{"", "the search has no end"}
		}
	}
}

func (e *explorer) start() bool {
	*e = explorer{cmd: exec.CommandContext(exploring, copied.Program), lines: make(chan string)}
	e.cmd.Env = append(os.Environ(), explore.SourcesDir+"="+copied.Sources, "GOMAXPROCS=1") // one goroutine runs at a time
	e.stdin, _ = e.cmd.StdinPipe()
	stdout, err := e.cmd.StdoutPipe()
	e.cmd.Stderr = e.cmd.Stdout
	if err != nil || e.cmd.Start() != nil {
		e.cmd = nil
		return false
	}
	lines := e.lines
	go func() {
		defer close(lines)
		for all := bufio.NewScanner(stdout); all.Scan(); {
			lines <- all.Text()
		}
	}()
	return true
}

// hasEnded is for a copy that has ended in the middle of a test.
func (e *explorer) hasEnded() answer {
	err, first, last := e.cmd.Wait(), e.first, e.last
	code := e.cmd.ProcessState.ExitCode()
	*e = explorer{}
	if code == -1 || code == 2 { // a signal, or a crash
		return answer{"", fmt.Sprintf("%v: %s", err, first)}
	}
	return answer{"ends", endedBy(code, last)}
}

// stopExploring ends the copies, in the middle of what nobody waits for any more.
func stopExploring() {
	enough()
	for range cap(explorers) {
		if e := <-explorers; e.cmd != nil {
			for range e.lines {
			}
			e.cmd.Wait()
		}
	}
}
