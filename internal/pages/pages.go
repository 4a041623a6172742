// Package pages keeps the READMEs true: their commands, their samples, their links, and
// that each English page and its Indonesian twin say the same.
package pages

import (
	"flag"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"asynclab/internal/texts"
)

// A page is one Markdown file.
type page struct {
	file     string // from the top folder, with slashes
	text     string // without its fenced blocks
	commands []string
	samples  []sample
	pictures int // mermaid diagrams
}

// A sample is output that the page shows.
type sample struct {
	command string
	loose   bool // the order of lines, and numbers, differ from run to run
	text    string
}

// Check checks all pages below root.
func Check(t *testing.T, root string) {
	tests := names(t, root)
	for _, p := range load(t, root) {
		t.Run(p.file, func(t *testing.T) {
			t.Parallel()
			p.checkLinks(t, root)
			p.checkTests(t, tests)
			p.checkQuestions(t, root)
			p.checkPromises(t, root)
			p.checkHints(t, root)
			for _, command := range p.commands {
				p.checkCommand(t, root, command, tests)
			}
			for _, s := range p.samples {
				s.check(t, root, p)
			}
			if twin, ok := twinOf(p.file); ok && !*update { // which writes one of them first
				p.checkTwin(t, read(t, root, twin))
			}
		})
	}
}

func load(t *testing.T, root string) (all []page) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(root), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && len(path) > 1 && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if err == nil && strings.HasSuffix(path, ".md") {
			all = append(all, read(t, root, path))
		}
		return err
	})
	require.NoError(t, err)
	return all
}

var mark = regexp.MustCompile(`^\s*<!-- (output of|like): (.*) -->$`)

// read reads a page and takes its fenced blocks apart.
func read(t *testing.T, root, file string) page {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
	require.NoError(t, err)
	p := page{file: file}
	var fence string // what the open block is; "": none
	var marked []string
	var block strings.Builder
	for line := range strings.Lines(strings.ReplaceAll(string(text), "\r\n", "\n")) {
		trimmed := strings.TrimSpace(line)
		switch {
		case fence == "" && strings.HasPrefix(trimmed, "```"):
			fence = "```" + strings.TrimPrefix(trimmed, "```")
			block.Reset()
		case fence == "":
			p.text += line
			if trimmed != "" {
				marked = mark.FindStringSubmatch(strings.TrimRight(line, "\n"))
			}
		case trimmed == "```":
			switch {
			case fence == "```sh":
				p.addCommands(block.String())
			case fence == "```mermaid":
				p.pictures++
			case marked != nil:
				p.samples = append(p.samples, sample{marked[2], marked[1] == "like", block.String()})
			}
			fence, marked = "", nil
		default:
			block.WriteString(line)
		}
	}
	require.Empty(t, fence, "%s: a fenced block has no end", file)
	return p
}

func (p *page) addCommands(block string) {
	for line := range strings.Lines(block) {
		command, _, _ := strings.Cut(line, " #")
		if command = strings.TrimSpace(command); command != "" && !strings.HasPrefix(command, "#") {
			p.commands = append(p.commands, command)
		}
	}
}

var link = regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)

func (p page) checkLinks(t *testing.T, root string) {
	for _, l := range link.FindAllStringSubmatch(p.text, -1) {
		target := filepath.Join(root, filepath.FromSlash(filepath.Dir(p.file)), filepath.FromSlash(l[1]))
		_, err := os.Stat(target)
		require.NoError(t, err, "the link to %s leads nowhere", l[1])
	}
}

var test = regexp.MustCompile(`\bTest[A-Z]\w+`)

// checkTests requires that every test that the page names exists.
func (p page) checkTests(t *testing.T, tests map[string]bool) {
	for _, name := range named.FindAllString(p.text, -1) {
		begin, isFamily := strings.CutSuffix(name, "...")
		require.True(t, tests[name] || isFamily && slices.ContainsFunc(slices.Collect(maps.Keys(tests)), func(test string) bool {
			return strings.HasPrefix(test, begin)
		}), "there is no test %s", name)
	}
}

// named is the name of a test, or of all that begin so: TestEveryOrder...
var named = regexp.MustCompile(test.String() + `(\.\.\.)?`)

