package texts

import (
	"regexp"
	"strings"
)

var (
	todo = regexp.MustCompile(`^#+ .*\bTODO ?(\d*)$`)
	hint = regexp.MustCompile(`(?s)</summary>(.*?)</details>`)
)

// Hints returns the hints of a HINTS.md: for the number of each TODO ("" where the lab has a
// single one) its hints, the gentlest first.
func Hints(text string) map[string][]string {
	all := map[string][]string{}
	var number string
	var section strings.Builder
	end := func() {
		for _, found := range hint.FindAllStringSubmatch(section.String(), -1) {
			all[number] = append(all[number], strings.TrimSpace(found[1]))
		}
		section.Reset()
	}
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		if found := todo.FindStringSubmatch(strings.TrimSpace(line)); found != nil {
			end()
			number = found[1]
			continue
		}
		section.WriteString(line)
	}
	end()
	return all
}
