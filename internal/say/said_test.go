package say

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// said returns all that the kit says to a student, line by line, and the file in which it
// stands: the sentences in the labs' tests and in the harness, and the texts of the command.
func said(t *testing.T) map[string]string {
	all := map[string]string{}
	for _, pattern := range []string{
		"../../lab*/*_test.go", "../bubble/*.go", "../chattest/*.go", "../explore/*.go", "../program/*.go", "../lab/main.go", "../lab/progress.go", "../lab/standing.go", "../lab/watch.go", "../lab/hint.go",
	} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, file := range files {
			if strings.HasPrefix(pattern, "../") && !strings.HasPrefix(pattern, "../../") && strings.HasSuffix(file, "_test.go") {
				continue
			}
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			tree, err := parser.ParseFile(token.NewFileSet(), file, text, parser.SkipObjectResolution)
			require.NoError(t, err)
			c := collector{all: all, file: file, onlyMarked: strings.HasPrefix(pattern, "../lab/")}
			ast.Walk(c, tree)
		}
	}
	return all
}

// A collector walks through a file and collects its sentences.
type collector struct {
	all        map[string]string
	file       string
	onlyMarked bool // only what goes through say.In, and what becomes an error
}

func (c collector) Visit(n ast.Node) ast.Visitor {
	switch n := n.(type) {
	case *ast.ImportSpec:
		return nil
	case *ast.Field:
		if n.Tag != nil {
			return nil
		}
	case *ast.CallExpr:
		name := called(n)
		if c.onlyMarked {
			if name == "In" || name == "usagef" {
				c.add(n.Args[0])
			}
			return c
		}
		if name == "T.require" || name == "RequireEqual" { // the values that are compared come first
			for _, arg := range n.Args[min(2, len(n.Args)):] {
				ast.Walk(c, arg)
			}
			return nil
		}
		if data[name] {
			for _, arg := range n.Args {
				if _, ok := arg.(*ast.FuncLit); ok {
					ast.Walk(c, arg)
				}
			}
			ast.Walk(c, n.Fun)
			return nil
		}
	case *ast.BinaryExpr:
		if text, ok := joined(n); ok && !c.onlyMarked {
			c.sentence(text)
			return nil
		}
	case *ast.CompositeLit:
		if list, ok := n.Type.(*ast.ArrayType); ok && c.onlyMarked && fmt.Sprint(list.Elt) == "command" {
			for _, command := range n.Elts {
				c.add(command.(*ast.CompositeLit).Elts[2]) // what it is about
			}
		}
	case *ast.BasicLit:
		if text, ok := joined(n); ok && !c.onlyMarked {
			c.sentence(text)
		}
	}
	return c
}

func (c collector) add(e ast.Expr) {
	if text, ok := joined(e); ok {
		c.line(text)
	}
}

// joined returns the text of a string literal, or of several that are added.
func joined(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			text, err := strconv.Unquote(e.Value)
			return text, err == nil
		}
	case *ast.BinaryExpr:
		a, ok := joined(e.X)
		b, ok2 := joined(e.Y)
		return a + b, ok && ok2
	}
	return "", false
}

// words is what a sentence has and a name has not.
var words = regexp.MustCompile(`[A-Za-z%]{2,},? [a-zA-Z%]+`)

func (c collector) sentence(text string) {
	if words.MatchString(text) {
		c.line(text)
	}
}

func (c collector) line(text string) {
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); strings.ContainsFunc(verb.ReplaceAllString(line, ""), func(r rune) bool { return r > '@' }) {
			c.all[line] = c.file
		}
	}
}

// called names what is called: its last name; T.require is a function of package require.
func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok && x.Name == "require" {
			return "T.require"
		}
		return f.Sel.Name
	}
	return ""
}

// data names the functions whose arguments are no sentences of ours.
var data = map[string]bool{}

func init() {
	for name := range strings.FieldsSeq(`Says Types TypesKeys Hears EveryoneHears Sends SendsRaw Prints Shows Contains HasPrefix HasSuffix
		CutPrefix CutSuffix TrimPrefix TrimSuffix MustCompile Cut Split SplitSeq Getenv`) {
		data[name] = true
	}
}

// notSaid is what looks like a sentence and is none of ours: data, and what is only compared.
var notSaid = map[string]bool{}

