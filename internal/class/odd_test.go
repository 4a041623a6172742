package class_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"asynclab/internal/class"
)

// Everyone gets a row, whatever they handed in.
func TestOddHandins(t *testing.T) {
	dir := t.TempDir()
	solution := func(file string) string {
		text, err := os.ReadFile("../../solutions/lab1_spawner/" + file)
		require.NoError(t, err)
		return strings.ReplaceAll(string(text), "\r\n", "\n")
	}
	right, program := solution("executor.go"), solution("main.go")
	wide := make([]byte, 0, 2*len(right))
	for _, b := range []byte(right) {
		wide = append(wide, b, 0)
	}
	all := []struct {
		student, executor string
		passes            bool // all of the tests but that of main.go
		problem           string
	}{
		{"right", right, true, ""},
		{"dos", strings.ReplaceAll(right, "\n", "\r\n"), true, ""},
		{"bom", "\uFEFF" + right, true, ""},
		{"comma", strings.Replace(right, "append(s.queue.tasks, task)", "append(s.queue.tasks task)", 1), false, "does not compile: executor.go:43"},
		{"name", strings.Replace(right, "s.queue.closed = true", "s.queue.over = true", 1), false, "does not compile: executor.go:"},
		{"empty", "", false, "does not compile: executor.go:1"},
		{"words", "I did not find the time.\n", false, "does not compile: executor.go:1"},
		{"package", strings.Replace(right, "package main", "package executor", 1), false, "does not compile: found packages"},
		{"latin1", strings.Replace(right, "package main", "package main // \xe9t\xe9", 1), false, "does not compile: executor.go:3"},
		{"utf16", string(wide), false, "does not compile: executor.go:1"},
		{"zeros", string(make([]byte, 100)), false, "does not compile: executor.go:1"},
		{"long", right + strings.Repeat("// and so on\n", 1<<20), false, "executor.go has 14 MB, more than the 1 MB that is read"},
		{"folder", "", false, "nothing handed in"},
		{"nothing", "", false, "nothing handed in"},
		{"renamed", "", false, "no lab has a file of this name: executor (1).go, work.zip, my/hub.go.txt"},
		{"prints", strings.Replace(right, "defer s.queue.mu.Unlock()", "defer s.queue.mu.Unlock(); print(\"\\xff\\x00\\x1b[31m\")", 1), true, ""},
		{"import", strings.Replace(right, "import \"sync\"", "import (\"sync\"; _ \"golang.org/x/sync/errgroup\")", 1), false, "does not compile: executor.go:5:17: no required module provides package golang.org/x/sync/errgroup"},
	}
	for _, a := range all {
		switch a.student {
		case "folder":
			require.NoError(t, os.MkdirAll(filepath.Join(dir, a.student, "executor.go"), 0o777))
		case "nothing":
			require.NoError(t, os.MkdirAll(filepath.Join(dir, a.student), 0o777))
		case "renamed":
			for _, name := range []string{"executor (1).go", "my/hub.go.txt", "work.zip", "notes.txt"} {
				write(t, filepath.Join(dir, a.student, filepath.FromSlash(name)), right)
			}
		default:
			write(t, filepath.Join(dir, a.student, "executor.go"), a.executor)
			write(t, filepath.Join(dir, a.student, "main.go"), program)
		}
	}
	write(t, filepath.Join(dir, "archive.zip"), "PK")
	write(t, filepath.Join(dir, "half", "executor.go"), right)

	rows := grade(t, class.Options{Dir: dir, Labs: []string{"lab1_spawner"}})
	require.Len(t, rows, len(all)+2)
	for _, a := range all {
		t.Run(a.student, func(t *testing.T) {
			row := find(t, rows, a.student, "lab1_spawner")
			t.Log(text(row))
			if a.passes {
				require.Equal(t, len(row.Tests), row.Passed(), text(row))
				require.Empty(t, row.FirstFailure)
			} else {
				require.LessOrEqual(t, row.Passed(), 1, "main.go may be right")
			}
			require.NotEmpty(t, row.Tests)
			require.Contains(t, text(row), a.problem)
			require.False(t, a.problem == "" && len(row.Problem) > 0, text(row))
			require.NotContains(t, text(row), os.TempDir(), "where the kit works is nobody's business")
		})
	}
	require.Contains(t, text(find(t, rows, "archive.zip", "lab1_spawner")), "unpack it first")
	half := find(t, rows, "half", "lab1_spawner")
	require.Contains(t, text(half), "main.go is missing: the starter's is judged in its place")
	require.Equal(t, "TestTheProgram", half.FirstFailure)
	require.Empty(t, half.Misconception, "who has not handed in a file has misunderstood nothing in it")
}

