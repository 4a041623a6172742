// Given: the program that shows what your executor does. There is nothing to edit.

// Lab2_concurrency runs three tasks and shows in which order they are done.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"asynclab/internal/flags"
	"asynclab/internal/orders"
)

// owner is whose computer speaks.
const owner = "Raja"

func main() {
	runs := flag.Uint("runs", 0, "repeat the program `N` times with short pauses, and draw the orders of done")
	flags.Parse("Runs three tasks of two seconds each, and shows what is printed when.")
	if *runs > 0 {
		orders.Chart(os.Stdout, int(*runs), func(out io.Writer) { program(out, 2*time.Millisecond) })
		return
	}
	program(os.Stdout, 2*time.Second)
}

// program spawns three tasks, each of which pauses once, and lets an executor run them.
func program(out io.Writer, pause time.Duration) {
	executor, spawner := New()
	for _, number := range []string{"", "2", "3"} {
		spawner.Spawn(func() {
			fmt.Fprintf(out, "%s's Computer: howdy%s!\n", owner, number)
			time.Sleep(pause)
			fmt.Fprintf(out, "%s's Computer: done%s!\n", owner, number)
		})
	}
	spawner.Close()
	executor.Run()
}
