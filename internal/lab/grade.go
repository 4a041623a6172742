package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"asynclab/internal/class"
	"asynclab/internal/judge"
)

func grade(ctx context.Context, args []string) error {
	var names []string
	for _, f := range class.Formats {
		names = append(names, f.Name)
	}
	flags := flag.NewFlagSet("grade", flag.ContinueOnError)
	labs := flags.String("lab", "", "judge these `labs`, with commas between; lab3_chat/part1 is a part (default: every lab on which somebody has worked)")
	stretch := flags.Bool("stretch", false, "with the harder tests")
	race := flags.Bool("race", false, "with the race detector, which needs a C compiler")
	jobs := flags.Int("j", runtime.NumCPU(), "judge `N` submissions at the same time")
	timeout := flags.Duration("timeout", 2*time.Minute, "end a submission of a lab that takes longer")
	shard := flags.String("shard", "", "judge a part of the class, such as `3/8`: the third of eight; merge joins them")
	formatName := flags.String("format", "table", "write one of "+strings.Join(names, ", "))
	file := flags.String("o", "", "write to `FILE`, not to stdout; for a format of one student it may be a folder")
	args, err := parse(flags, args)
	if err != nil {
		return err
	}
	i := slices.Index(names, *formatName)
	switch {
	case len(args) != 1:
		return usagef("grade wants one folder")
	case i < 0:
		return usagef("there is no format %q", *formatName)
	case *jobs < 1 || *timeout <= 0:
		return usagef("-j and -timeout must be more than 0")
	}
	format := class.Formats[i]
	root, err := judge.Root()
	if err != nil {
		return err
	}
	o := class.Options{Root: root, Dir: args[0], Stretch: *stretch, Race: *race, Jobs: *jobs, Timeout: *timeout}
	if *labs != "" {
		o.Labs = strings.Split(*labs, ",")
	}
	if *shard != "" {
		if n, _ := fmt.Sscanf(*shard, "%d/%d", &o.Shard, &o.Shards); n != 2 || o.Shard < 1 || o.Shard > o.Shards || *shard != fmt.Sprintf("%d/%d", o.Shard, o.Shards) {
			return usagef("-shard should be like 3/8, not %q", *shard)
		}
	}
	if format.Alone {
		if err := checkAlone(format, args[0], *file); err != nil {
			return err
		}
	}
	progress := newClassLine(os.Stderr)
	o.Progress = progress.show
	rows, err := class.Grade(ctx, o)
	progress.end()
	if err != nil {
		if ctx.Err() != nil {
			return fmt.Errorf("stopped")
		}
		return err
	}
	if format.Alone {
		return writeEach(format, rows, *file)
	}
	return write(format, rows, *file)
}

// write writes rows to a file, or to stdout.
func write(format class.Format, rows []class.Row, file string) error {
	var b bytes.Buffer
	if err := format.Write(&b, rows); err != nil {
		return err
	}
	return output(b.Bytes(), file)
}

func output(text []byte, file string) error {
	if file == "" {
		_, err := os.Stdout.Write(text)
		return err
	}
	return os.WriteFile(file, text, 0o666)
}

// checkAlone requires that there is one student, or a folder to write to. It makes that.
func checkAlone(format class.Format, dir, file string) error {
	students, err := class.Students(dir)
	if _, gone := os.Stat(file); err == nil && len(students) > 1 && file != "" && errors.Is(gone, fs.ErrNotExist) {
		err = os.MkdirAll(file, 0o777)
	}
	if err == nil && len(students) > 1 && !isFolder(file) {
		return usagef("%s is for one student, and there are %d: name a folder with -o", format.Name, len(students))
	}
	return err
}

func isFolder(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.IsDir()
}

// writeEach writes what one student gets, or a file for each into a folder.
func writeEach(format class.Format, rows []class.Row, file string) error {
	if !isFolder(file) {
		return write(format, rows, file)
	}
	of := map[string][]class.Row{}
	for _, r := range rows {
		of[r.Student] = append(of[r.Student], r)
	}
	for student, rows := range of {
		if err := write(format, rows, filepath.Join(file, student+".json")); err != nil {
			return err
		}
	}
	return nil
}
