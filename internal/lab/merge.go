package main

import (
	"bytes"
	"context"
	"flag"
	"os"

	"asynclab/internal/class"
)

func merge(_ context.Context, args []string) error {
	flags := flag.NewFlagSet("merge", flag.ContinueOnError)
	file := flags.String("o", "", "write to `FILE`, not to stdout")
	args, err := parse(flags, args)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		return usagef("merge wants files")
	}
	files := map[string][]byte{}
	for _, name := range args {
		if files[name], err = os.ReadFile(name); err != nil {
			return err
		}
	}
	var b bytes.Buffer
	if err := class.Merge(&b, files); err != nil {
		return err
	}
	return output(b.Bytes(), *file)
}
