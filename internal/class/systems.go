package class

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// The formats of courses' own systems. They ask about one student, so a test is named with
// its lab where there are several.

func testName(r Row, t Result, rows []Row) string {
	if len(rows) == 1 {
		return t.Name
	}
	return r.Lab + " " + t.Name
}

func points(passed bool) float64 {
	if passed {
		return 1
	}
	return 0
}

// said is what a test has to say: its message, or that it did not run.
func (t Result) said() string {
	switch {
	case t.Passed:
		return ""
	case t.Said != "":
		return t.Said
	default:
		return "This test did not run."
	}
}

// problems lists what was odd, a line each.
func problems(rows []Row) string {
	var lines []string
	for _, r := range rows {
		for _, p := range r.Problem {
			lines = append(lines, r.Lab+": "+p)
		}
	}
	return strings.Join(lines, "\n")
}

func totals(rows []Row) (passed, tests int, seconds float64) {
	for _, r := range rows {
		passed += r.Passed()
		tests += len(r.Tests)
		seconds += r.Seconds
	}
	return passed, tests, seconds
}

// writeJSON writes v with an indent, and leaves < and & as they are.
func writeJSON(w io.Writer, v any, indent string) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	return e.Encode(v)
}

// writeGradescope writes /autograder/results/results.json. What only the instructor should
// read is in extra_data.
func writeGradescope(w io.Writer, rows []Row) error {
	type test struct {
		Name       string   `json:"name"`
		Score      float64  `json:"score"`
		MaxScore   float64  `json:"max_score"`
		Output     string   `json:"output,omitempty"`
		Tags       []string `json:"tags"`
		Visibility string   `json:"visibility"`
	}
	type result struct {
		Score            float64        `json:"score"`
		ExecutionTime    float64        `json:"execution_time"`
		Output           string         `json:"output,omitempty"`
		Visibility       string         `json:"visibility"`
		StdoutVisibility string         `json:"stdout_visibility"`
		ExtraData        map[string]any `json:"extra_data"`
		Tests            []test         `json:"tests"`
	}
	passed, _, seconds := totals(rows)
	all := result{
		Score: float64(passed), ExecutionTime: seconds, Output: problems(rows), Visibility: "visible", StdoutVisibility: "hidden",
		ExtraData: map[string]any{}, Tests: []test{},
	}
	for _, r := range rows {
		all.ExtraData[r.Lab] = map[string]any{"misconception": r.Misconception, "first_failure": r.FirstFailure}
		for _, t := range r.Tests {
			tags := []string{r.Lab}
			if t.Part != "" {
				tags = append(tags, t.Part)
			}
			all.Tests = append(all.Tests, test{testName(r, t, rows), points(t.Passed), 1, t.said(), tags, "visible"})
		}
	}
	return writeJSON(w, all, "  ")
}

// writeClassroom writes what a grader of GitHub Classroom hands to the reporter, which wants
// it in base64.
func writeClassroom(w io.Writer, rows []Row) error {
	type test struct {
		Name     string  `json:"name"`
		Status   string  `json:"status"` // pass, fail, error
		Score    float64 `json:"score"`
		Message  string  `json:"message"`
		TestCode string  `json:"test_code"`
		Filename string  `json:"filename"`
		LineNo   int     `json:"line_no"`
		Duration float64 `json:"execution_time"`
	}
	type result struct {
		Version  int     `json:"version"`
		Status   string  `json:"status"`
		MaxScore float64 `json:"max_score"`
		Tests    []test  `json:"tests"`
	}
	passed, tests, _ := totals(rows)
	all := result{Version: 1, Status: "fail", MaxScore: float64(tests), Tests: []test{}}
	if passed == tests {
		all.Status = "pass"
	}
	for _, r := range rows {
		for _, t := range r.Tests {
			status := "fail"
			switch {
			case t.Passed:
				status = "pass"
			case !t.Ran && t.Said == "":
				status, all.Status = "error", "error"
				t.Said = strings.TrimSpace("This test did not run. " + strings.Join(r.Problem, "; "))
			}
			all.Tests = append(all.Tests, test{Name: testName(r, t, rows), Status: status, Score: points(t.Passed), Message: t.said(), TestCode: t.Says})
		}
	}
	return writeJSON(w, all, "  ")
}

// writePrairieLearn writes /grade/results/results.json, which may have 1 MB.
func writePrairieLearn(w io.Writer, rows []Row) error {
	type test struct {
		Name        string  `json:"name"`
		Description string  `json:"description"`
		Points      float64 `json:"points"`
		MaxPoints   float64 `json:"max_points"`
		Message     string  `json:"message,omitempty"`
		Output      string  `json:"output,omitempty"`
	}
	type result struct {
		Gradable     bool     `json:"gradable"`
		Score        float64  `json:"score"`
		Message      string   `json:"message"`
		FormatErrors []string `json:"format_errors,omitempty"`
		Tests        []test   `json:"tests"`
	}
	passed, tests, _ := totals(rows)
	all := result{Gradable: true, Message: fmt.Sprintf("%d of %d tests pass.", passed, tests), Tests: []test{}}
	if tests > 0 {
		all.Score = float64(passed) / float64(tests)
	}
	if text := problems(rows); text != "" {
		all.Message += "\n" + text
	}
	broken := 0
	for _, r := range rows {
		for _, p := range r.Problem {
			if strings.HasPrefix(p, "does not compile") || p == "nothing handed in" {
				all.FormatErrors = append(all.FormatErrors, r.Lab+": "+p)
				broken++
			}
		}
		for _, t := range r.Tests {
			all.Tests = append(all.Tests, test{
				Name: testName(r, t, rows), Description: t.Says, Points: points(t.Passed), MaxPoints: 1,
				Output: shorten(t.said(), 800_000/max(1, tests)),
			})
		}
	}
	if broken == len(rows) {
		all.Gradable = false // costs the student no attempt
	}
	return writeJSON(w, all, "  ")
}

// writeAutolab writes two lines of JSON, which must be the last on stdout: the tests, for
// the table that students see, and the scores. A lab's problem in Autolab has its name.
func writeAutolab(w io.Writer, rows []Row) error {
	type outcome struct {
		Passed bool   `json:"passed"`
		Hint   string `json:"hint,omitempty"`
	}
	table := map[string]any{"_presentation": "semantic"}
	scores := map[string]float64{}
	var stages []string
	for _, r := range rows {
		scores[r.Lab] = float64(r.Passed())
		for _, t := range r.Tests {
			stage := strings.TrimSpace(r.Lab + " " + t.Part)
			if table[stage] == nil {
				stages = append(stages, stage)
				table[stage] = map[string]outcome{}
			}
			table[stage].(map[string]outcome)[t.Name] = outcome{t.Passed, t.said()}
		}
	}
	if text := problems(rows); text != "" {
		fmt.Fprintln(w, text)
	}
	table["stages"] = stages
	if err := writeJSON(w, table, ""); err != nil {
		return err
	}
	return writeJSON(w, map[string]any{"scores": scores}, "")
}
