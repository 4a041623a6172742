package class

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"unicode/utf8"
)

// A Format writes rows.
type Format struct {
	Name  string
	About string
	Alone bool // it is for one student: a course's own system asks about one at a time
	write func(w io.Writer, rows []Row) error
}

// Write writes rows in this format. What comes from a student is text there, and printable.
func (f Format) Write(w io.Writer, rows []Row) error {
	clean := make([]Row, len(rows))
	for i, r := range rows {
		clean[i] = r.printable()
	}
	return f.write(w, clean)
}

// Formats are all of them; the first is the one for people.
var Formats = []Format{
	{"table", "for people", false, writeTable},
	{"csv", "a line for each student and lab", false, writeCSV},
	{"junit", "JUnit's XML, a suite for each student and lab", false, writeJUnit},
	{"html", "a page of the whole class, in one file", false, writePage},
	{"gradescope", "results.json of Gradescope", true, writeGradescope},
	{"classroom", "the result of a grader for GitHub Classroom's reporter", true, writeClassroom},
	{"prairielearn", "results.json of PrairieLearn", true, writePrairieLearn},
	{"autolab", "what Autolab reads from the end of stdout", true, writeAutolab},
}

// Sort sorts rows by student and lab.
func Sort(rows []Row) {
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(strings.Compare(a.Student, b.Student), strings.Compare(a.Lab, b.Lab))
	})
}

// writeTable writes for people: a line for each row, and below it what is to be said of it.
func writeTable(w io.Writer, rows []Row) error {
	var b strings.Builder
	tab := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprint(tab, "student\tlab\tpassed\tfirst failure\n")
	for _, r := range rows {
		fmt.Fprintf(tab, "%s\t%s\t%s\t%s\n", r.Student, r.Lab, r.score(), r.FirstFailure)
	}
	tab.Flush()
	lines := strings.SplitAfter(b.String(), "\n")
	fmt.Fprint(w, lines[0])
	for i, r := range rows {
		fmt.Fprint(w, strings.TrimRight(lines[i+1], " \n")+"\n")
		for _, m := range r.Misconception {
			fmt.Fprintf(w, "    perhaps: %s\n", m)
		}
		for _, p := range r.Problem {
			fmt.Fprintf(w, "    problem: %s\n", p)
		}
	}
	if counted := countMisconceptions(rows); len(counted) > 0 {
		fmt.Fprint(w, "\nWhat was not understood, perhaps:\n")
		for _, m := range counted {
			fmt.Fprintf(w, "%4d  %s (%s)\n", len(m.Students), m.Mistake, m.Lab)
		}
	}
	return nil
}

// score is how much passed, with the parts of the lab apart.
func (r Row) score() string {
	text := fmt.Sprintf("%d of %d", r.Passed(), len(r.Tests))
	parts := r.Parts()
	if len(parts) < 2 {
		return text
	}
	var counts []string
	for _, p := range parts {
		counts = append(counts, fmt.Sprintf("%d/%d", p.Passed, p.Tests))
	}
	return text + " (" + strings.Join(counts, ", ") + ")"
}

// A Count is a misconception and who has it.
type Count struct {
	Lab, Mistake string
	Students     []string
}

// countMisconceptions counts them, the most frequent first.
func countMisconceptions(rows []Row) []Count {
	all := map[[2]string]*Count{}
	for _, r := range rows {
		for _, m := range r.Misconception {
			key := [2]string{r.Lab, m}
			if all[key] == nil {
				all[key] = &Count{Lab: r.Lab, Mistake: m}
			}
			all[key].Students = append(all[key].Students, r.Student)
		}
	}
	var counts []Count
	for _, key := range slices.SortedFunc(maps.Keys(all), func(a, b [2]string) int {
		return cmp.Or(len(all[b].Students)-len(all[a].Students), strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1]))
	}) {
		counts = append(counts, *all[key])
	}
	return counts
}

// header is the first line of the CSV.
var header = []string{"student", "lab", "passed", "tests", "first_failure", "misconception", "problem"}

func writeCSV(w io.Writer, rows []Row) error {
	c := csv.NewWriter(w)
	c.Write(header)
	for _, r := range rows {
		c.Write([]string{
			r.Student, r.Lab, strconv.Itoa(r.Passed()), strconv.Itoa(len(r.Tests)), r.FirstFailure,
			strings.Join(r.Misconception, "; "), strings.Join(r.Problem, "; "),
		})
	}
	c.Flush()
	return c.Error()
}

// shorten cuts a text to about so many bytes, for a system that has a limit.
func shorten(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most] + "\n..."
}