func init() {
	for line := range strings.Lines(`%s at %v
: Run should say so
synctest channel
selamat pagi 👋
this is number %d
number %d again
Leave again
Close again
%s (signed by number %d)
From server: me
and on
to nobody
%d %ses
%d %ss
limit %d
's Computer: hey hey hey!
/name Ana
Client #1: I am Ana
Run, New, Spawn, Run
Spawn, Spawn, Spawn, Close
Client #1: one, Client #1: two
Client #2: one, Client #2: two
From server:
Spawn, Close
Spawn, Spawn, Close
Spawn, Spawn
Join, Broadcast
Join, Leave
Leave, Join
Join, Join, Leave
hear, Join
Messages again
Leave, Broadcast
Broadcast, Join
Broadcast, Leave
Close, Join, Broadcast
[one two]
unknown
Broadcast, Broadcast
Broadcast, Broadcast, Join
[one three two]
[two one]
Welcome to chat! Type a message
a long task
a short task
task of %ds
the only task
no ink left
no paper left
with spaces
no folder above has a go.mod
chan receive
chan send
select (no cases)
close of closed channel
send on closed channel
concurrent map
concurrent write to websocket
repeated read on failed
negative WaitGroup
nil channel
out of range
nil map
nil pointer
stack overflow
of memory
still runs
goes on
itself has locked it
are you there?
the program has ended
unlock of unlocked
fatal error:
data race:
sync: RUnlock of unlocked RWMutex
sync: Unlock of unlocked RWMutex
sync: negative WaitGroup counter
sync: WaitGroup is reused before previous Wait has returned
sync: unlock of unlocked mutex
`) {
		notSaid[strings.TrimSpace(line)] = true
	}
}

// TestCatalogue requires that the catalogue has all that the kit says, and nothing else.
func TestCatalogue(t *testing.T) {
	all := said(t)
	for _, line := range slices.Sorted(maps.Keys(all)) {
		if !has(line) && !notSaid[line] {
			t.Errorf("internal/say/id.go lacks this line of %s:\n%q:\n\t\"\",", all[line], line)
		}
	}
	for _, line := range slices.Sorted(maps.Keys(indonesian)) {
		if all[line] == "" {
			t.Errorf("internal/say/id.go has a line that nobody says any more: %q", line)
		}
	}
	for line := range notSaid {
		require.NotEmpty(t, all[line], "notSaid has a line that is nowhere any more: %q", line)
	}
}

// has reports whether the catalogue has a line; "long begins" it has as "%s begins".
func has(line string) bool {
	_, ok := indonesian[line]
	if !ok && len(strings.Fields(line)) <= 4 {
		_, ok = lookUp(line)
	}
	return ok
}

// TestVerbs requires that each translation has room for the same values.
func TestVerbs(t *testing.T) {
	for _, catalogue := range []map[string]string{indonesian, composed} {
		for english, translation := range catalogue {
			require.NotEmpty(t, translation, english)
			if !strings.Contains(translation, "%[") {
				require.Equal(t, verb.FindAllString(english, -1), verb.FindAllString(translation, -1), english)
			}
		}
	}
}

func TestIn(t *testing.T) {
	t.Setenv("LAB_LANG", "id")
	for english, want := range map[string]string{
		"a task begins":           "sebuah task mulai",
		"    0s    a task begins": "    0s    sebuah task mulai",
		"task 12 is being spawned, and Run has not begun":                                    "task 12 sedang di-spawn, dan Run belum mulai",
		"  executor.go:14  (*Spawner).Spawn  waits: chan send":                               "  executor.go:14  (*Spawner).Spawn  menunggu: chan send",
		"  think:   In which goroutine does Run call the task?":                              "  pikirkan:  Di goroutine mana Run memanggil task itu?",
		`Ana says "a task  begins"`:                                                          `Ana bilang "a task  begins"`,
		"the shortest order that breaks it, 1 switch (the rule held in 9 orders before it):": "urutan terpendek yang melanggarnya, 1 pergantian (sebelumnya aturannya terpenuhi dalam 9 urutan):",
		`Ana heard:       ["one, two"], and then the channel is closed`:                      `Ana mendengar:          ["one, two"], dan sesudah itu channel-nya tertutup`,
		"nobody knows this line":                                                             "nobody knows this line",
		"":                                                                                   "",
	} {
		require.Equal(t, want, In(english))
	}
	t.Setenv("LAB_LANG", "en")
	require.Equal(t, "a task begins", In("a task begins"))
}

func TestIndonesian(t *testing.T) {
	for _, name := range []string{"LAB_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		t.Setenv(name, "")
	}
	require.False(t, Indonesian())
	t.Setenv("LANG", "id_ID.UTF-8")
	require.True(t, Indonesian())
	t.Setenv("LC_ALL", "C.UTF-8")
	require.False(t, Indonesian(), "LC_ALL goes before LANG")
	t.Setenv("LAB_LANG", "id")
	require.True(t, Indonesian(), "LAB_LANG goes before all")
	t.Setenv("LAB_LANG", "en")
	require.False(t, Indonesian())
}
