package class_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"asynclab/internal/class"
	"asynclab/internal/judge"
)

const nasty = "</pre><script>alert(1)</script> \x00\x1b[31m\xff ]]> \u2028 \"'`=,;\r\n{{.}}"

// rows is a small class in which everything occurs that a format must bear.
func rows() []class.Row {
	test := func(name, part string) judge.Test {
		return judge.Test{Name: name, Part: part, Says: "It holds, in one sentence."}
	}
	return []class.Row{
		{
			Student: "student1", Lab: "lab3_chat", Seconds: 1.5, Explanation: nasty,
			Tests: []class.Result{{Test: test("TestOne", "part1"), Passed: true, Ran: true}, {Test: test("TestTwo", "part2"), Passed: true, Ran: true}},
		},
		{
			Student: nasty, Lab: "lab3_chat", Seconds: 0.25, FirstFailure: "TestTwo",
			Tests:         []class.Result{{Test: test("TestOne", "part1"), Passed: true, Ran: true}, {Test: test("TestTwo", "part2"), Ran: true, Said: "hub.go:12 " + nasty}},
			Misconception: []string{"Leave forgets the member, \"and\" does not close its channel", "another"}, Problem: []string{"hub.go:3 has a func init", nasty},
		},
		{
			Student: "student3", Lab: "lab3_chat",
			Tests:   []class.Result{{Test: test("TestOne", "part1")}, {Test: test("TestTwo", "part2")}},
			Problem: []string{"does not compile: hub.go:12:3: undefined: x"},
		},
	}
}

func written(t *testing.T, format string, rows []class.Row) []byte {
	t.Helper()
	i := slices.IndexFunc(class.Formats, func(f class.Format) bool { return f.Name == format })
	require.GreaterOrEqual(t, i, 0)
	var b bytes.Buffer
	require.NoError(t, class.Formats[i].Write(&b, rows))
	return b.Bytes()
}

// each writes a format for one student after another.
func each(t *testing.T, format string, check func(t *testing.T, row class.Row, text []byte)) {
	for _, row := range rows() {
		t.Run(row.Lab+" "+row.FirstFailure+row.Student, func(t *testing.T) { check(t, row, written(t, format, []class.Row{row})) })
	}
}

// fields requires that an object has these fields, of these types, and no others. A field
// that may be missing has a ? before its type.
func fields(t *testing.T, object any, want map[string]string) {
	t.Helper()
	fields, ok := object.(map[string]any)
	require.True(t, ok, "%v should be an object", object)
	for name, value := range fields {
		kind, ok := want[name]
		require.True(t, ok, "the format knows no field %s", name)
		got := map[bool]string{true: "null"}[value == nil]
		switch value.(type) {
		case string:
			got = "string"
		case float64:
			got = "number"
		case bool:
			got = "boolean"
		case []any:
			got = "array"
		case map[string]any:
			got = "object"
		}
		require.Equal(t, strings.TrimPrefix(kind, "?"), got, "the type of %s", name)
	}
	for name, kind := range want {
		if !strings.HasPrefix(kind, "?") {
			require.Contains(t, fields, name)
		}
	}
}

func decoded(t *testing.T, text []byte) map[string]any {
	t.Helper()
	var v map[string]any
	require.NoError(t, json.Unmarshal(text, &v), "%s", text)
	return v
}

func TestCSV(t *testing.T) {
	lines, err := csv.NewReader(bytes.NewReader(written(t, "csv", rows()))).ReadAll()
	require.NoError(t, err)
	require.Equal(t, "student,lab,passed,tests,first_failure,misconception,problem", strings.Join(lines[0], ","))
	require.Equal(t, []string{"student1", "lab3_chat", "2", "2", "", "", ""}, lines[1])
	require.Equal(t, []string{"1", "2", "TestTwo", "Leave forgets the member, \"and\" does not close its channel; another"}, lines[2][2:6])
	require.Equal(t, []string{"student3", "lab3_chat", "0", "2", "", "", "does not compile: hub.go:12:3: undefined: x"}, lines[3])
	for line := range strings.Lines(string(written(t, "csv", rows()))) {
		require.Equal(t, 1, strings.Count(line, "lab3_chat")+strings.Count(line, "student,lab"), "a line for each student and lab: %s", line)
	}
}

