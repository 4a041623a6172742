package say

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// In returns an English text in the reader's language, line by line. A line is one of the
// catalogue's, with or without the values that stand in the place of its verbs; or it has
// columns, with two blanks between them, and each is one. What the catalogue does not have
// stays as it is. Several goroutines may call In.
func In(text string) string {
	if !Indonesian() {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = columns(line)
	}
	return strings.Join(lines, "\n")
}

// gap is what stands between two columns, or before the first.
var gap = regexp.MustCompile(`^ +|  +`)

func columns(line string) string {
	if text, ok := lookUp(strings.TrimSpace(line)); ok {
		return line[:len(line)-len(strings.TrimLeft(line, " "))] + text
	}
	var b strings.Builder
	from := 0
	for _, at := range append(gap.FindAllStringIndex(line, -1), []int{len(line), len(line)}) {
		if strings.Count(line[:at[0]], `"`)%2 == 1 && at[1] < len(line) {
			continue // what somebody else says has no columns
		}
		text, _ := lookUp(line[from:at[0]])
		b.WriteString(text)
		// The next column stays where it is, if there is room.
		room := at[1] - at[0]
		if longer := utf8.RuneCountInString(text) - (at[0] - from); at[1] < len(line) && text != "" {
			room = max(2, room-longer)
		}
		b.WriteString(strings.Repeat(" ", room))
		from = at[1]
	}
	return b.String()
}

// A pattern is a line of the catalogue with verbs in it.
type pattern struct {
	english    *regexp.Regexp
	indonesian string
	letters    int  // without the verbs
	columns    bool // two blanks stand in it
}

var (
	verb  = regexp.MustCompile(`%(?:\[(\d)\])?[-+# 0]*\d*(?:\.\d+)?[a-zA-Z%]`)
	table = sync.OnceValues(read)
)

// read takes the catalogue apart: lines without verbs, and patterns, those that say most first.
func read() (lines map[string]string, patterns []pattern) {
	lines = map[string]string{}
	for _, catalogue := range []map[string]string{indonesian, composed} {
		for english, translation := range catalogue {
			lines[english] = translation
			if p, ok := compile(english, translation); ok {
				patterns = append(patterns, p)
			}
		}
	}
	slices.SortFunc(patterns, func(a, b pattern) int {
		return cmp.Or(cmp.Compare(b.letters, a.letters), strings.Compare(a.english.String(), b.english.String()))
	})
	return lines, patterns
}

func compile(english, indonesian string) (p pattern, ok bool) {
	b, from := "(?s)^", 0
	for _, at := range verb.FindAllStringIndex(english, -1) {
		b += regexp.QuoteMeta(english[from:at[0]])
		p.letters += at[0] - from
		switch english[at[1]-1] {
		case '%':
			b += "%"
		case 'd':
			b += `(-?\d+)`
		case 'q':
			b += "(\".*?\"|'.*?'|`.*?`|\\[\".*?\"\\]|\\[\\])" // one text, or a list of them
		default:
			b += `(.*?)`
		}
		from = at[1]
	}
	p.letters += len(english) - from
	p.english = regexp.MustCompile(b + regexp.QuoteMeta(english[from:]) + "$")
	p.indonesian = indonesian
	p.columns = strings.Contains(english, "  ")
	return p, from > 0 && strings.TrimSpace(verb.ReplaceAllString(english, "")) != ""
}

// lookUp translates a line, or a part of one.
func lookUp(text string) (translation string, ok bool) {
	lines, patterns := table()
	if translation, ok := lines[text]; ok {
		return translation, true
	}
	for _, p := range patterns {
		if values := p.english.FindStringSubmatch(text); values != nil && (p.columns || !slices.ContainsFunc(values[1:], isRow)) {
			return p.fill(values[1:]), true
		}
	}
	return text, false
}

// isRow reports whether a value has columns: then it is no value of a line that has none.
func isRow(value string) bool { return strings.Contains(value, "  ") && !strings.Contains(value, `"`) }

// fill puts the values in the place of the verbs. A value can be a text of the catalogue itself.
func (p pattern) fill(values []string) string {
	next := 0
	return verb.ReplaceAllStringFunc(p.indonesian, func(v string) string {
		if v == "%%" {
			return "%"
		}
		if number := verb.FindStringSubmatch(v)[1]; number != "" {
			next = int(number[0] - '1')
		}
		next++
		if next > len(values) {
			return v
		}
		if value := values[next-1]; !strings.HasPrefix(value, `"`) { // else it is what somebody else says
			return columns(value)
		}
		return values[next-1]
	})
}
