package bank

import (
	"cmp"
	"slices"
	"strings"
)

// Fit returns the wrong attempts at a lab whose test and words fit a failure: the first test
// that failed, and what it said. Where several fit, the code decides, which files returns as
// it is in the attempt and in the reference: those whose code stands there go before the others, then those whose words
// say more. What still fits equally is returned together.
func Fit(lab, test, said string, files func(file string) (attempt, reference string)) (fitting []Wrong) {
	best := score{}
	for _, w := range Of(lab) {
		if w.Test != test || w.Says == "" || !strings.Contains(said, w.Says) || w.Race && !strings.Contains(said, "DATA RACE") {
			continue
		}
		s := score{words: len(w.Says)}
		s.added, s.removed = w.standsIn(files(w.File))
		switch c := s.compare(best); {
		case c > 0:
			best, fitting = s, []Wrong{w}
		case c == 0:
			fitting = append(fitting, w)
		}
	}
	return fitting
}

// A score says how well a wrong attempt fits.
type score struct {
	added, removed int // letters of the mistake's own that are in the file, or not any more
	words          int // letters of the message
}

func (s score) compare(other score) int {
	return cmp.Or(min(s.added, 1)-min(other.added, 1), s.words-other.words, s.added-other.added, s.removed-other.removed)
}

// standsIn counts the letters that the mistake adds to the reference and takes away, if a file
// looks like that.
func (w Wrong) standsIn(text, reference string) (added, removed int) {
	text, reference = plain(text), plain(reference)
	more := func(line string) int { return strings.Count(text, line) - strings.Count(reference, line) }
	for pair := range slices.Chunk(w.Change, 2) {
		for _, line := range notIn(pair[1], pair[0]) {
			if more(line) <= 0 {
				return 0, 0
			}
			added += len(line)
		}
		for _, line := range notIn(pair[0], pair[1]) {
			if more(line) >= 0 {
				return 0, 0
			}
			if pair[1] == "" { // to find nothing of the reference says little
				removed += len(line)
			}
		}
	}
	return added, removed
}

// notIn returns the lines of a text that another one has not.
func notIn(text, other string) (lines []string) {
	for line := range strings.Lines(text) {
		if line = plain(line); len(line) > 3 && !strings.Contains(plain(other), line) {
			lines = append(lines, line)
		}
	}
	return lines
}

func plain(text string) string { return strings.Join(strings.Fields(text), " ") }
