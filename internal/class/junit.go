package class

import (
	"encoding/xml"
	"fmt"
	"io"
	"runtime"
	"strings"
)

// JUnit's XML as gotestsum writes it: a suite for each student and lab, and what the tests
// tell beside their messages as properties.

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Time     string       `xml:"time,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name       string          `xml:"name,attr"`
	Tests      int             `xml:"tests,attr"`
	Failures   int             `xml:"failures,attr"`
	Errors     int             `xml:"errors,attr"`
	Skipped    int             `xml:"skipped,attr"`
	Time       string          `xml:"time,attr"`
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
}

type junitCase struct {
	Class      string           `xml:"classname,attr"`
	Name       string           `xml:"name,attr"`
	Time       string           `xml:"time,attr"`
	Properties *junitProperties `xml:"properties"`
	Failure    *junitFailure    `xml:"failure"`
	Error      *junitFailure    `xml:"error"`
}

type junitProperties struct {
	All []junitProperty `xml:"property"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

func writeJUnit(w io.Writer, rows []Row) error {
	all := junitSuites{Name: "class"}
	for _, r := range rows {
		all.Suites = append(all.Suites, r.suite())
	}
	return all.write(w)
}

// suite is a row's suite.
func (r Row) suite() junitSuite {
	name := r.Student + "/" + r.Lab
	s := junitSuite{Name: name, Time: fmt.Sprintf("%f", r.Seconds), Properties: []junitProperty{{"go.version", runtime.Version()}}}
	for _, m := range r.Misconception {
		s.Properties = append(s.Properties, junitProperty{"misconception", m})
	}
	for _, p := range r.Problem {
		s.Properties = append(s.Properties, junitProperty{"problem", p})
	}
	for _, t := range r.Tests {
		c := junitCase{Class: name, Name: t.Name, Time: "0.000000", Properties: &junitProperties{[]junitProperty{{"rule", t.Says}}}}
		if t.Name == r.FirstFailure {
			for _, m := range r.Misconception {
				c.Properties.All = append(c.Properties.All, junitProperty{"misconception", m})
			}
		}
		switch {
		case t.Passed:
		case t.Ran || t.Said != "":
			c.Failure = &junitFailure{"Failed", "", t.Said}
			s.Failures++
		default:
			c.Error = &junitFailure{"did not run", "", strings.Join(r.Problem, "\n")}
			s.Errors++
		}
		s.Tests++
		s.Cases = append(s.Cases, c)
	}
	return s
}

// write writes the suites and their sums.
func (all junitSuites) write(w io.Writer) error {
	all.Tests, all.Failures, all.Errors = 0, 0, 0
	seconds := 0.0
	for _, s := range all.Suites {
		all.Tests += s.Tests
		all.Failures += s.Failures
		all.Errors += s.Errors
		var t float64
		fmt.Sscan(s.Time, &t)
		seconds += t
	}
	all.Time = fmt.Sprintf("%f", seconds)
	text, err := xml.MarshalIndent(all, "", "\t")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, text)
	return err
}
