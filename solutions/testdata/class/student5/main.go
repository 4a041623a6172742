package main

import (
	"fmt"
	"io"
	"os"
	"time"
)

const owner = "Student 5"

func main() { program(os.Stdout) }

func program(out io.Writer) {
	executor, spawner := New()
	spawner.Spawn(func() {
		fmt.Fprintf(out, "%s's Computer: howdy!\n", owner)
		time.Sleep(2 * time.Second)
		fmt.Fprintf(out, "%s's Computer: done!\n", owner)
	})
	fmt.Fprintf(out, "%s's Computer: hey hey hey!\n", owner)
	spawner.Close()
	executor.Run()
}