// A file that a student has added to a lab's folder belongs to the student's answer, and is
// looked at as the others are.
func TestAnAddedFile(t *testing.T) {
	dir := t.TempDir()
	solution, err := os.ReadFile("../../solutions/lab1_spawner/executor.go")
	require.NoError(t, err)
	calls := strings.Replace(string(solution), "append(s.queue.tasks, task)", "with(s.queue.tasks, task)", 1)
	require.NotEqual(t, string(solution), calls)
	with := "package main\n\nfunc with(tasks []func(), task func()) []func() { return append(tasks, task) }\n"
	for student, helper := range map[string]string{
		"ana":  with,
		"budi": with + "\nfunc init() { recover() }\n",
		"dewi": strings.Replace(with, "main", `main; import _ "os/exec"`, 1),
	} {
		lab := filepath.Join(dir, student, "lab1_spawner")
		write(t, filepath.Join(lab, "executor.go"), calls)
		write(t, filepath.Join(lab, "util.go"), helper)
		write(t, filepath.Join(lab, "._util.go"), "\x00")
	}
	rows := grade(t, class.Options{Dir: dir, Labs: []string{"lab1_spawner"}})
	ana, budi, dewi := find(t, rows, "ana", "lab1_spawner"), find(t, rows, "budi", "lab1_spawner"), find(t, rows, "dewi", "lab1_spawner")
	require.Equal(t, len(ana.Tests)-1, ana.Passed(), text(ana)) // main.go is missing
	require.NotContains(t, text(ana), "util.go")
	require.Contains(t, text(budi), "util.go:5 has a func init")
	require.Contains(t, text(dewi), "not judged: util.go:1 imports os/exec")
}

// One that never ends is stopped, and says so.
func TestOneThatHangs(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "ana", "executor.go"), attack{code: "func trick() { for {} }", by: "init"}.source())
	row := grade(t, class.Options{Dir: dir, Labs: []string{"lab1_spawner"}, Timeout: 5 * time.Second})[0]
	require.Zero(t, row.Passed())
	require.Contains(t, text(row), "stopped: ")
	require.Contains(t, text(row), "after 5s")

	solution, err := os.ReadFile("../../solutions/lab1_spawner/executor.go")
	require.NoError(t, err)
	dir = t.TempDir()
	write(t, filepath.Join(dir, "ana", "executor.go"), string(solution))
	write(t, filepath.Join(dir, "budi", "executor.go"), strings.Replace(string(solution), "q.changed.Wait()", "for {}", 1))
	rows := grade(t, class.Options{Dir: dir, Labs: []string{"lab1_spawner"}})
	require.Len(t, find(t, rows, "budi", "lab1_spawner").Tests, len(find(t, rows, "ana", "lab1_spawner").Tests), "what could not be explored for that loop counts")
}

// The same files are judged once, whoever has handed them in and however they lie there.
func TestTheSameFilesAreJudgedOnce(t *testing.T) {
	dir := t.TempDir()
	starter, err := os.ReadFile("../../lab2_concurrency/executor.go")
	require.NoError(t, err)
	for _, place := range []string{"ana/executor.go", "budi/lab2_concurrency/executor.go", "citra/my/clone/lab2_concurrency/executor.go"} {
		write(t, filepath.Join(dir, filepath.FromSlash(place)), string(starter))
	}
	rows := grade(t, class.Options{Dir: dir})
	require.Len(t, rows, 3, "lab 2 is the only one of which something is there")
	for _, row := range rows {
		require.Equal(t, "lab2_concurrency", row.Lab)
		require.Contains(t, text(row), "as it was handed out")
		require.Empty(t, row.Misconception, "who has done nothing has not misunderstood it")
		require.Equal(t, rows[0].Seconds, row.Seconds, "it was judged once")
	}
}