// checkPromises requires that a lab's page names each of the lab's tests: what is tested is
// promised there.
func (p page) checkPromises(t *testing.T, root string) {
	if !strings.HasPrefix(p.file, "lab") || path.Base(p.file) != "README.md" {
		return
	}
	for name := range declared(t, filepath.Join(root, path.Dir(p.file), "*_test.go")) {
		if name != "TestMain" && !strings.HasPrefix(name, "TestStretch") {
			require.Contains(t, p.text, "`"+name+"`", "the page's table of TODOs has no test %s", name)
		}
	}
}

// names returns the names of all tests of the labs and of their solutions.
func names(t *testing.T, root string) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, pattern := range []string{"lab*/*_test.go", "solutions/*_test.go", "solutions/*/*_test.go"} {
		maps.Copy(all, declared(t, filepath.Join(root, pattern)))
	}
	return all
}

var declaration = regexp.MustCompile(`(?m)^func (Test\w+|Benchmark\w+)\(`)

// declared returns the names of the tests in the files that fit a pattern.
func declared(t *testing.T, pattern string) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	files, err := filepath.Glob(pattern)
	require.NoError(t, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, found := range declaration.FindAllStringSubmatch(string(text), -1) {
			all[found[1]] = true
		}
	}
	return all
}

// goFlags are the flags of go test that the pages may use.
var goFlags = []string{"-failfast", "-race", "-v", "-short", "-run", "-count", "-tags", "-bench", "-benchmem", "-overlay", "-update"}

// checkCommand requires that what a command names exists: packages, files, flags, tests.
func (p page) checkCommand(t *testing.T, root, command string, tests map[string]bool) {
	words := strings.Fields(command)
	switch {
	case strings.HasPrefix(command, "go test ") || strings.HasPrefix(command, "go run ") || strings.HasPrefix(command, "go vet "):
		var folder string
		for i, word := range words[2:] {
			flag, _, _ := strings.Cut(word, "=")
			switch {
			case strings.HasPrefix(word, "./"):
				folder = strings.TrimSuffix(strings.TrimSuffix(word, "..."), "/")
				if folder != "." {
					require.DirExists(t, filepath.Join(root, filepath.FromSlash(folder)), command)
				}
			case strings.HasPrefix(word, "-") && words[1] == "run":
				help, err := output(root, "go run "+folder+" -h", p.language())
				require.NoError(t, err, command)
				require.Regexp(t, `(?m)^\s*`+flag+`\b`, help, "%s: the program knows no flag %s", command, flag)
			case strings.HasPrefix(word, "-"):
				require.Contains(t, goFlags, flag, command)
			case words[i+1] == "-run":
				for _, name := range test.FindAllString(word, -1) {
					require.True(t, tests[name] || strings.HasPrefix(name, "TestStretch"), "%s: there is no test %s", command, name)
				}
			}
		}
	case strings.HasPrefix(command, "go tool lab"):
		help, err := output(root, "go tool lab -h", p.language())
		require.NoError(t, err, command)
		name := strings.Join(words[:min(len(words), 4)], " ")
		require.Contains(t, help, name, "the command knows no such name")
		for _, word := range words[3:] {
			if flag, isFlag := strings.CutPrefix(word, "-"); isFlag {
				help, err := output(root, name+" -h", p.language())
				require.NoError(t, err, command)
				require.Regexp(t, `(?m)^\s*-`+flag+`\b`, help, "%s: the command knows no flag -%s", command, flag)
			}
		}
	case strings.HasPrefix(command, "diff -u "):
		for _, file := range words[2:] {
			require.FileExists(t, filepath.Join(root, filepath.FromSlash(file)), command)
		}
	case words[0] == "git" || words[0] == "cd" || words[0] == "go":
	default:
		t.Errorf("a page may use go, git, cd and diff -u, but says: %s", command)
	}
}

// outputs remembers what each command has printed: many pages show the same.
var outputs struct {
	sync.Mutex
	of map[string]string
}

// output runs a command in the top folder and returns what it prints in this language.
func output(root, command, language string) (string, error) {
	outputs.Lock()
	defer outputs.Unlock()
	if text, ok := outputs.of[language+command]; ok {
		return text, nil
	}
	words := strings.Fields(command)
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "LAB_LANG="+language)
	read := cmd.CombinedOutput
	if strings.HasPrefix(command, "go tool lab grade") {
		read = cmd.Output // beside it stands its progress
	}
	text, err := read()
	if exit, ok := err.(*exec.ExitError); ok && exit.Exited() {
		err = nil // to fail is what most of them are for
	}
	if outputs.of == nil {
		outputs.of = map[string]string{}
	}
	outputs.of[language+command] = string(text)
	return string(text), err
}

