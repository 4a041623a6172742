// Package class judges what a class has handed in: a folder for each student, whatever is in
// it. Each student gets a row for each lab, and nobody more points than are earned.
package class

import (
	"slices"
	"strings"

	"asynclab/internal/judge"
)

// A Row is what is known of one student and one lab.
type Row struct {
	Student       string
	Lab           string
	Tests         []Result // every test that counts, in order; one that skipped does not count
	Misconception []string // the wrong attempts of the bank that fit
	Problem       []string // what was odd, most important first
	Explanation   string   // the student's own, if there is one
	Seconds       float64  // how long it took to judge
	FirstFailure  string   // the first test that did not pass; "": none
	files         string   // the same for two who have handed in the same; "": nothing of their own
}

// A Result is how one test went.
type Result struct {
	judge.Test
	Passed bool
	Ran    bool   // to its end
	Said   string // its message, if it did not pass
}

// Passed is the number of tests that passed.
func (r Row) Passed() (n int) {
	for _, t := range r.Tests {
		if t.Passed {
			n++
		}
	}
	return n
}

// A Share is a part of a lab, and how much of it passed.
type Share struct {
	Part          string
	Passed, Tests int
}

// Parts counts the parts of the lab apart; a lab without parts has none.
func (r Row) Parts() (all []Share) {
	for _, t := range r.Tests {
		if t.Part == "" {
			continue
		}
		if len(all) == 0 || all[len(all)-1].Part != t.Part {
			all = append(all, Share{Part: t.Part})
		}
		last := &all[len(all)-1]
		last.Tests++
		if t.Passed {
			last.Passed++
		}
	}
	return all
}

// printable returns the row with nothing in it that could do harm in a file or on a screen.
func (r Row) printable() Row {
	r.Student, r.Explanation = oneLine(r.Student), printable(r.Explanation)
	r.Problem, r.Tests = slices.Clone(r.Problem), slices.Clone(r.Tests)
	for i, p := range r.Problem {
		r.Problem[i] = oneLine(p)
	}
	for i, t := range r.Tests {
		r.Tests[i].Said = printable(t.Said)
	}
	return r
}

// oneLine makes one line of a text, without what is no text, and not too long.
func oneLine(text string) string {
	text = strings.Join(strings.Fields(printable(text)), " ")
	const most = 300
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + " ..."
	}
	return text
}

// printable leaves of a text what may stand in XML and on a screen.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r >= ' ' && r < 0x7f, r >= 0xa0 && r <= 0xd7ff, r >= 0xe000 && r <= 0xfffd, r >= 0x10000:
			return r
		case r == '\r':
			return -1
		}
		return '\uFFFD'
	}, strings.ToValidUTF8(text, "\uFFFD"))
}
