package class

import (
	_ "embed"
	"html/template"
	"io"
)

//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Parse(pageText))

// A section of the page is a lab.
type section struct {
	Lab   string
	Tests []head
	Rows  []Row
}

// A head is what stands above a column of the map: one test.
type head struct {
	Result
	Passed int
}

// writePage writes one file of HTML, without anything from elsewhere. Each text in it, the
// students' as well, is escaped by html/template.
func writePage(w io.Writer, rows []Row) error {
	var sections []section
	index := map[string]int{}
	for _, r := range rows {
		i, ok := index[r.Lab]
		if !ok {
			i = len(sections)
			index[r.Lab] = i
			sections = append(sections, section{Lab: r.Lab})
		}
		sections[i].Rows = append(sections[i].Rows, r)
		sections[i].add(r)
	}
	return page.Execute(w, map[string]any{"Sections": sections, "Misconceptions": countMisconceptions(rows)})
}

// add counts a row's tests in the heads of the columns.
func (s *section) add(r Row) {
	for _, t := range r.Tests {
		found := -1
		for i := range s.Tests {
			if s.Tests[i].Name == t.Name {
				found = i
			}
		}
		if found < 0 {
			found = len(s.Tests)
			s.Tests = append(s.Tests, head{Result: t})
			s.Tests[found].Passed = 0
		}
		if t.Passed {
			s.Tests[found].Passed++
		}
	}
}