// check requires that the sample is what its command prints today. With -update it
// writes that into the page instead.
func (s sample) check(t *testing.T, root string, p page) {
	got, err := output(root, s.command, p.language())
	require.NoError(t, err, s.command)
	same := timeless(got) == timeless(s.text)
	if s.loose {
		same = slices.Equal(kinds(got), kinds(s.text))
	}
	switch {
	case same:
	case *update:
		path := filepath.Join(root, filepath.FromSlash(p.file))
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(text), s.text, got, 1)), 0o666))
	default:
		t.Errorf("%s prints something else than the page shows (go test ./solutions -run TestPages -update mends it).\nThe page:\n%s\nThe command:\n%s", s.command, s.text, got)
	}
}

var update = flag.Bool("update", false, "write into the pages what their commands print today")

var (
	took     = regexp.MustCompile(`\d+\.\d+s|\(cached\)`)
	duration = regexp.MustCompile(`\b\d+(\.\d+)?(ms|s)\b|\(cached\)`)
)

// ofTheMachine is a line that go prints or not by luck: what it had to fetch first, and a
// package without tests, of which it says so unless -failfast stops it sooner.
var ofTheMachine = regexp.MustCompile(`(?m)^(go: downloading .*|.*\[no test files\]\r?)\n`)

// timeless takes away how long it took, the room around lines, and what depends on the machine.
func timeless(text string) string {
	var lines []string
	for line := range strings.Lines(ofTheMachine.ReplaceAllString(text, "")) {
		lines = append(lines, strings.Join(strings.Fields(took.ReplaceAllString(line, "")), " "))
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

var varying = regexp.MustCompile(`\.go:\d+|[\d#]+`)

// kinds returns the lines of a text without bars and numbers, but for those of lines of code,
// each once, sorted.
func kinds(text string) []string {
	all := map[string]bool{}
	for line := range strings.Lines(duration.ReplaceAllString(ofTheMachine.ReplaceAllString(text, ""), "")) {
		line = varying.ReplaceAllStringFunc(line, func(number string) string {
			if strings.HasPrefix(number, ".go:") {
				return number
			}
			return ""
		})
		all[strings.Join(strings.Fields(line), " ")] = true
	}
	delete(all, "")
	return slices.Sorted(maps.Keys(all))
}

// twinOf returns the Indonesian page of an English one. The top page has none: it has a
// section in Indonesian.
func twinOf(file string) (string, bool) {
	if file == "README.md" || strings.HasSuffix(file, ".id.md") {
		return "", false
	}
	return strings.TrimSuffix(file, ".md") + ".id.md", true
}

var (
	heading = regexp.MustCompile(`(?m)^(#+) `)
	todo    = regexp.MustCompile(`\bTODO \d+`)
)

// checkTwin requires that two pages agree in everything but the language.
func (p page) checkTwin(t *testing.T, twin page) {
	require.Equal(t, heading.FindAllString(p.text, -1), heading.FindAllString(twin.text, -1), "the levels of the headings in both languages")
	require.Equal(t, unique(todo.FindAllString(p.text, -1)), unique(todo.FindAllString(twin.text, -1)), "the TODOs in both languages")
	require.Equal(t, unique(test.FindAllString(p.text, -1)), unique(test.FindAllString(twin.text, -1)), "the tests named in both languages")
	require.Equal(t, p.commands, twin.commands, "the commands in both languages")
	require.Equal(t, p.shown(), twin.shown(), "the commands whose output is shown, in both languages")
	require.Len(t, texts.Mistakes(twin.text), len(texts.Mistakes(p.text)), "the rows of common mistakes in both languages: a hint shows the same row")
	require.Equal(t, p.pictures, twin.pictures, "the number of pictures in both languages")
	require.Equal(t, strings.Count(p.text, "<details>"), strings.Count(twin.text, "<details>"), "the number of hints in both languages")
}

// language is the page's, as LAB_LANG names it.
func (p page) language() string {
	if strings.HasSuffix(p.file, ".id.md") {
		return "id"
	}
	return "en"
}

// shown returns the commands whose output the page shows.
func (p page) shown() (commands []string) {
	for _, s := range p.samples {
		commands = append(commands, s.command)
	}
	return commands
}

func unique(words []string) []string {
	slices.Sort(words)
	return slices.Compact(words)
}
