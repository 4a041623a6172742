package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"asynclab/internal/judge"
	"asynclab/internal/say"
)

// watch runs a lab's tests after each save until q or Ctrl-C.
func watch(ctx context.Context, args []string) error {
	args, err := parse(flag.NewFlagSet("watch", flag.ContinueOnError), args)
	if err != nil {
		return err
	}
	root, labs, err := open()
	if err != nil {
		return err
	}
	w := &watcher{root: root, labs: labs, screen: newScreen(os.Stdout), keys: keys(), green: map[string]bool{}}
	switch len(args) {
	case 0:
		if w.lab = here(labs); w.lab != nil {
			break
		}
		w.follows = true
		meanwhile, done := meanwhile(os.Stderr)
		w.lab, err = nextLab(ctx, root, labs, meanwhile)
		done()
	case 1:
		w.lab, err = named(labs, args[0])
	default:
		err = usagef("watch wants one lab, no more")
	}
	switch {
	case err != nil:
		return err
	case w.lab == nil:
		fmt.Println(say.In("All labs are green. To watch one all the same, name it: go tool lab watch lab1"))
		return nil
	}
	w.screen.clear()
	for !w.watchLab(ctx) {
	}
	fmt.Println()
	return nil // Ctrl-C is one of the ways to end
}

// keys returns what is typed, line by line. It never ends: without a keyboard nothing comes.
func keys() <-chan string {
	typed := make(chan string)
	go func() {
		for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
			typed <- strings.ToLower(strings.TrimSpace(lines.Text()))
		}
	}()
	return typed
}

// A watcher belongs to one goroutine. Its runs say what they have to say through channels.
type watcher struct {
	root    string
	labs    []*judge.Lab
	lab     *judge.Lab
	follows bool // when this lab is green, it goes on to the next one
	screen  *screen
	keys    <-chan string

	banner string          // about the lab before
	green  map[string]bool // the tests that were green at the last save
	found  string          // what the last run has found
	text   string          // what stands on the screen: that, and perhaps a hint
	hints  hinter
}

// An outcome is what a run has found.
type outcome struct {
	verdict judge.Verdict
	err     error
}

// watchLab watches the current lab until it is time for the next one, or until the student
// wants to end.
func (w *watcher) watchLab(ctx context.Context) (end bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	saved := saves(ctx, w.lab.Folder)
	w.text = w.head("")
	w.found = w.text
	w.hints = hinter{}
	run := w.start(ctx, "-failfast")
	busy, asked := true, false // asked for a hint before there was an outcome
	if w.screen.redraws {
		w.draw("")
	}
	for {
		select {
		case <-ctx.Done():
			run.end()
			return true
		case <-saved:
			run.end()
			run, busy = w.start(ctx, "-failfast"), true
			w.draw(say.In("saved"))
		case test := <-run.tests:
			w.draw(test)
		case o := <-run.outcome:
			busy = false
			if o.err != nil {
				w.found = w.head("") + o.err.Error() + "\n"
				w.text = w.found
			} else if w.finish(o.verdict) && w.follows {
				return w.goOn(ctx)
			}
			if asked {
				asked = false
				w.hint(ctx)
			}
			w.draw("")
		case key := <-w.keys:
			w.screen.forget()
			switch key {
			case "q":
				run.end()
				return true
			case "a":
				run.end()
				run, busy = w.start(ctx), true
			case "h":
				if asked = busy; !busy {
					w.hint(ctx)
				}
			}
			w.draw("")
		}
	}
}

// hint puts the next hint for the red test below its message.
func (w *watcher) hint(ctx context.Context) {
	w.draw(say.In("looking for a hint ..."))
	w.text = w.found + w.hints.next(ctx, w.root, w.lab)
}

// A run is one run of the lab's tests.
type run struct {
	tests   chan string  // the tests that have ended
	outcome chan outcome // one, unless it is ended before
	end     func()       // ends it, with all its processes
}

// start runs the lab's tests.
func (w *watcher) start(ctx context.Context, flags ...string) run {
	ctx, cancel := context.WithCancel(ctx)
	gone := make(chan struct{})
	r := run{tests: make(chan string), outcome: make(chan outcome, 1)}
	r.end = func() { cancel(); <-gone }
	go func() {
		defer close(gone)
		tests := 0
		verdicts, err := runTests(ctx, w.root, []*judge.Lab{w.lab}, func(_, test string) {
			tests++
			select {
			case r.tests <- fmt.Sprintf(say.In("%d tests have run: %s %s"), tests, w.lab.Name, test):
			case <-ctx.Done():
			}
		}, flags, nil)
		if !errors.Is(err, context.Canceled) {
			r.outcome <- outcome{verdicts[w.lab.Name], err}
		}
	}()
	return r
}