// JUnit's XML as gotestsum writes it: the sums are right, a failure says that it is one, and
// rule and misconception are properties.
func TestJUnit(t *testing.T) {
	type property struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	var all struct {
		XMLName                 xml.Name `xml:"testsuites"`
		Tests, Failures, Errors int      `xml:",attr"`
		Suites                  []struct {
			Name       string     `xml:"name,attr"`
			Tests      int        `xml:"tests,attr"`
			Failures   int        `xml:"failures,attr"`
			Errors     int        `xml:"errors,attr"`
			Time       float64    `xml:"time,attr"`
			Properties []property `xml:"properties>property"`
			Cases      []struct {
				Class      string     `xml:"classname,attr"`
				Name       string     `xml:"name,attr"`
				Time       float64    `xml:"time,attr"`
				Properties []property `xml:"properties>property"`
				Failure    *struct {
					Message string `xml:"message,attr"`
					Text    string `xml:",chardata"`
				} `xml:"failure"`
				Error *struct {
					Message string `xml:"message,attr"`
				} `xml:"error"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	text := written(t, "junit", rows())
	require.True(t, bytes.HasPrefix(text, []byte(xml.Header)))
	require.NoError(t, xml.Unmarshal(text, &all))
	tests, failures, errors := 0, 0, 0
	for _, s := range all.Suites {
		require.Len(t, s.Cases, s.Tests)
		f, e := 0, 0
		for _, c := range s.Cases {
			require.Equal(t, s.Name, c.Class)
			require.Equal(t, property{"rule", "It holds, in one sentence."}, c.Properties[0])
			if c.Failure != nil {
				f++
				require.NotEmpty(t, c.Failure.Message)
				require.Contains(t, c.Failure.Text, "hub.go:12 ")
				require.Contains(t, c.Properties, property{"misconception", "another"})
			}
			if c.Error != nil {
				e++
			}
		}
		require.Equal(t, []int{s.Failures, s.Errors}, []int{f, e})
		tests, failures, errors = tests+s.Tests, failures+f, errors+e
	}
	require.Equal(t, []int{6, 1, 2}, []int{tests, failures, errors})
	require.Contains(t, string(text), `<testsuites name="class" tests="6" failures="1" errors="2" time="1.750000">`)
}

// Gradescope's docs/specs.md.
func TestGradescope(t *testing.T) {
	visibility := []any{"hidden", "after_due_date", "after_published", "visible"}
	each(t, "gradescope", func(t *testing.T, row class.Row, text []byte) {
		all := decoded(t, text)
		fields(t, all, map[string]string{
			"score": "?number", "execution_time": "?number", "output": "?string", "visibility": "?string", "stdout_visibility": "?string",
			"extra_data": "?object", "tests": "array", "leaderboard": "?array",
		})
		require.Contains(t, visibility, all["visibility"])
		require.Contains(t, visibility, all["stdout_visibility"])
		sum := 0.0
		for _, test := range all["tests"].([]any) {
			fields(t, test, map[string]string{
				"score": "number", "max_score": "?number", "name": "?string", "number": "?string", "output": "?string", "tags": "?array",
				"visibility": "?string", "extra_data": "?object",
			})
			test := test.(map[string]any)
			require.Contains(t, visibility, test["visibility"])
			require.LessOrEqual(t, test["score"], test["max_score"])
			require.Equal(t, test["output"] != nil, test["score"] == 0.0, "a test that fails says why")
			sum += test["score"].(float64)
		}
		require.Equal(t, sum, all["score"])
		require.Equal(t, float64(row.Passed()), sum)
		require.NotContains(t, fmt.Sprint(all["output"]), "another", "a misconception is for the instructor, in extra_data")
	})
}

// The result that the reporter of GitHub Classroom (src/main.js and what it calls) adds up.
func TestClassroom(t *testing.T) {
	each(t, "classroom", func(t *testing.T, row class.Row, text []byte) {
		all := decoded(t, text)
		fields(t, all, map[string]string{"version": "number", "status": "string", "max_score": "number", "tests": "array"})
		status := "pass"
		sum := 0.0
		for _, test := range all["tests"].([]any) {
			fields(t, test, map[string]string{
				"name": "string", "status": "string", "score": "number", "message": "?string", "test_code": "?string", "filename": "?string",
				"line_no": "?number", "execution_time": "?number",
			})
			test := test.(map[string]any)
			require.Contains(t, []any{"pass", "fail", "error"}, test["status"])
			require.Equal(t, test["status"] == "pass", test["score"] == 1.0)
			if test["status"] != "pass" {
				status = test["status"].(string)
				require.NotEmpty(t, test["message"])
			}
			sum += test["score"].(float64)
		}
		require.Equal(t, status, all["status"], "the reporter fails the run for fail and for error")
		require.Equal(t, float64(row.Passed()), sum)
		require.Equal(t, float64(len(row.Tests)), all["max_score"])
	})
}

// PrairieLearn's docs/externalGrading.md.
func TestPrairieLearn(t *testing.T) {
	each(t, "prairielearn", func(t *testing.T, row class.Row, text []byte) {
		all := decoded(t, text)
		fields(t, all, map[string]string{
			"gradable": "?boolean", "score": "number", "message": "?string", "output": "?string", "images": "?array", "format_errors": "?array", "tests": "?array",
		})
		require.GreaterOrEqual(t, all["score"], 0.0)
		require.LessOrEqual(t, all["score"], 1.0)
		require.Equal(t, row.Student != "student3", all["gradable"], "what does not compile is not gradable, and costs no attempt")
		require.Equal(t, all["gradable"] == false, all["format_errors"] != nil)
		for _, test := range all["tests"].([]any) {
			fields(t, test, map[string]string{
				"name": "string", "description": "?string", "points": "number", "max_points": "number", "message": "?string", "output": "?string", "images": "?array",
			})
			test := test.(map[string]any)
			require.LessOrEqual(t, test["points"], test["max_points"])
		}
	})
	long := rows()[1]
	long.Tests = slices.Repeat([]class.Result{{Test: judge.Test{Name: "TestLong"}, Ran: true, Said: strings.Repeat("x", 8<<10)}}, 300)
	require.Less(t, len(written(t, "prairielearn", []class.Row{long})), 1<<20, "the file may have 1 MB")
}

// Autolab's docs/features.md: the scores on the last line, and before it the table of stages.
func TestAutolab(t *testing.T) {
	each(t, "autolab", func(t *testing.T, row class.Row, text []byte) {
		lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
		require.Equal(t, map[string]any{"scores": map[string]any{"lab3_chat": float64(row.Passed())}}, decoded(t, []byte(lines[len(lines)-1])))
		table := decoded(t, []byte(lines[len(lines)-2]))
		require.Equal(t, "semantic", table["_presentation"])
		require.Equal(t, []any{"lab3_chat part1", "lab3_chat part2"}, table["stages"])
		require.Len(t, table, 4)
		for _, stage := range table["stages"].([]any) {
			for _, test := range table[stage.(string)].(map[string]any) {
				fields(t, test, map[string]string{"passed": "boolean", "hint": "?string"})
			}
		}
	})
}

// The page holds everything, and a student's text is text.
func TestPage(t *testing.T) {
	text := string(written(t, "html", rows()))
	require.NotContains(t, text, "<script")
	require.Equal(t, 0, strings.Count(text, "http://")+strings.Count(text, "https://"), "nothing comes from elsewhere")
	require.Equal(t, 3, strings.Count(text, `<td class="passed`))
	require.Equal(t, 1, strings.Count(text, `<td class="failed`))
	require.Equal(t, 2, strings.Count(text, `<td class="missing`))
	require.Contains(t, text, "&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;")
	require.Contains(t, text, `<a href="#lab3_chat-1" aria-label="TestTwo fails">`)
	require.Contains(t, text, `id="lab3_chat-1"`)
	require.Contains(t, text, "Leave forgets the member, &#34;and&#34; does not close its channel")
	d := xml.NewDecoder(strings.NewReader(strings.ReplaceAll(text, "<!DOCTYPE html>", "")))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	for {
		_, err := d.Token()
		if err == io.EOF {
			return
		}
		require.NoError(t, err, "every tag has its end")
	}
}

// The table is for people: no control characters of a student's.
func TestTable(t *testing.T) {
	text := string(written(t, "table", rows()))
	require.Contains(t, text, "2 of 2 (1/1, 1/1)")
	require.Contains(t, text, "perhaps: another")
	require.NotContains(t, text, "\x1b")
	require.NotContains(t, text, "\x00")
}

func TestMergeRefuses(t *testing.T) {
	one, other := written(t, "csv", rows()[:1]), written(t, "csv", rows()[:1])
	var b bytes.Buffer
	require.NoError(t, class.Merge(&b, map[string][]byte{"a": one, "b": other}), "twice the same is no harm")
	other = bytes.Replace(other, []byte(",2,2,"), []byte(",1,2,"), 1)
	require.ErrorContains(t, class.Merge(&b, map[string][]byte{"a": one, "b": other}), "student1 has two results for lab3_chat")
	require.ErrorContains(t, class.Merge(&b, map[string][]byte{"a": []byte("name,grade\n")}), "does not begin with student,lab,")
}
