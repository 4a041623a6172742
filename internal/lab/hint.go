package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"asynclab/internal/judge"
	"asynclab/internal/judge/bank"
	"asynclab/internal/say"
	"asynclab/internal/texts"
)

// hint shows what the lab's own texts say of the test that is red now.
func hint(ctx context.Context, args []string) error {
	args, err := parse(flag.NewFlagSet("hint", flag.ContinueOnError), args)
	if err != nil {
		return err
	}
	root, labs, err := open()
	if err != nil {
		return err
	}
	meanwhile, done := meanwhile(os.Stderr)
	defer done()
	l, number := here(labs), 1
	switch len(args) {
	case 0:
		if l == nil {
			l, err = nextLab(ctx, root, labs, meanwhile)
		}
	case 1:
		l, err = named(labs, args[0])
	default:
		if number, err = strconv.Atoi(args[1]); err != nil || len(args) > 2 {
			return usagef("hint wants a lab and a number, no more")
		}
		l, err = named(labs, args[0])
	}
	if err != nil {
		return err
	}
	if l == nil {
		done()
		fmt.Println(say.In("All labs are green: there is nothing to hint at."))
		return nil
	}
	r, err := findRed(ctx, root, l, meanwhile)
	done()
	if err != nil {
		return err
	}
	text, more, err := r.hint(number)
	if err != nil {
		return err
	}
	fmt.Print(text)
	if more {
		fmt.Printf(say.In("\nthe next one:  go tool lab hint %s %d\n"), l.Name, number+1)
	}
	return nil
}

// A red is the first red test of a lab, and what it says, in English.
type red struct {
	lab           *judge.Lab
	test, message string
	verdict       judge.Verdict
}

// findRed runs the lab's tests in English, which is the language of what it is compared with.
func findRed(ctx context.Context, root string, l *judge.Lab, on func(lab, test string)) (red, error) {
	verdicts, err := runTests(ctx, root, []*judge.Lab{l}, on, []string{"-failfast"}, []string{"LAB_LANG=en"})
	v := verdicts[l.Name]
	r := red{lab: l, verdict: v}
	r.test, r.message = v.FirstFailure()
	return r, err
}

// hint returns the common mistakes that fit the red test, and a hint of its TODO; more reports
// whether there is a next one.
func (r red) hint(number int) (text string, more bool, err error) {
	switch {
	case r.test == "" && len(r.verdict.Tests) == 0:
		return fmt.Sprintf(say.In("%s does not compile. What the compiler says:\n"), r.lab.Name) + r.verdict.Problem, false, nil
	case r.test == "":
		return fmt.Sprintf(say.In("%s is green: there is nothing to hint at.\n"), r.lab.Name), false, nil
	}
	var b strings.Builder
	page, err := r.read("README.md")
	if err != nil {
		return "", false, err
	}
	todo, ok := texts.TODOOf(page, r.test)
	fmt.Fprintf(&b, "%s, %s", r.lab.Name, r.test)
	if ok {
		fmt.Fprintf(&b, ", %s", strings.TrimSpace("TODO "+todo))
	}
	b.WriteString("\n")
	if err := r.mistakes(&b, page); err != nil {
		return "", false, err
	}
	if !ok {
		return b.String(), false, nil
	}
	list, err := r.read(say.In("HINTS.md"))
	if err != nil {
		return "", false, err
	}
	hints := texts.Hints(list)[todo]
	if number < 1 || number > len(hints) {
		return "", false, usagef("this TODO has %d hints, and no hint %d", len(hints), number)
	}
	fmt.Fprintf(&b, say.In("\nHint %d of %d:\n"), number, len(hints))
	b.WriteString(indented(hints[number-1]))
	return b.String(), number < len(hints), nil
}

// mistakes writes the rows of the page's common mistakes that fit.
func (r red) mistakes(b *strings.Builder, page string) error {
	fitting := r.narrow(texts.Mistakes(page), texts.Fit(texts.Mistakes(page), r.message))
	text, err := r.read(say.In("README.md"))
	if err != nil || len(fitting) == 0 {
		return err
	}
	b.WriteString(say.In("\nA common mistake, perhaps:\n"))
	rows := texts.Mistakes(text)
	for _, i := range fitting[:min(len(fitting), 4)] {
		b.WriteString(indented("- " + rows[i].Mistake))
	}
	return nil
}

// narrow keeps those rows that say what a mistake of the bank says which fits the message, if
// there are any.
func (r red) narrow(rows []texts.Row, fitting []int) []int {
	known := slices.DeleteFunc(slices.Clone(bank.Of(r.lab.Name)), func(w bank.Wrong) bool {
		return w.Test != r.test || w.Race || !strings.Contains(r.message, w.Says)
	})
	narrower := slices.DeleteFunc(slices.Clone(fitting), func(i int) bool {
		return !slices.ContainsFunc(known, func(w bank.Wrong) bool { return len(texts.Fit(rows[i:i+1], w.Says)) > 0 })
	})
	if len(narrower) > 0 {
		return narrower
	}
	return fitting
}

// read reads a text of the lab.
func (r red) read(name string) (string, error) {
	text, err := os.ReadFile(filepath.Join(r.lab.Folder, name))
	return string(text), err
}

func indented(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text + "\n") {
		if line != "\n" {
			line = "  " + line
		}
		b.WriteString(line)
	}
	return b.String()
}
