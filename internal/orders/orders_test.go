package orders_test

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"asynclab/internal/orders"
)

// prints is a program that prints these words.
func prints(words ...string) func(io.Writer) {
	return func(out io.Writer) {
		for _, word := range words {
			fmt.Fprintf(out, "My Computer: %s!\n", word)
		}
	}
}

func TestOf(t *testing.T) {
	require.Equal(t, "done3 done done2", orders.Of(prints("howdy", "howdy2", "howdy3", "done3", "done", "done2")))
	require.Equal(t, "done done", orders.Of(prints("done", "done")), "a task that is done twice shows")
	require.Equal(t, "(none done)", orders.Of(prints("howdy")))
}

func TestOfAProgramOfManyGoroutines(t *testing.T) {
	order := orders.Of(func(out io.Writer) {
		var all sync.WaitGroup
		for range 100 {
			all.Go(func() { prints("done")(out) })
		}
		all.Wait()
	})
	require.Len(t, strings.Fields(order), 100)
}

func TestChart(t *testing.T) {
	run := 0
	var out strings.Builder
	orders.Chart(&out, 5, func(out io.Writer) {
		order := [][]string{{"done", "done2"}, {"done2", "done"}, {"done2", "done"}, {"done3"}, {"done2", "done"}}[run]
		prints(order...)(out)
		run++
	})
	require.Equal(t, `5 runs, 3 of 6 possible orders:

  done2 done              3  ########################################
  done done2              1  #############
  done3                   1  #############
`, out.String(), "the most frequent order comes first")
}

func TestChartHasABarForTheRarest(t *testing.T) {
	run := 0
	var out strings.Builder
	orders.Chart(&out, 100, func(out io.Writer) {
		prints("done" + strings.Repeat("2", min(1, run)))(out)
		run++
	})
	require.Contains(t, out.String(), "done                    1  #\n")
}

func TestChartOfNoRuns(t *testing.T) {
	for _, runs := range []int{0, -1} {
		var out strings.Builder
		orders.Chart(&out, runs, prints("done"))
		require.Contains(t, out.String(), "1 runs, 1 of 6", "it runs at least once")
	}
}