// A shard is a part of the class, and merge makes the whole of it again.
func TestShards(t *testing.T) {
	dir := t.TempDir()
	for _, student := range []string{"ana", "budi", "citra", "dewi", "eka"} {
		write(t, filepath.Join(dir, student, "lab1_spawner", "executor.go"), "package main\n// "+student)
		write(t, filepath.Join(dir, student, "lab1_spawner", "main.go"), "package main\n")
	}
	for _, format := range class.Formats[1:3] {
		t.Run(format.Name, func(t *testing.T) {
			files := map[string][]byte{}
			students := 0
			for shard := range 3 {
				rows := grade(t, class.Options{Dir: dir, Shard: shard + 1, Shards: 3})
				students += len(rows)
				for i := range rows {
					rows[i].Seconds = 0
				}
				var b bytes.Buffer
				require.NoError(t, format.Write(&b, rows))
				files[string(rune('a'+shard))] = b.Bytes()
			}
			require.Equal(t, 5, students)
			var whole, merged bytes.Buffer
			rows := grade(t, class.Options{Dir: dir})
			for i := range rows {
				rows[i].Seconds = 0
			}
			require.NoError(t, format.Write(&whole, rows))
			require.NoError(t, class.Merge(&merged, files))
			require.Equal(t, whole.String(), merged.String())
		})
	}
}

// What is odd about a submission costs no more than it must, and is told.
func TestOddAndRight(t *testing.T) {
	dir := t.TempDir()
	read := func(file string) string {
		text, err := os.ReadFile("../../" + file)
		require.NoError(t, err)
		return strings.ReplaceAll(string(text), "\r\n", "\n")
	}
	right, program := read("solutions/lab1_spawner/executor.go"), read("solutions/lab1_spawner/main.go")
	appends := "append(s.queue.tasks, task)"
	with := "package main\n\nfunc with(tasks []func(), task func()) []func() { return append(tasks, task) }\n"
	for name, text := range map[string]string{
		"loose/executor.go":                   strings.Replace(right, appends, "with(s.queue.tasks, task)", 1),
		"loose/main.go":                       program,
		"loose/util.go":                       with,
		"loose/other.go":                      "package other\n",
		"leftover/lab1_spawner/executor.go":   right,
		"leftover/lab1_spawner/main.go":       program,
		"leftover/lab1_spawner/old.go":        right,
		"two/first/lab1_spawner/executor.go":  read("lab1_spawner/executor.go"),
		"two/second/lab1_spawner/executor.go": right,
		"one/executor.go":                     right + "\n// mine\n",
		"other/executor.go":                   right + "\n// mine\n",
		"crash/executor.go":                   strings.Replace(right, "closed = true", "closed = true\n\tif len(s.queue.tasks) == 4 {\n\t\tgo panic(\"four\")\n\t}", 1),
		"loop/executor.go":                    strings.Replace(right, "for {", "for {\n\t\tfor len(e.queue.tasks) < 0 {\n\t\t}\n\t\tfor {\n\t\t}", 1),
	} {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
	rows := grade(t, class.Options{Dir: dir, Labs: []string{"lab1"}})
	for student, problem := range map[string]string{
		"loose":    "not taken: other.go",
		"leftover": "not taken, since it does not compile with the rest: old.go",
		"two":      "there are two: first/lab1_spawner/executor.go is judged, second/lab1_spawner/executor.go is another version",
		"one":      "the same files as other",
		"other":    "the same files as one",
		"crash":    "ended early, in ",
		"loop":     "hang: after 3s of real time a goroutine still runs, in a loop that neither ends nor waits, in TestSpawnRunsNothing: executor.go:",
	} {
		require.Contains(t, text(find(t, rows, student, "lab1_spawner")), problem)
	}
	for _, student := range []string{"loose", "leftover"} {
		row := find(t, rows, student, "lab1_spawner")
		require.Equal(t, len(row.Tests), row.Passed(), text(row))
	}
	crash := find(t, rows, "crash", "lab1_spawner")
	require.Greater(t, crash.Passed(), len(crash.Tests)/2, "the tests after one that ends the program run in another: %s", text(crash))
}
