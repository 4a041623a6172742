package class_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"asynclab/internal/class"
)

// An attack is an executor that does nothing right, and something to be counted as right all
// the same: trick, which is called by init, or by Spawn or Run.
type attack struct {
	name    string
	problem string // is named in the row
	code    string // imports and trick
	by      string // who calls it: "init", "New", "Spawn", "Run"
}

const nothingRight = `
// An Executor runs nothing.
type Executor struct{}

// A Spawner queues nothing.
type Spawner struct{}

func New() (*Executor, *Spawner) { NEW; return &Executor{}, &Spawner{} }

func (*Spawner) Spawn(func()) { SPAWN }
func (*Spawner) Close()       {}
func (*Executor) Run()        { RUN }
`

var attacks = []attack{
	// What it prints.
	{"prints that all passes", "prints what looks like the result of a test", `import "fmt"
		func trick() { for _, test := range []string{"TestSpawnRunsNothing", "TestSpawnNeverWaits"} { fmt.Printf("--- PASS: %s (0.00s)\n", test) } }`, "Run"},
	{"hides what it prints", "prints that tests pass which do not (TestSpawnRunsNothing)", `import ("fmt"; "strings")
		func trick() { fmt.Printf("\n%s PASS: TestSpawnRunsNothing (0.00s)\n", strings.Repeat("-", 3)) }`, "Run"},
	{"prints the marks of test2json", "prints what looks like the result of a test", `import "fmt"
		func trick() { fmt.Print("\n\x16--- PASS: TestSpawnRunsNothing (0.00s)\n\x16=== RUN   TestSpawnNeverWaits\n") }`, "Run"},
	{"prints JSON events", "prints what looks like the result of a test", "import \"fmt\"\n" +
		"func trick() { fmt.Println(`{\"Action\":\"pass\",\"Package\":\"asynclab/lab1_spawner\",\"Test\":\"TestSpawnRunsNothing\"}`) }", "Run"},
	{"guesses a record", "prints what looks like the result of a test", "import (\"fmt\"; \"os\")\n" +
		"func trick() { fmt.Fprintln(os.Stderr, \"\\x1e\" + ` {\"Test\":\"TestSpawnRunsNothing\",\"Result\":\"pass\"}`) }", "Run"},
	{"claims before the first test", "prints what looks like the result of a test", `import "fmt"
		var _, _ = fmt.Println("=== RUN   TestSpawnRunsNothing\n--- PASS: TestSpawnRunsNothing (0.00s)\nPASS")
		func trick() {}`, "Run"},
	{"closes what the tests write to", "executor.go", `import "os"
		func trick() { os.Stdout.Close(); os.Stderr.Close(); os.Exit(0) }`, "New"},
	{"puts another file in the place of stdout", "changes os.Stdout", `import "os"
		func trick() { os.Stdout = os.Stderr }`, "New"},

	// How it ends.
	{"exits with 0", "uses os.Exit", `import "os"
		func trick() { os.Exit(0) }`, "Run"},
	{"exits with 0 in init", "has a func init", `import "os"
		func trick() { os.Exit(0) }`, "init"},
	{"exits before any test, in a variable", "ended before the first test", `import "os"
		var _ = func() int { os.Exit(0); return 0 }()
		func trick() {}`, "Run"},
	{"exits a moment later", "uses os.Exit", `import ("os"; "time")
		func trick() { go func() { time.Sleep(0); os.Exit(0) }() }`, "New"},
	{"ends the test's goroutine", "uses runtime.Goexit", `import "runtime"
		func trick() { runtime.Goexit() }`, "Run"},
	{"ends the test's goroutine under another name", "uses runtime.Goexit", `import r "runtime"
		var leave = r.Goexit
		func trick() { leave() }`, "Spawn"},
	{"panics in init", "panic: here I am", `func trick() { panic("here I am") }`, "init"},
	{"eats memory", "more than 1024 MB of memory", `var all [][]byte
		func trick() { for { all = append(all, make([]byte, 64<<20)) } }`, "Run"},

	// Where it reaches.
	{"declares TestMain", "declares TestMain", `func TestMain() {}
		func trick() {}`, "Run"},
	{"imports testing", "imports testing", `import "testing"
		func trick() { if testing.Testing() { return } }`, "Run"},
	{"sets a flag of the tests", "imports flag", `import "flag"
		func trick() { flag.Set("test.run", "^$") }`, "init"},
	{"links to a name of the runtime", "has the directive //go:linkname", `import _ "unsafe"
		//go:linkname exit os.runtime_beforeExit
		func exit(int)
		func trick() { exit(0) }`, "Run"},
	{"embeds a file", "has the directive //go:embed", `import _ "embed"
		//go:embed executor_test.go
		var tests string
		func trick() {}`, "Run"},
	{"goes behind the types", "imports unsafe", `import "unsafe"
		func trick() { _ = unsafe.Pointer(nil) }`, "Run"},
	{"calls C", "imports C, which is C", `import "C"
		func trick() {}`, "Run"},
	{"reaches into the harness by reflection", "reaches into other code by reflection", `import ("os"; "reflect")
		func trick() { reflect.ValueOf(os.Stdout).Elem().Field(0) }`, "Run"},
	{"starts a process", "imports os/exec", `import "os/exec"
		func trick() { exec.Command("go", "version").Run() }`, "Run"},
	{"starts a process in another way", "uses os.StartProcess", `import "os"
		func trick() { os.StartProcess("/bin/true", nil, nil) }`, "Run"},
	{"becomes another program", "uses syscall.Exec", `import "syscall"
		func trick() { syscall.Exec("/bin/true", nil, nil) }`, "Run"},
	{"writes into the kit", "uses os.WriteFile", `import "os"
		func trick() { os.WriteFile("executor_test.go", nil, 0o666) }`, "init"},
	{"takes away what others have handed in", "uses os.RemoveAll", `import "os"
		func trick() { os.RemoveAll("../../student2") }`, "Run"},
	{"reads with a dot before it", "imports os with a dot", `import . "os"
		func trick() { ReadFile("../solutions/lab1_spawner/executor.go") }`, "Run"},
	{"reads the reference through a server", "uses net/http.Dir", `import "net/http"
		func trick() { http.Dir("../solutions").Open("lab1_spawner/executor.go") }`, "Run"},
	{"imports the reference", "imports the reference", `import _ "asynclab/solutions/lab3_chat"
		func trick() {}`, "Run"},
	{"imports the harness", "imports asynclab/internal/bubble", `import "asynclab/internal/bubble"
		func trick() { bubble.Tell(nil) }`, "Run"},
	{"reads the environment", "uses os.Getenv", `import "os"
		func trick() { _ = os.Getenv("ASYNCLAB_JUDGED") }`, "init"},
	{"looks who calls it", "uses runtime.Callers", `import "runtime"
		func trick() { runtime.Callers(0, make([]uintptr, 9)) }`, "Run"},
	{"looks at the name of the program", "uses os.Args", `import "os"
		func trick() { _ = os.Args[0] }`, "Run"},
	{"looks at the stack", "uses runtime/debug.Stack", `import "runtime/debug"
		func trick() { debug.Stack() }`, "Run"},
	{"makes another value of io.EOF", "changes io.EOF", `import "io"
		func trick() { io.EOF = nil }`, "init"},
	{"changes what len means", "declares len, which the tests use", `func len(any) int { return 50 }
		func trick() {}`, "Run"},
	{"uses what the tests declare", "uses witness, which belongs to the tests", `func (w *witness) Written() {}
		func trick() {}`, "Run"},
	{"hides from the race detector", "has the directive //go:norace", `//go:norace
		func trick() {}`, "Run"},
	{"names another file's lines", "names another file's lines", `//line executor_test.go:1
		func trick() {}`, "Run"},
}

