package bubble

import (
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
	"asynclab/internal/explore/rewrite"
	"asynclab/internal/say"
)

// A test that explores (explore.Run) runs in a copy of the lab's tests, whose files are
// rewritten. The parent process builds it while the child runs the first tests; the child
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
	if dir, err := os.Getwd(); err == nil && rewrite.Exists(dir) && !Late() {
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
		var c *rewrite.Copy
		dir, _ := os.Getwd()
		if c, err = rewrite.Build(b.ctx, dir, to); err == nil {
			answer.Program, answer.Sources = c.Program, c.Sources
		}
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
	ctx, cancel := context.WithTimeout(context.Background(), patient(tooLong))
	defer cancel()
	cmd := exec.CommandContext(ctx, copied.Program, "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), explore.ResultFile+"="+result, explore.SourcesDir+"="+copied.Sources)
	out, err := cmd.CombinedOutput()
	said, readErr := os.ReadFile(result)
	if ctx.Err() != nil {
		endless.Add(1)
	}
	switch {
	case readErr != nil && err == nil && !strings.Contains(string(out), "no tests to run"):
		return "fails", theProgramHasEnded
	case readErr != nil:
		why, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
		return "", fmt.Sprintf("%v: %s", err, why)
	}
	kind, text, _ = strings.Cut(string(said), "\n")
	return kind, text
}
