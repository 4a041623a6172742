// Yours to edit: your name, and one line at TODO 5.

// Lab1_spawner shows that spawning a task does not run it.
package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"asynclab/internal/flags"
)

// owner is whose computer speaks. Put your own name here.
const owner = "Raja"

func main() {
	flags.Parse("Spawns one task, then runs it, and shows what is printed when.")
	program(os.Stdout)
}

// program spawns one task and lets an executor run it. Everything is printed to out.
func program(out io.Writer) {
	executor, spawner := New()
	spawner.Spawn(func() {
		fmt.Fprintf(out, "%s's Computer: howdy!\n", owner)
		time.Sleep(2 * time.Second)
		fmt.Fprintf(out, "%s's Computer: done!\n", owner)
	})
	// TODO 5: right here, print the line "hey hey hey!" to out, in the same form.
	spawner.Close() // without it Run would wait for more tasks for ever
	executor.Run()
}