// finish writes down what a run has found, and reports whether the lab is green.
func (w *watcher) finish(v judge.Verdict) bool {
	if len(v.Tests) == 0 { // and so nothing is known of any test
		w.found = w.head("") + "\n" + w.screen.in(scarlet, say.In("it does not compile")) + "\n\n" + v.Problem
		w.text = w.found
		return false
	}
	var fresh []string
	green := map[string]bool{}
	for _, test := range v.Tests {
		if v.Action[test] == "pass" {
			green[test] = true
			if !w.green[test] {
				fresh = append(fresh, test)
			}
		}
	}
	w.green = green
	test, message := v.FirstFailure()
	text := w.head(w.score(v)) + w.news(fresh) + "\n"
	if test != "" {
		text += w.screen.in(scarlet, test) + "\n" + plain(message) + alsoRed(v, test)
	} else {
		text += w.screen.in(verdant, fmt.Sprintf(say.In("%s is green."), w.lab.Name)) + " " + w.leftToWrite() + "\n"
	}
	w.found, w.text = text, text
	return test == ""
}

// alsoRed names the other red tests, when all have run.
func alsoRed(v judge.Verdict, first string) string {
	others := slices.DeleteFunc(slices.Clone(v.Tests), func(test string) bool { return test == first || v.Action[test] != "fail" })
	if len(others) == 0 {
		return ""
	}
	return say.In("also red:") + " " + strings.Join(others, ", ") + "\n"
}

// goOn goes to the next lab that is not green. It reports whether there is none.
func (w *watcher) goOn(ctx context.Context) (end bool) {
	w.banner = fmt.Sprintf(say.In("%s is green."), w.lab.Name) + " " + w.leftToWrite() + "\n"
	w.draw(say.In("what comes next?"))
	next, err := nextLab(ctx, w.root, w.labs, func(_, test string) { w.draw(test) })
	if err != nil || next == nil {
		return true
	}
	w.lab, w.green = next, map[string]bool{}
	return false
}

// leftToWrite says what is missing from the lab's explanation.
func (w *watcher) leftToWrite() string {
	if given, asked := answers(w.lab); given < asked {
		return fmt.Sprintf(say.In("Now explain why: %s has %d of %d answers."), w.lab.Name+"/"+say.In("EXPLANATION.md"), given, asked)
	}
	return say.In("Its explanation is written.")
}

// head is the top of the screen: which lab, and what is known of it.
func (w *watcher) head(known string) string {
	return w.banner + w.screen.in(bold, w.lab.Name) + known + "\n"
}

// score says how much is green of the lab, or of the part at which the student is.
func (w *watcher) score(v judge.Verdict) string {
	name, done, all := "", len(w.green), len(testsOf(w.lab))
	text := ""
	if len(v.Tests) < all { // nobody knows how the others are
		text = say.In(" before the first red one")
	}
	for _, p := range partsOf(w.lab, func(test string) bool { return w.green[test] }) {
		if p.Green < p.Tests {
			name, done, all = ", "+p.title(), p.Green, p.Tests
			break
		}
	}
	return name + "  " + w.screen.in(verdant, bar(done, all, 20)) + "  " + fmt.Sprintf(say.In("%d of %d tests are green"), done, all) + text
}

// news names the tests that were not green before.
func (w *watcher) news(fresh []string) (text string) {
	for _, test := range fresh[:min(len(fresh), 5)] {
		text += w.screen.in(verdant, say.In("now green:")+" "+test) + "\n"
	}
	if more := len(fresh) - 5; more > 0 {
		text += w.screen.in(verdant, fmt.Sprintf(say.In("and %d more"), more)) + "\n"
	}
	return text
}

// draw shows the screen, with a line about what goes on just now.
func (w *watcher) draw(now string) {
	text := w.text
	if w.screen.redraws {
		text += "\n" + w.screen.in(dim, say.In("h and Enter: a hint   a: all tests   q: end")) + "\n"
	}
	w.screen.show(text, w.screen.in(dim, now))
}

// plain is a test's message without the lines by which go test frames it.
func plain(message string) string {
	lines := slices.Collect(strings.Lines(message))
	lines = slices.DeleteFunc(lines, func(line string) bool {
		return strings.HasPrefix(line, "=== ") || strings.HasPrefix(line, "--- ")
	})
	return strings.Join(lines, "")
}

// A hinter gives one hint after another for the same test.
type hinter struct {
	test   string
	number int
}

// next returns the next hint for the test that is red now.
func (h *hinter) next(ctx context.Context, root string, l *judge.Lab) string {
	r, err := findRed(ctx, root, l, func(string, string) {})
	if err != nil {
		return "\n" + err.Error() + "\n"
	}
	return h.of(r)
}

// of returns the next hint for a red test.
func (h *hinter) of(r red) string {
	if h.number++; h.test != r.test {
		*h = hinter{r.test, 1}
	}
	again := ""
	text, _, err := r.hint(h.number)
	if err != nil { // there are no more
		h.number = 1
		again = say.In("\nThat was the last hint. From the first one again:\n")
		text, _, err = r.hint(h.number)
	}
	if err != nil {
		return "\n" + err.Error() + "\n"
	}
	return again + "\n" + text
}
