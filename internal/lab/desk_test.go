package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"asynclab/internal/judge"
)

// Editors save in odd ways, and each save counts once.
func TestSaves(t *testing.T) {
	for name, save := range map[string]func(file string){
		"all at once": func(file string) { put(t, file, "package two") },
		"first nothing, then all": func(file string) {
			put(t, file, "")
			time.Sleep(100 * time.Millisecond)
			put(t, file, "package two")
		},
		"another file that takes the name": func(file string) {
			put(t, file+".tmp", "package two")
			require.NoError(t, os.Rename(file+".tmp", file))
		},
		"away, and back": func(file string) {
			require.NoError(t, os.Remove(file))
			time.Sleep(200 * time.Millisecond)
			put(t, file, "package two")
		},
		"two files": func(file string) {
			put(t, file, "package two")
			time.Sleep(200 * time.Millisecond)
			put(t, filepath.Join(filepath.Dir(file), "other.go"), "package two")
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, "file.go")
			put(t, file, "package o")
			synctest.Test(t, func(t *testing.T) {
				saved := saves(t.Context(), dir)
				time.Sleep(time.Minute)
				require.Empty(t, saved, "nothing was saved")
				save(file)
				time.Sleep(time.Second)
				require.Len(t, saved, 1, "it was saved")
				<-saved
				time.Sleep(time.Minute)
				require.Empty(t, saved, "it was saved once")
				put(t, filepath.Join(dir, ".#file.go"), "an editor's own")
				put(t, filepath.Join(dir, "notes.txt"), "no Go")
				time.Sleep(time.Minute)
				require.Empty(t, saved, "these are no files of the lab's")
			})
		})
	}
}

func put(t *testing.T, file, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
}

const report = `{"Action":"start","Package":"asynclab/lab9_x"}
{"Action":"run","Package":"asynclab/lab9_x","Test":"TestA"}
{"Action":"output","Package":"asynclab/lab9_x","Test":"TestA","Output":"=== RUN   TestA\n"}
{"Action":"pass","Package":"asynclab/lab9_x","Test":"TestA"}
{"Action":"run","Package":"asynclab/lab9_x","Test":"TestB"}
{"Action":"run","Package":"asynclab/lab9_x","Test":"TestB/one"}
{"Action":"output","Package":"asynclab/lab9_x","Test":"TestB/one","Output":"    x_test.go:1: it waits\n"}
{"Action":"fail","Package":"asynclab/lab9_x","Test":"TestB/one"}
{"Action":"fail","Package":"asynclab/lab9_x","Test":"TestB"}
{"Action":"output","Package":"asynclab/lab9_x","Output":"FAIL\n"}
{"Action":"build-output","ImportPath":"asynclab/lab8_y [asynclab/lab8_y.test]","Output":"lab8_y/y.go:3: undefined: z\n"}
{"Action":"fail","Package":"asynclab/lab8_y","FailedBuild":"asynclab/lab8_y [asynclab/lab8_y.test]"}
`

func TestRead(t *testing.T) {
	var ended []string
	verdicts := read(strings.NewReader(report), func(lab, test string) { ended = append(ended, lab+" "+test) })
	require.Equal(t, []string{"lab9_x TestA", "lab9_x TestB"}, ended)
	test, message := verdicts["lab9_x"].FirstFailure()
	require.Equal(t, "TestB", test)
	require.Equal(t, "    x_test.go:1: it waits\n", message)
	require.Empty(t, verdicts["lab8_y"].Tests)
	require.Contains(t, verdicts["lab8_y"].Problem, "undefined: z")
}

// What has not changed is remembered, and what has is not.
func TestMemory(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	t.Setenv("LocalAppData", t.TempDir())
	root := t.TempDir()
	l := &judge.Lab{Name: "lab9_x", Folder: filepath.Join(root, "lab9_x")}
	require.NoError(t, os.MkdirAll(l.Folder, 0o777))
	put(t, filepath.Join(l.Folder, "x.go"), "package x")

	m := remember(root)
	_, ok := m.of(l)
	require.False(t, ok, "nothing is known yet")
	m.keep(l, standing{Lab: l.Name, Tests: 3, Green: 2})
	m.write()

	s, ok := remember(root).of(l)
	require.True(t, ok)
	require.Equal(t, 2, s.Green)

	put(t, filepath.Join(l.Folder, "x.go"), "package x // changed")
	m = remember(root)
	_, ok = m.of(l)
	require.False(t, ok, "a file has changed")

	m.keep(l, standing{Lab: l.Name, Skipped: true})
	_, ok = m.of(l)
	require.True(t, ok)
	m.write()
	_, ok = remember(root).of(l)
	require.False(t, ok, "what was skipped may run now")
}

