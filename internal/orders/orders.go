// Package orders draws in which orders the tasks of lab 2 are done.
package orders

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
)

var done = regexp.MustCompile(`done\d*`)

// Of returns the words done, done2, done3 in the order in which program prints them.
func Of(program func(io.Writer)) string {
	var printed writer
	program(&printed)
	return cmp.Or(strings.Join(done.FindAllString(printed.String(), -1), " "), "(none done)")
}

// Chart runs program so many times, at least once, and prints to out a bar for each order it saw.
func Chart(out io.Writer, runs int, program func(io.Writer)) {
	runs = max(runs, 1)
	seen := map[string]int{}
	for range runs {
		seen[Of(program)]++
	}
	fmt.Fprintf(out, "%d runs, %d of 6 possible orders:\n\n", runs, len(seen))
	const width = 40
	most := slices.Max(slices.Collect(maps.Values(seen)))
	for _, order := range slices.SortedFunc(maps.Keys(seen), func(a, b string) int {
		return cmp.Or(cmp.Compare(seen[b], seen[a]), cmp.Compare(a, b))
	}) {
		bar := strings.Repeat("#", max(1, seen[order]*width/most))
		fmt.Fprintf(out, "  %-18s %6d  %s\n", order, seen[order], bar)
	}
}

// writer is a buffer that several goroutines may write to.
type writer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (w *writer) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.Buffer.Write(p)
}
