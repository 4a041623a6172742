package proof

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"asynclab/internal/judge"
	"asynclab/internal/judge/bank"
)

// CheckAttempts proves the lab's tests both ways: each wrong attempt of the bank is caught
// by the test and the message that it names, and each folder in testdata/right, which holds
// another sound design of some of the lab's files, passes them all. A folder whose name
// begins with part1 holds an answer to part 1 alone, and passes the tests of that part; a
// solution may show one.
func CheckAttempts(t *testing.T) {
	if testing.Short() {
		t.Skip("-short runs the references and the starters alone")
	}
	l := find(t)
	program := filepath.Join(t.TempDir(), "reference.exe")
	if v, err := l.Judge(t.Context(), l.Reference(), judge.Options{BuildAlone: true, Program: program}); !v.Built {
		t.Fatalf("the reference does not compile, so no attempt can: %v\n%s", err, v.Problem)
	}
	t.Run("wrong", func(t *testing.T) {
		for _, w := range bank.Of(l.Name) {
			t.Run(w.Mistake, func(t *testing.T) {
				l.parallel(t)
				l.checkWrong(t, w, program)
			})
		}
	})
	t.Run("right", func(t *testing.T) {
		folders, _ := filepath.Glob("testdata/right/*")
		parts, _ := filepath.Glob("part[1-9]")
		folders = append(folders, parts...)
		for _, folder := range folders {
			t.Run(filepath.Base(folder), func(t *testing.T) {
				l.parallel(t)
				l.checkRight(t, folder)
			})
		}
	})
}

// parallel lets several attempts run at the same time, unless they need the same port.
func (l lab) parallel(t *testing.T) {
	if l.Name != "lab4_port8080" {
		t.Parallel()
	}
}

// checkWrong proves that a wrong attempt is caught. The program is the reference's tests.
func (l lab) checkWrong(t *testing.T, w bank.Wrong, program string) {
	files := l.Reference()
	target := filepath.Join(l.Folder, filepath.FromSlash(w.File))
	if !slices.Contains(l.Yours, filepath.FromSlash(w.File)) {
		t.Fatalf("%s is no file for the student", w.File)
	}
	files[target] = l.makeMistake(t, w, files[target])

	if w.Race && !canDetectRaces() {
		t.Skip("the race detector needs a C compiler")
	}
	// As a student runs it: the race detector would see some of them sooner, in other words.
	o := judge.Options{FailFast: true, Race: w.Race}
	switch {
	case l.Name == "lab4_port8080":
		o.Program = program // its tests hold nothing of a student's: they build the programs and start them
	case l.Name == "lab3_chat" && w.File != "hub.go":
		o.Skip = "EveryOrder" // they see the hub alone, and that is the reference's
	}
	v, err := l.Judge(t.Context(), files, o)
	if err != nil {
		t.Fatal(err)
	}
	test, text := v.FirstFailure()
	switch {
	case !v.Built:
		t.Fatalf("does not compile:\n%s", v.Problem)
	case test == "" && v.Skips():
		t.Skip("the lab's tests skip: ", v.Output[v.Tests[0]])
	case test == "":
		t.Fatalf("no test catches it")
	case test != w.Test:
		t.Fatalf("%s must catch it, but %s does, first:\n%s", w.Test, test, text)
	case !strings.Contains(text, w.Says):
		t.Fatalf("the message must say %q, but is:\n%s", w.Says, text)
	}
	checkMessage(t, text, w.Race)
}

// makeMistake writes the wrong version of a file and returns where it is.
func (l lab) makeMistake(t *testing.T, w bank.Wrong, reference string) string {
	t.Helper()
	from := reference
	if w.Instead != "" {
		if from = filepath.Join(l.Solution, "testdata", "wrong", w.Instead); len(w.Change) == 0 {
			return from
		}
	}
	text, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.ReplaceAll(string(text), "\r\n", "\n")
	for pair := range slices.Chunk(w.Change, 2) {
		if n := strings.Count(changed, pair[0]); n != 1 || len(pair) != 2 {
			t.Fatalf("this text must stand in %s exactly once, not %d times:\n%s", filepath.Base(from), n, pair[0])
		}
		changed = strings.Replace(changed, pair[0], pair[1], 1)
	}
	file := filepath.Join(t.TempDir(), filepath.Base(w.File))
	if err := os.WriteFile(file, []byte(changed), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

// checkMessage requires that a message fits on a screen, points into the student's files
// and does not show the harness.
func checkMessage(t *testing.T, text string, race bool) {
	t.Helper()
	if race {
		return // the race detector speaks for itself
	}
	if lines := strings.Count(strings.TrimSpace(text), "\n") + 1; lines > 25 {
		t.Errorf("the message has %d lines, more than fit on a screen:\n%s", lines, text)
	}
	if strings.Contains(text, "asynclab/internal/") || strings.Contains(text, "bubble.go:") || strings.Contains(text, " chan.go:") {
		t.Errorf("the message shows our own harness, or what stands behind it:\n%s", text)
	}
	if typedNumber.MatchString(text) {
		t.Errorf("the message shows numbers as Go types, such as int32(1):\n%s", text)
	}
	if !strings.Contains(text, "think:") || !strings.Contains(text, "look at:") && !studentsLine.MatchString(text) {
		t.Errorf("the message does not say where to look and what to think about:\n%s", text)
	}
}

// typedNumber is a number that a test has compared with one of another type.
var typedNumber = regexp.MustCompile(`\bu?int\d*\(-?\d+\)`)

// studentsLine is where a finding names a line: two blanks behind it is what stands there.
var studentsLine = regexp.MustCompile(`(?m)^\s+\S+\.go:\d+  `)

func (l lab) checkRight(t *testing.T, folder string) {
	files := l.Reference()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		relative, _ := filepath.Rel(folder, path)
		if _, ok := files[filepath.Join(l.Folder, relative)]; !ok {
			t.Errorf("%s takes the place of no file for the student", path)
		}
		if line, err := judge.FirstLine(path); err != nil || !strings.HasPrefix(line, "// Right: ") {
			t.Errorf("%s must begin with \"// Right: \" and a sentence on its design", path)
		}
		files[filepath.Join(l.Folder, relative)] = filepath.Join(l.Solution, path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var options judge.Options
	if part := partOf.FindStringSubmatch(filepath.Base(folder)); part != nil {
		options.Run = "^TestPart[1-" + part[1] + "]"
	}
	v := l.judge(t, files, options)
	for _, test := range v.Tests {
		if v.Action[test] != "pass" && v.Action[test] != "skip" {
			t.Errorf("a right attempt is refused:\n%s%s", v.Output[test], v.Problem)
		}
		if strings.Contains(v.Output[test], "not explored:") {
			t.Errorf("a right attempt is not explored:\n%s", v.Output[test])
		}
	}
	if !v.Built {
		t.Errorf("does not compile:\n%s", v.Problem)
	}
}

var partOf = regexp.MustCompile(`^part([1-9])`)

func canDetectRaces() bool {
	out, err := exec.Command("go", "env", "CGO_ENABLED", "CC").Output()
	enabled, compiler, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	if err != nil || strings.TrimSpace(enabled) != "1" {
		return false
	}
	_, err = exec.LookPath(strings.TrimSpace(compiler))
	return err == nil
}