// None of them earns a point, and each is named.
func TestAttacks(t *testing.T) {
	dir := t.TempDir()
	for _, a := range attacks {
		write(t, filepath.Join(dir, a.name, "executor.go"), a.source())
	}
	rows := grade(t, class.Options{Dir: dir, Labs: []string{"lab1_spawner"}})
	require.Len(t, rows, len(attacks))
	for _, a := range attacks {
		t.Run(a.name, func(t *testing.T) {
			row := find(t, rows, a.name, "lab1_spawner")
			require.Zero(t, row.Passed(), "%v", row.Problem)
			t.Log(text(row))
			require.NotEmpty(t, row.Tests, "what does not run still counts")
			require.Contains(t, text(row), a.problem)
		})
	}
}

// source is the attack's executor.go.
func (a attack) source() string {
	text := "package main\n\n" + a.code + "\n" + nothingRight
	if a.by == "init" {
		text += "\nfunc init() { trick() }\n"
	}
	for who, place := range map[string]string{"New": "NEW", "Spawn": "SPAWN", "Run": "RUN"} {
		call := ""
		if who == a.by {
			call = "trick()"
		}
		text = replace(text, place, call)
	}
	return text
}

// What stands beside the student's files counts for nothing: tests of one's own, a go.mod,
// the kit's own files changed; and a link leads nowhere.
func TestOnlyTheStudentsOwnFilesAreTaken(t *testing.T) {
	dir := t.TempDir()
	lab := filepath.Join(dir, "ana", "clone", "lab1_spawner")
	starter, err := os.ReadFile("../../lab1_spawner/executor.go")
	require.NoError(t, err)
	write(t, filepath.Join(lab, "executor.go"), string(starter))
	write(t, filepath.Join(lab, "executor_test.go"), "package main\n\nimport \"testing\"\n\nfunc TestSpawnRunsNothing(*testing.T) {}\n")
	write(t, filepath.Join(lab, "main_test.go"), "package main\n")
	write(t, filepath.Join(dir, "ana", "clone", "go.mod"), "module asynclab\n\nreplace asynclab/internal => ./mine\n")
	write(t, filepath.Join(dir, "ana", "clone", "solutions", "lab1_spawner", "executor.go"), "package main\n")
	solution, err := filepath.Abs("../../solutions/lab1_spawner/executor.go")
	require.NoError(t, err)
	write(t, filepath.Join(dir, "budi", "main.go"), "package main\n")
	if os.Symlink(solution, filepath.Join(dir, "budi", "executor.go")) != nil {
		t.Log("without a link: this system makes none")
	}
	rows := grade(t, class.Options{Dir: dir, Labs: []string{"lab1_spawner"}})
	ana, budi := find(t, rows, "ana", "lab1_spawner"), find(t, rows, "budi", "lab1_spawner")
	require.Zero(t, ana.Passed())
	require.Contains(t, text(ana), "not taken, the kit's own counts: executor_test.go, go.mod\nnot taken: main_test.go")
	require.Zero(t, budi.Passed())
	require.Contains(t, text(budi), "executor.go is")
}

// A value of package reflect that a helper file makes reaches no further in another file.
func TestReflectionIsSeenAcrossFiles(t *testing.T) {
	dir := t.TempDir()
	right, err := os.ReadFile("../../solutions/lab1_spawner/executor.go")
	require.NoError(t, err)
	write(t, filepath.Join(dir, "ana", "lab1_spawner", "executor.go"), string(right)+"\nfunc trick() { out.Elem().Field(0) }\n")
	write(t, filepath.Join(dir, "ana", "lab1_spawner", "helper.go"), "package main\n\nimport (\n\t\"os\"\n\t\"reflect\"\n)\n\nvar out = reflect.ValueOf(os.Stdout)\n")
	row := find(t, grade(t, class.Options{Dir: dir, Labs: []string{"lab1_spawner"}}), "ana", "lab1_spawner")
	require.Zero(t, row.Passed())
	require.Contains(t, text(row), "reaches into other code by reflection")
}
