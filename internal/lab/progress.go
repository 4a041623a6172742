package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"asynclab/internal/say"
)

// progress says where the student is: each lab, and what to do next.
func progress(ctx context.Context, args []string) error {
	args, err := parse(flag.NewFlagSet("", flag.ContinueOnError), args)
	if err != nil {
		return err
	}
	if len(args) > 0 {
		return usagef("there is no %q", args[0])
	}
	root, labs, err := open()
	if err != nil {
		return err
	}
	meanwhile, done := meanwhile(os.Stderr)
	all, err := standings(ctx, root, labs, meanwhile)
	done()
	if err != nil {
		return err
	}
	width := 0
	for _, s := range all {
		width = max(width, len(s.Lab))
	}
	for _, s := range all {
		fmt.Printf("%-*s  %s  %s\n", width, s.Lab, bar(s.Green, s.Tests, 10), s.tells())
		for _, p := range s.Parts {
			fmt.Printf("%*s  %s  %s\n", width, p.title(), bar(p.Green, p.Tests, 10), fmt.Sprintf(say.In("%2d of %d"), p.Green, p.Tests))
		}
		fmt.Printf("%-*s  %s\n", width, "", explanation(s))
	}
	fmt.Println("\n" + next(all))
	return nil
}

// tells says in a line how the tests are.
func (s standing) tells() string {
	text := fmt.Sprintf(say.In("%2d of %d tests are green"), s.Green, s.Tests)
	switch {
	case !s.Built:
		return say.In("it does not compile")
	case s.Skipped:
		text += say.In("; some cannot run now (go test -v says why)")
	case s.Red != "":
		text += fmt.Sprintf(say.In("; red: %s"), s.Red)
	}
	return text
}

func explanation(s standing) string {
	switch {
	case s.given == 0:
		return say.In("its explanation is empty")
	case !s.explained():
		return fmt.Sprintf(say.In("its explanation has %d of %d answers"), s.given, s.asked)
	}
	return say.In("its explanation is written")
}

// next says what to do next: the lab that is not green, or whose explanation is not written,
// and was edited last, or else the first such.
func next(all []standing) string {
	lastFirst := func(a, b standing) int { return b.edited.Compare(a.edited) }
	for _, s := range slices.SortedStableFunc(slices.Values(all), lastFirst) {
		switch {
		case !s.isGreen():
			return say.In("go on:") + "  go tool lab watch " + s.Lab
		case !s.explained():
			return say.In("go on:") + "  " + fmt.Sprintf(say.In("write %s, then: go tool lab"), s.Lab+"/"+say.In("EXPLANATION.md"))
		}
	}
	return say.In("All labs are done. Harder tests:") + "  go test -tags stretch ./" + all[0].Lab + "/..."
}

// bar draws how much is done of all.
func bar(done, all, width int) string {
	full := 0
	if all > 0 {
		full = done * width / all
	}
	return "[" + strings.Repeat("#", full) + strings.Repeat(".", width-full) + "]"
}

// meanwhile shows on a terminal which test has just ended, in a line that done takes away.
// Elsewhere it only says once that tests run.
func meanwhile(w *os.File) (on func(lab, test string), done func()) {
	tests, long := 0, 0
	on = func(lab, test string) {
		tests++
		text := fmt.Sprintf(say.In("%d tests have run: %s %s"), tests, lab, test)
		switch {
		case isTerminal(w):
			text = text[:min(len(text), 79)]
			fmt.Fprintf(w, "\r%-*s", long, text)
			long = max(long, len(text))
		case tests == 1:
			fmt.Fprintln(w, say.In("the tests run ..."))
		}
	}
	return on, func() {
		if long > 0 {
			fmt.Fprintf(w, "\r%*s\r", long, "")
		}
	}
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// list joins names as one does in a sentence.
func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " " + say.In("or") + " " + names[last]
}
