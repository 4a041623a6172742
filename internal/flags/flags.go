// Package flags reads the flags of the labs' programs, and tells what is wrong with them. (It is
// apart from package command, so that the tests of labs 1 and 2 need not link a network.)
package flags

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Parse reads the program's flags. With -h it explains the program and ends it with
// exit code 0; a wrong flag or an argument ends it with code 2 and a line on stderr.
func Parse(about string) {
	flags := flag.NewFlagSet(name(), flag.ContinueOnError)
	flag.VisitAll(func(f *flag.Flag) { flags.Var(f.Value, f.Name, f.Usage) })
	flags.SetOutput(io.Discard) // one clear line instead of the whole help
	switch err := flags.Parse(os.Args[1:]); {
	case errors.Is(err, flag.ErrHelp):
		fmt.Printf("%s\n\nFlags of %s:\n  -h\tshow this help\n", about, name())
		flags.SetOutput(os.Stdout)
		flags.PrintDefaults()
		os.Exit(0)
	case err != nil:
		Fail(2, errors.New(strings.TrimSuffix(err.Error(), ": parse error")))
	case flags.NArg() > 0:
		Fail(2, fmt.Errorf("unexpected argument %q", flags.Arg(0)))
	}
}

// Fail ends the program with one line on stderr.
func Fail(code int, err error) {
	text := strings.Join(strings.Fields(err.Error()), " ")
	if code == 2 {
		text += " (-h explains)"
	}
	fmt.Fprintf(os.Stderr, "%s: %s\n", name(), text)
	os.Exit(code)
}

func name() string { return strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe") }
