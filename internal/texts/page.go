package texts

import (
	"regexp"
	"strings"
)

// A Row is a row of a lab's table of common mistakes.
type Row struct {
	Mistake string
	Shows   string   // how it shows, as the page says it
	words   []string // what stands in a message that it shows in
}

var code = regexp.MustCompile("`([^`]+)`")

// Mistakes returns the rows of a page's tables of two columns: those of the common mistakes.
func Mistakes(page string) (rows []Row) {
	for _, cells := range tables(page) {
		if len(cells) != 2 {
			continue
		}
		row := Row{Mistake: cells[0], Shows: cells[1]}
		for _, found := range code.FindAllStringSubmatch(cells[1], -1) {
			if !strings.HasPrefix(found[1], "go test") {
				row.words = append(row.words, found[1])
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// Fit returns the numbers of those rows whose words stand in the message of a red test: all of
// them, or, where there is no such row, a phrase of theirs.
func Fit(rows []Row, message string) (fitting []int) {
	var some []int
	for i, row := range rows {
		found, phrases := 0, 0
		for _, word := range row.words {
			if strings.Contains(message, word) {
				found++
				phrases += strings.Count(word, " ")
			}
		}
		switch {
		case found > 0 && found == len(row.words):
			fitting = append(fitting, i)
		case phrases > 0: // a word alone, such as a function's name, tells too little
			some = append(some, i)
		}
	}
	if len(fitting) > 0 {
		return fitting
	}
	return some
}

var digits = regexp.MustCompile(`\d+`)

// TODOOf returns the number of the TODO that a page's table names for a test: "3", or "" where
// the lab has a single one. ok is false if no row has the test.
func TODOOf(page, test string) (number string, ok bool) {
	for _, cells := range tables(page) {
		if len(cells) == 3 && strings.Contains(cells[2], "`"+test+"`") {
			return digits.FindString(cells[0]), true
		}
	}
	return "", false
}

// tables returns the cells of all rows of all tables of a page, but for those at their heads.
func tables(page string) (rows [][]string) {
	var before []string
	for line := range strings.Lines(page) {
		line = strings.TrimSpace(line)
		var cells []string
		if strings.HasPrefix(line, "|") {
			cells = strings.Split(strings.Trim(line, "|"), "|")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
		}
		isRuler := cells != nil && strings.Trim(line, "|-: ") == ""
		if before != nil && !isRuler {
			rows = append(rows, before)
		}
		if before = cells; isRuler {
			before = nil
		}
	}
	if before != nil {
		rows = append(rows, before)
	}
	return rows
}
