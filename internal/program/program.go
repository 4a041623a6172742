// Package program builds the labs' programs and runs them as a user would, at a
// terminal: it types lines, reads lines, and looks at the exit code.
package program

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"asynclab/internal/bubble"
	"asynclab/internal/say"
)

// patience is how long a program may take for anything. Only a failure takes so long.
const patience = 20 * time.Second

// What is built, once for a test package.
var build struct {
	sync.Once
	folders []string
	into    string
	fault   string // why there is nothing
}

// Of is what bubble.Main calls: the programs in these folders, relative to the test's own.
// They are built beside the first tests (where -run chooses some, when one of those needs
// them), and removed when all tests are over. Without any folders: ./server and ./client.
func Of(folders ...string) func() (end func()) {
	if len(folders) == 0 {
		folders = []string{"./server", "./client"}
	}
	build.folders = folders
	return func() func() {
		ctx, stop := context.WithCancel(context.Background())
		begin := func() { build.Do(func() { buildAll(ctx) }) }
		if flag.Lookup("test.run").Value.String() == "" && !bubble.Late() {
			go begin()
		}
		return func() {
			stop()
			build.Do(func() {}) // wait, if it has begun
			os.RemoveAll(build.into)
		}
	}
}

// buildAll builds the programs.
func buildAll(ctx context.Context) {
	var err error
	if build.into, err = os.MkdirTemp("", "asynclab"); err != nil {
		build.fault = err.Error()
		return
	}
	cmd := exec.CommandContext(ctx, "go", append([]string{"build", "-ldflags=-s -w", "-o", build.into + string(filepath.Separator)}, build.folders...)...)
	cmd.Env = append(os.Environ(), "GOGC=off") // a link is small and soon over
	if text, err := cmd.CombinedOutput(); err != nil {
		build.fault = fmt.Sprintf("the programs do not build:\n%s", text)
	}
}

// Build returns the folder where the built programs are.
func Build(t *testing.T) string {
	t.Helper()
	bubble.Tell(t)
	root := root(t)
	ReadSources(t, append(build.folders, ".", filepath.Join(root, "solutions", "lab3_chat"), filepath.Join(root, "internal"))...)
	build.Do(func() { buildAll(context.Background()) })
	if build.fault != "" {
		t.Fatal(say.In(build.fault))
	}
	return build.into
}

// root returns the path of the module's folder.
func root(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no folder above has a go.mod")
		}
		dir = filepath.Dir(dir)
	}
}

// ReadSources reads every Go file in folders and below. What a test reads, `go test`
// watches: a change there is never answered from its cache.
func ReadSources(t *testing.T, folders ...string) {
	t.Helper()
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err == nil && filepath.Ext(path) == ".go" {
				_, err = os.ReadFile(path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// NeedPort skips the test if another program listens at addr, and goes on doing so.
func NeedPort(t *testing.T, addr string) {
	t.Helper()
	var err error
	for range 50 { // perhaps it is another lab's test, and about to end
		var l net.Listener
		if l, err = net.Listen("tcp", addr); err == nil {
			l.Close()
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Skip(say.In(fmt.Sprintf("skipped: another program on this machine listens at %s, and this test needs that port (%v)", addr, err)))
}

// A Program is a running program.
type Program struct {
	t      *bubble.T
	name   string
	cmd    *exec.Cmd
	input  io.WriteCloser
	lines  chan string // what it prints; closed at the end
	errors bytes.Buffer
	killed chan struct{} // closed when nobody wants to know what it prints
	exited chan struct{}
}

// Start starts the program called name that Build has put into dir. It is killed when
// the test is over.
func Start(t *bubble.T, dir, name string, args ...string) *Program {
	t.Helper()
	file := filepath.Join(dir, name)
	if runtime.GOOS == "windows" {
		file += ".exe"
	}
	p := &Program{
		t: t, name: name, cmd: exec.Command(file, args...),
		lines: make(chan string, 1000), killed: make(chan struct{}), exited: make(chan struct{}),
	}
	p.cmd.Stderr = &p.errors
	p.input, _ = p.cmd.StdinPipe()
	output, _ := p.cmd.StdoutPipe()
	if err := p.cmd.Start(); err != nil {
		t.Fatalf("cannot start the %s: %v", name, err)
	}
	t.Note("$ %s", strings.Join(append([]string{name}, args...), " "))
	go func() {
		defer close(p.exited)
		p.read(output)
		io.Copy(io.Discard, output) // a program that waits for its reader would not end
		p.cmd.Wait()
	}()
	kill := sync.OnceFunc(func() {
		close(p.killed)
		p.cmd.Process.Kill()
		<-p.exited
	})
	t.AtEnd(kill)
	t.Cleanup(kill)
	return p
}

// read passes on each line that the program prints, until it ends or is killed.
func (p *Program) read(output io.Reader) {
	defer close(p.lines)
	lines := bufio.NewReaderSize(output, 1<<16)
	for {
		together, err := readTogether(lines)
		for _, line := range together {
			p.t.Note("%s prints: %s", p.name, line)
		}
		for _, line := range together {
			select {
			case p.lines <- line:
			case <-p.killed: // a chatterbox
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// readTogether reads the lines that come together: nobody should hear of the first alone.
func readTogether(r *bufio.Reader) (lines []string, err error) {
	for more := true; more && err == nil; {
		var line []byte
		if line, _, err = r.ReadLine(); err == nil {
			lines = append(lines, string(line))
		}
		rest, _ := r.Peek(r.Buffered())
		more = bytes.ContainsRune(rest, '\n')
	}
	return lines, err
}

// Line returns the next line that the program prints. If it ends instead, ok is false;
// if it does neither, the test fails.
func (p *Program) Line() (line string, ok bool) {
	p.t.Helper()
	select {
	case line, ok = <-p.lines:
		return line, ok
	case <-time.After(patience):
		p.t.Fatalf("the %s prints nothing and does not end", p.name)
		return "", false
	}
}

// Prints requires that the next line is this one.
func (p *Program) Prints(want string) {
	p.t.Helper()
	if line, ok := p.Line(); !ok {
		code, text := p.Ends()
		p.t.Fatalf("the %s should print: %s\nit ended with exit code %d: %s", p.name, want, code, text)
	} else if line != want {
		p.t.Fatalf("the %s should print: %s\nit prints:%s%s", p.name, want, strings.Repeat(" ", len(p.name)+8), line)
	}
}

// All returns everything that the program prints from here to its end.
func (p *Program) All() string {
	p.t.Helper()
	var b strings.Builder
	for line, ok := p.Line(); ok; line, ok = p.Line() {
		b.WriteString(line + "\n")
	}
	return b.String()
}

// Types types a line.
func (p *Program) Types(line string) {
	p.t.Note("somebody types: %s", line)
	fmt.Fprintln(p.input, line)
}

// EndInput is Ctrl-D (on Windows Ctrl-Z and Enter).
func (p *Program) EndInput() { p.input.Close() }

// Interrupt is Ctrl-C. Windows does not know it between programs.
func (p *Program) Interrupt() { p.cmd.Process.Signal(os.Interrupt) }

// Ends waits for the end of the program, and returns its exit code and what it wrote to
// stderr. If it does not end in time, the test fails.
func (p *Program) Ends() (code int, stderr string) {
	p.t.Helper()
	select {
	case <-p.exited:
		return p.cmd.ProcessState.ExitCode(), strings.TrimSpace(p.errors.String())
	case <-time.After(patience):
		p.t.Fatalf("the %s should end, but still runs", p.name)
		return 0, ""
	}
}