func TestScreen(t *testing.T) {
	var out bytes.Buffer
	s := &screen{w: &out, redraws: true}
	s.show("one\n", "now")
	require.Equal(t, "\x1b[Hone\x1b[K\nnow\x1b[K\x1b[J", out.String(), "drawn over what was there, in one piece")
	out.Reset()
	s.show("one\n", "then")
	require.Equal(t, "\rthen\x1b[K", out.String(), "only the last line has changed")
	out.Reset()
	s.forget()
	s.show("one\n", "then")
	require.Contains(t, out.String(), "one", "somebody has typed over it")

	out.Reset()
	s = &screen{w: &out}
	s.show("one\n", "now")
	s.show("one\n", "then")
	s.show("two\n", "then")
	require.Equal(t, "one\ntwo\n", out.String(), "no terminal: nothing that moves, and no colour")
	require.Equal(t, "x", s.in(scarlet, "x"))
}

func TestNext(t *testing.T) {
	t.Setenv("LAB_LANG", "en")
	done := standing{Lab: "lab1_x", Tests: 2, Green: 2, Built: true, given: 5, asked: 5}
	red, silent := done, done
	red.Green, red.Lab, silent.given, silent.Lab = 1, "lab2_y", 4, "lab3_z"
	require.Equal(t, "go on:  go tool lab watch lab2_y", next([]standing{done, red}))
	require.Equal(t, "go on:  write lab3_z/EXPLANATION.md, then: go tool lab", next([]standing{done, silent, red}))
	require.Contains(t, next([]standing{done}), "-tags stretch ./lab1_x/...")
	later := red
	later.Lab, later.edited = "lab4_w", time.Now()
	require.Equal(t, "go on:  go tool lab watch lab4_w", next([]standing{done, red, later}), "the one edited last")
}

// A lab counts as edited if a student's file is clearly newer than the given ones.
func TestEdited(t *testing.T) {
	l := &judge.Lab{Folder: t.TempDir(), Yours: []string{"a.go", "b.go"}, Given: []string{"a_test.go"}}
	came := time.Now().Add(-time.Hour).Truncate(time.Second)
	saved := func(file string, at time.Time) {
		file = filepath.Join(l.Folder, file)
		put(t, file, "package x")
		require.NoError(t, os.Chtimes(file, at, at))
	}
	saved("a.go", came)
	saved("a_test.go", came.Add(time.Second))
	saved("b.go", came.Add(2*time.Second))
	require.Zero(t, edited(l), "as it came")
	saved("b.go", came.Add(time.Minute+time.Second))
	require.True(t, edited(l).Equal(came.Add(time.Minute+time.Second)))
}

func TestHere(t *testing.T) {
	root := t.TempDir()
	labs := []*judge.Lab{{Name: "lab1_a", Folder: filepath.Join(root, "lab1_a")}, {Name: "lab2_b", Folder: filepath.Join(root, "lab2_b")}}
	below := filepath.Join(labs[1].Folder, "client")
	require.NoError(t, os.MkdirAll(below, 0o777))
	for dir, want := range map[string]*judge.Lab{root: nil, labs[1].Folder: labs[1], below: labs[1]} {
		t.Chdir(dir)
		require.Equal(t, want, here(labs), dir)
	}
}

func TestNamed(t *testing.T) {
	labs := []*judge.Lab{{Name: "lab1_spawner"}, {Name: "lab2_concurrency"}}
	for _, name := range []string{"lab2_concurrency", "lab2", "2", "lab2_concurrency/", "./lab2_concurrency"} {
		l, err := named(labs, name)
		require.NoError(t, err)
		require.Equal(t, "lab2_concurrency", l.Name)
	}
	_, err := named(labs, "lab7")
	require.ErrorContains(t, err, `there is no lab "lab7", but lab1_spawner or lab2_concurrency`)
	t.Setenv("LAB_LANG", "id")
	_, err = named(labs, "lab7")
	require.ErrorContains(t, err, "lab1_spawner atau lab2_concurrency")
}

