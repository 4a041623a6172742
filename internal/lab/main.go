// Command lab is a student's desk and an instructor's: go tool lab.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"asynclab/internal/say"
)

// A command is one thing that the tool does.
type command struct {
	name  string // "": what it does without any name
	args  string // behind the name
	about string // in one line
	run   func(ctx context.Context, args []string) error
}

// commands returns all of them, each from a file of its own, in the order of the help.
func commands() []command {
	return []command{
		// For students.
		{"", "", "say where you are, and what comes next", progress},
		{"watch", "[LAB]", "run the tests of a lab after each save, and show the first red one", watch},
		{"hint", "[LAB [N]]", "show common mistakes and hint N for the test that is red now", hint},

		// For instructors.
		{"grade", "[flags] DIR", "judge a class: DIR has a folder for each student", grade},
		{"merge", "[flags] FILE...", "join the CSV or JUnit files of shards", merge},
	}
}

// usage is an error of whoever calls: exit code 2.
type usage struct{ error }

func usagef(format string, args ...any) error { return usage{fmt.Errorf(format, args...)} }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	os.Exit(exit(start(ctx, os.Args[1:])))
}

// start runs the command that args name.
func start(ctx context.Context, args []string) error {
	var name string
	if len(args) > 0 {
		name, args = args[0], args[1:]
	}
	if name == "-h" || name == "-help" || name == "--help" || name == "help" {
		help(os.Stdout)
		return nil
	}
	for _, c := range commands() {
		if c.name == name {
			return c.run(ctx, args)
		}
	}
	return usagef("there is no %q", name)
}

// exit says what went wrong in one line on stderr, and returns the exit code.
func exit(err error) int {
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.As(err, new(usage)):
		fmt.Fprintf(os.Stderr, "lab: %s %s\n", say.In(err.Error()), say.In("(-h explains)"))
		return 2
	default:
		fmt.Fprintf(os.Stderr, "lab: %s\n", say.In(strings.Join(strings.Fields(err.Error()), " ")))
		return 1
	}
}

// parse reads a command's flags and returns the arguments behind them. With -h it explains
// the command, and returns flag.ErrHelp. The flags know the command by its name.
func parse(flags *flag.FlagSet, args []string) ([]string, error) {
	flags.SetOutput(io.Discard) // one clear line instead of the whole help
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		for _, c := range commands() {
			if c.name == flags.Name() {
				fmt.Printf("usage: %s\n\n%s\n\n", c.line(), sentence(say.In(c.about)))
			}
		}
		flags.SetOutput(os.Stdout)
		flags.PrintDefaults()
		return nil, err
	case err != nil:
		return nil, usage{err}
	}
	return flags.Args(), nil
}

func help(w io.Writer) {
	fmt.Fprint(w, say.In("The desk of this workbook.\n\n"))
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-32s %s\n", c.line(), say.In(c.about))
	}
	fmt.Fprint(w, say.In("\n-h behind a name explains more.\n"))
}

func (c command) line() string {
	return strings.Join(strings.Fields("go tool lab "+c.name+" "+c.args), " ")
}

func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "." }
