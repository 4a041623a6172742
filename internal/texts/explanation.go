package texts

import (
	"regexp"
	"strings"
)

// Answers says how many of an EXPLANATION.md's questions have an answer, and how many there
// are. A question stands in quotes (>); what is written below it is its answer.
func Answers(explanation string) (given, asked int) {
	inQuestion, answered := false, false
	for line := range strings.Lines(explanation) {
		switch line = strings.TrimSpace(line); {
		case strings.HasPrefix(line, ">"):
			if !inQuestion {
				asked++
				answered = false
			}
			inQuestion = true
		case line == "", strings.HasPrefix(line, "#"), strings.HasPrefix(line, "```"):
			inQuestion = false
		default:
			inQuestion = false
			if asked > 0 && !answered {
				given++
				answered = true
			}
		}
	}
	return given, asked
}

var numbered = regexp.MustCompile(`(?m)^(?:> )?\d+\. (.+(?:\n(?:>|  ) *\S.*)*)`)

// Questions returns the numbered questions of a text: those at the end of a lab's page, or
// those in its EXPLANATION.md.
func Questions(text string) (questions []string) {
	for _, found := range numbered.FindAllStringSubmatch(text, -1) {
		var words []string
		for word := range strings.FieldsSeq(found[1]) {
			if word != ">" {
				words = append(words, word)
			}
		}
		questions = append(questions, strings.Join(words, " "))
	}
	return questions
}
