package class

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
)

//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Parse(pageText))

// A section of the page is a lab: a map of its students by its tests.
type section struct {
	Lab      string
	Tests    []*column
	Students []student
	Messages []message
	ids      map[message]string
}

// A column of the map is a test.
type column struct {
	Result
	Begins bool // a part of the lab
	Passes int
}

// A student is a row of the map.
type student struct {
	Row
	Score string
	Cells []cell
}

// A cell says how a test went, and where its message stands.
type cell struct{ Kind, Sign, Test, Message string }

// A message is what a test said: to one student, or to many.
type message struct{ ID, Test, Rule, Said string }

// writePage writes one file of HTML, without anything from elsewhere. Each text in it, a
// student's as well, is escaped by html/template.
func writePage(w io.Writer, rows []Row) error {
	var sections []*section
	of := map[string]*section{}
	for _, r := range rows {
		s := of[r.Lab]
		if s == nil {
			s = &section{Lab: r.Lab, ids: map[message]string{}}
			of[r.Lab] = s
			sections = append(sections, s)
		}
		s.add(r)
	}
	return page.Execute(w, map[string]any{"Sections": sections, "Misconceptions": countMisconceptions(rows)})
}

// add adds a row of the map. A test that skipped for some students has a column all the same.
func (s *section) add(r Row) {
	results := map[string]Result{}
	for _, t := range r.Tests {
		results[t.Name] = t
		s.column(t)
	}
	one := student{Row: r, Score: r.score()}
	for _, c := range s.Tests {
		t, ok := results[c.Name]
		switch {
		case !ok:
			one.Cells = append(one.Cells, cell{"skipped", "", c.Name, ""})
		case t.Passed:
			c.Passes++
			one.Cells = append(one.Cells, cell{"passed", "✓", c.Name, ""})
		case t.Said == "":
			one.Cells = append(one.Cells, cell{"missing", "·", c.Name, ""})
		default:
			one.Cells = append(one.Cells, cell{"failed", "✗", c.Name, s.message(t)})
		}
	}
	s.Students = append(s.Students, one)
}

// column finds a test's column, or adds it.
func (s *section) column(t Result) {
	for _, c := range s.Tests {
		if c.Name == t.Name {
			return
		}
	}
	begins := len(s.Tests) > 0 && s.Tests[len(s.Tests)-1].Part != t.Part
	s.Tests = append(s.Tests, &column{Result: t, Begins: begins})
}

// message returns where a test's message stands; the same one stands there once.
func (s *section) message(t Result) string {
	m := message{Test: t.Name, Rule: t.Says, Said: t.Said}
	id, ok := s.ids[m]
	if !ok {
		id = fmt.Sprintf("%s-%d", s.Lab, len(s.Messages)+1)
		s.ids[m] = id
		m.ID = id
		s.Messages = append(s.Messages, m)
	}
	return id
}
