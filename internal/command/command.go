// Package command is what the labs' programs share: flags, errors, Ctrl-C.
package command

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Parse reads the program's flags. With -h it explains the program and ends it with
// exit code 0; a wrong flag or an argument ends it with code 2 and a line on stderr.
func Parse(about string) {
	name := strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe")
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flag.CommandLine.VisitAll(func(f *flag.Flag) { flags.Var(f.Value, f.Name, f.Usage) })
	flags.SetOutput(new(strings.Builder)) // one clear line instead of the whole help
	switch err := flags.Parse(os.Args[1:]); {
	case err == flag.ErrHelp:
		fmt.Printf("%s\n\nFlags of %s:\n  -h\tshow this help\n", about, name)
		flags.SetOutput(os.Stdout)
		flags.PrintDefaults()
		os.Exit(0)
	case err != nil:
		fail(2, "%v (-h explains)", err)
	case flags.NArg() > 0:
		fail(2, "unexpected argument %q (-h explains)", flags.Arg(0))
	}
}

// fail ends the program with one line on stderr.
func fail(code int, format string, args ...any) {
	name := strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe")
	fmt.Fprintf(os.Stderr, name+": "+format+"\n", args...)
	os.Exit(code)
}