// A hint is what the lab's own texts say, in the reader's language, of the test that is red.
func TestHint(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"README.md":    "| 1 | it | `TestA` |\n\n|mistake|how|\n|---|---|\n| no lock | `DATA RACE` |\n| no room | `waits: chan send` |\n",
		"README.id.md": "| 1 | itu | `TestA` |\n\n|kesalahan|cara|\n|---|---|\n| tanpa lock | `DATA RACE` |\n| tanpa tempat | `menunggu: chan send` |\n",
		"HINTS.md":     "## TODO 1\n\n<details><summary>Hint 1</summary>\n\nOne.\n\n</details>\n<details><summary>Hint 2</summary>\n\nTwo.\n\n</details>\n",
		"HINTS.id.md":  "## TODO 1\n\n<details><summary>Petunjuk 1</summary>\n\nSatu.\n\n</details>\n<details><summary>Petunjuk 2</summary>\n\nDua.\n\n</details>\n",
	} {
		put(t, filepath.Join(folder, name), text)
	}
	l := &judge.Lab{Name: "lab9_x", Folder: folder}
	r := red{lab: l, test: "TestA", message: "Spawn  waits: chan send", verdict: judge.Verdict{Tests: []string{"TestA"}}}

	t.Setenv("LAB_LANG", "en")
	text, more, err := r.hint(1)
	require.NoError(t, err)
	require.True(t, more)
	require.Equal(t, "lab9_x, TestA, TODO 1\n\nA common mistake, perhaps:\n  - no room\n\nHint 1 of 2:\n  One.\n", text)
	text, more, err = r.hint(2)
	require.NoError(t, err)
	require.False(t, more)
	require.Contains(t, text, "Two.")
	_, _, err = r.hint(3)
	require.ErrorContains(t, err, "this TODO has 2 hints, and no hint 3")

	t.Setenv("LAB_LANG", "id")
	text, _, err = r.hint(1)
	require.NoError(t, err)
	require.Equal(t, "lab9_x, TestA, TODO 1\n\nMungkin ini kesalahan yang umum:\n  - tanpa tempat\n\nPetunjuk 1 dari 2:\n  Satu.\n", text)

	t.Setenv("LAB_LANG", "en")
	var h hinter
	h.of(r)
	require.NotContains(t, h.of(r), "again")
	require.Contains(t, h.of(r), "That was the last hint. From the first one again:\n\nlab9_x, TestA, TODO 1\n")

	text, _, err = red{lab: l, verdict: judge.Verdict{Tests: []string{"TestA"}}}.hint(1)
	require.NoError(t, err)
	require.Equal(t, "lab9_x is green: there is nothing to hint at.\n", text)
	text, _, err = red{lab: l, verdict: judge.Verdict{Problem: "x.go:1: undefined: y\n"}}.hint(1)
	require.NoError(t, err)
	require.Contains(t, text, "x.go:1: undefined: y")
}

func TestParts(t *testing.T) {
	folder := t.TempDir()
	put(t, filepath.Join(folder, "part1_a_test.go"), "package x\n\nfunc TestPart1A(t *testing.T) {}\nfunc TestPart1B(t *testing.T) {}\n")
	put(t, filepath.Join(folder, "part2_a_test.go"), "package x\n\nfunc TestPart2A(t *testing.T) {}\n")
	l := &judge.Lab{Name: "lab9_x", Folder: folder}
	s := judged(l, judge.Verdict{Tests: []string{"TestPart1A", "TestPart1B"}, Action: map[string]string{"TestPart1A": "pass", "TestPart1B": "fail"}})
	require.Equal(t, []part{{"part1", 2, 1}, {"part2", 1, 0}}, s.Parts)
	require.Equal(t, standing{Lab: "lab9_x", Tests: 3, Green: 1, Red: "TestPart1B", Built: true, Parts: s.Parts}, s)
	require.Empty(t, judged(l, judge.Verdict{}).Parts, "it does not compile")
}

// A run up to the first red test tells nothing of those after it, and one that was not built
// tells nothing at all.
func TestFinish(t *testing.T) {
	t.Setenv("LAB_LANG", "en")
	folder := t.TempDir()
	put(t, filepath.Join(folder, "a_test.go"), "package x\n\nfunc TestA(t *testing.T) {}\nfunc TestB(t *testing.T) {}\nfunc TestC(t *testing.T) {}\n")
	w := &watcher{lab: &judge.Lab{Name: "lab9_x", Folder: folder}, screen: &screen{}}
	v := judge.Verdict{Tests: []string{"TestA", "TestB"}, Action: map[string]string{"TestA": "pass", "TestB": "fail"}}
	require.False(t, w.finish(v))
	require.Contains(t, w.text, "lab9_x  [######..............]  1 of 3 tests are green before the first red one\nnow green: TestA\n\nTestB\n")
	require.False(t, w.finish(judge.Verdict{Problem: "x.go:1: undefined: y\n"}))
	require.Equal(t, "lab9_x\n\nit does not compile\n\nx.go:1: undefined: y\n", w.text)
	v.Tests, v.Action["TestC"] = append(v.Tests, "TestC"), "pass"
	require.False(t, w.finish(v))
	require.Contains(t, w.text, "2 of 3 tests are green\nnow green: TestC\n\nTestB\n")
	v.Action["TestB"] = "pass"
	require.True(t, w.finish(v))
	require.Contains(t, w.text, "lab9_x is green.")
}
