package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"asynclab/internal/judge"
	"asynclab/internal/say"
	"asynclab/internal/texts"
)

// A standing is how far a student is with a lab.
type standing struct {
	Lab     string
	Tests   int    // all that there are
	Green   int    // of these
	Red     string // the first of them that is not green; "": it does not compile, or all are
	Skipped bool   // a test could not run, and says nothing
	Built   bool
	Parts   []part // of a lab that has some, if it was built

	given, asked int       // answers and questions of the explanation
	edited       time.Time // when the student last saved a file of it
}

// A part is how far a student is with a part of a lab.
type part struct {
	Name         string // part1
	Tests, Green int
}

func (s standing) isGreen() bool { return s.Built && s.Green == s.Tests }

// explained reports whether every question of the explanation has an answer.
func (s standing) explained() bool { return s.given == s.asked }

// standings runs the tests of these labs, and returns how each stands. What has not changed
// since the last time is not run again. on is called for each test that ends.
func standings(ctx context.Context, root string, labs []*judge.Lab, on func(lab, test string)) ([]standing, error) {
	memory := remember(root)
	var changed []*judge.Lab
	for _, l := range labs {
		if _, ok := memory.of(l); !ok {
			changed = append(changed, l)
		}
	}
	if len(changed) > 0 {
		verdicts, err := runTests(ctx, root, changed, on, nil, nil)
		if err != nil {
			return nil, err
		}
		for _, l := range changed {
			memory.keep(l, judged(l, verdicts[l.Name]))
		}
		memory.write()
	}
	var all []standing
	for _, l := range labs {
		s, _ := memory.of(l)
		s.given, s.asked = answers(l)
		s.edited = edited(l)
		all = append(all, s)
	}
	return all, nil
}

// judged sums up what a lab's tests have said.
func judged(l *judge.Lab, v judge.Verdict) standing {
	s := standing{Lab: l.Name, Tests: max(len(testsOf(l)), len(v.Tests)), Built: len(v.Tests) > 0}
	for _, test := range v.Tests {
		switch v.Action[test] {
		case "pass":
			s.Green++
		case "skip":
			s.Skipped = true
			s.Tests--
		}
	}
	s.Red, _ = v.FirstFailure()
	if s.Built {
		s.Parts = partsOf(l, func(test string) bool { return v.Action[test] == "pass" })
	}
	return s
}

// partsOf counts the tests of each of a lab's parts, and the green ones.
func partsOf(l *judge.Lab, isGreen func(test string) bool) (parts []part) {
	tests, _ := l.Tests(false)
	for _, t := range tests {
		if t.Part == "" {
			continue
		}
		if n := len(parts); n == 0 || parts[n-1].Name != t.Part {
			parts = append(parts, part{Name: t.Part})
		}
		p := &parts[len(parts)-1]
		p.Tests++
		if isGreen(t.Name) {
			p.Green++
		}
	}
	return parts
}

// title is what a student calls the part: part 2.
func (p part) title() string {
	return fmt.Sprintf(say.In("part %s"), strings.TrimPrefix(p.Name, "part"))
}

// testsOf lists the names of a lab's tests, in the order in which they run.
func testsOf(l *judge.Lab) (names []string) {
	tests, _ := l.Tests(false)
	for _, t := range tests {
		names = append(names, t.Name)
	}
	return names
}

// answers says how much of the lab's explanation is written: in one language or in the other.
func answers(l *judge.Lab) (given, asked int) {
	for _, name := range []string{"EXPLANATION.md", "EXPLANATION.id.md"} {
		text, err := os.ReadFile(filepath.Join(l.Folder, name))
		if g, a := texts.Answers(string(text)); err == nil && (asked == 0 || g > given) {
			given, asked = g, a
		}
	}
	return given, asked
}

// edited returns when the student last saved a file of the lab. It is the zero time if that
// was not after the given files came, which takes them some seconds.
func edited(l *judge.Lab) time.Time {
	latest := func(files []string) (t time.Time) {
		for _, file := range files {
			if info, err := os.Stat(filepath.Join(l.Folder, file)); err == nil && info.ModTime().After(t) {
				t = info.ModTime()
			}
		}
		return t
	}
	yours := latest(l.Yours)
	if yours.Sub(latest(l.Given)) < time.Minute {
		return time.Time{}
	}
	return yours
}

// here returns the lab in whose folder the student stands; nil if it is none.
func here(labs []*judge.Lab) *judge.Lab {
	dir, _ := os.Getwd()
	for _, l := range labs {
		if below, err := filepath.Rel(l.Folder, dir); err == nil && filepath.IsLocal(below) {
			return l
		}
	}
	return nil
}

// nextLab returns the lab that is not green and was edited last, or else the first that is not
// green; nil if all are.
func nextLab(ctx context.Context, root string, labs []*judge.Lab, on func(lab, test string)) (*judge.Lab, error) {
	lastFirst := func(a, b *judge.Lab) int { return edited(b).Compare(edited(a)) }
	for _, l := range slices.SortedStableFunc(slices.Values(labs), lastFirst) {
		all, err := standings(ctx, root, []*judge.Lab{l}, on)
		if err != nil {
			return nil, err
		}
		if !all[0].isGreen() {
			return l, nil
		}
	}
	return nil, nil
}

// open finds the labs of the workbook in which the working directory is.
func open() (root string, labs []*judge.Lab, err error) {
	if root, err = judge.Root(); err != nil {
		return "", nil, err
	}
	labs, err = judge.Labs(root)
	return root, labs, err
}

// named returns the lab that a student calls lab3_chat, lab3, or 3.
func named(labs []*judge.Lab, name string) (*judge.Lab, error) {
	for _, l := range labs {
		if name = filepath.Base(filepath.Clean(name)); name == l.Name || name == l.Name[:len("lab1")] || "lab"+name == l.Name[:len("lab1")] {
			return l, nil
		}
	}
	var names []string
	for _, l := range labs {
		names = append(names, l.Name)
	}
	slices.Sort(names)
	return nil, usagef("there is no lab %q, but %s", name, list(names))
}
