package class

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Merge joins what shards of a class have written, all of them CSV or all of them JUnit, and
// writes it sorted by student and lab. A student who stands in two files twice the same counts
// once; two that differ are an error.
func Merge(w io.Writer, files map[string][]byte) error {
	join := mergeCSV
	for _, text := range files {
		if bytes.HasPrefix(bytes.TrimSpace(text), []byte("<")) {
			join = mergeJUnit
		}
	}
	return join(w, files)
}

func mergeCSV(w io.Writer, files map[string][]byte) error {
	var all [][]string
	for name, text := range files {
		lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if len(lines) == 0 || !slices.Equal(lines[0], header) {
			return fmt.Errorf("%s does not begin with %s", name, strings.Join(header, ","))
		}
		all = append(all, lines[1:]...)
	}
	slices.SortFunc(all, slices.Compare[[]string])
	all = slices.CompactFunc(all, slices.Equal[[]string])
	for i := 1; i < len(all); i++ {
		if slices.Equal(all[i][:2], all[i-1][:2]) {
			return fmt.Errorf("%s has two results for %s", all[i][0], all[i][1])
		}
	}
	c := csv.NewWriter(w)
	c.Write(header)
	return c.WriteAll(all)
}

func mergeJUnit(w io.Writer, files map[string][]byte) error {
	all := junitSuites{Name: "class"}
	for name, text := range files {
		var one junitSuites
		if err := xml.Unmarshal(text, &one); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		all.Suites = append(all.Suites, one.Suites...)
	}
	slices.SortFunc(all.Suites, func(a, b junitSuite) int { return strings.Compare(a.Name, b.Name) })
	for i := 1; i < len(all.Suites); i++ {
		if all.Suites[i].Name == all.Suites[i-1].Name {
			return fmt.Errorf("%s has two results", all.Suites[i].Name)
		}
	}
	return all.write(w)
}
