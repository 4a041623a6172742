package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"asynclab/internal/explore"
)

// TestOdd runs each test of testdata/odd, which says in its name what must come out.
func TestOdd(t *testing.T) {
	run := build(t, "testdata/odd")
	for test, says := range map[string]string{
		"TestHoldsTwoOrders":   "2 orders of A and B: each holds",
		"TestFailsTwoAdds":     "one was lost\nthe shortest order that breaks it, 1 switch",
		"TestFailsPlus":        "odd.go:40  c.n += d",
		"TestFailsMapIsShared": "data race: ",
		"TestFailsStruct":      "data race: ",
		"TestFailsLookThenAct": "both got it\nthe shortest order that breaks it, 1 switch",
		"TestHoldsServer":      "each holds",
		"TestFailsLeftBehind":  "leak: when all is over, there is still a goroutine of NewServer\n  odd.go:71  waits: select",
		"TestHoldsSum":         "each holds",
		"TestHoldsNames":       "each holds",
		"TestHoldsGate":        "each holds",
		"TestHoldsLater":       "each holds",
		"TestHoldsSpin":        "each holds",
		"TestFailsLocal":       "one was lost",
		"TestFailsDeadlock":    "deadlock: nobody is left who could wake A",
		"TestFailsPanic":       "panic: close of closed channel",
		"TestHoldsTry":         "each holds",
		"TestFailsHeld":        "A has locked it, and has not unlocked it",
		"TestHoldsDesk":        "each holds",
		"TestFailsTray":        "the sum is 4\nthe shortest order that breaks it, 1 switch",
	} {
		t.Run(test, func(t *testing.T) {
			t.Parallel()
			text := run(t, test)
			kind, _, _ := strings.Cut(text, "\n")
			require.True(t, strings.HasPrefix(strings.ToLower(test), "test"+kind), text)
			require.Contains(t, text, says)
		})
	}
}

// TestCounted runs each test of testdata/counted, which has in its name how many orders it has.
func TestCounted(t *testing.T) {
	run := build(t, "testdata/counted")
	text, err := os.ReadFile("testdata/counted/orders_test.go")
	require.NoError(t, err)
	tests := regexp.MustCompile(`func (Test[a-zA-Z]+Ha(?:s|ve)(\d+)Orders?)`).FindAllStringSubmatch(string(text), -1)
	require.Len(t, tests, strings.Count(string(text), "\nfunc Test"))
	for _, test := range tests {
		t.Run(test[1], func(t *testing.T) {
			t.Parallel()
			require.Regexp(t, `^holds\n`+test[2]+" orders? of ", run(t, test[1]))
		})
	}
}

// build builds the copy of a folder, and returns what runs one of its tests.
func build(t *testing.T, folder string) (run func(t *testing.T, test string) string) {
	dir, err := filepath.Abs(folder)
	require.NoError(t, err)
	sources := t.TempDir()
	program, _, err := copyLab(t.Context(), dir, sources, nil)
	require.NoError(t, err)
	return func(t *testing.T, test string) string {
		result := filepath.Join(t.TempDir(), "result")
		cmd := exec.Command(program)
		cmd.Stdin = strings.NewReader(test + "\n" + result + "\n")
		cmd.Env = append(os.Environ(), explore.SourcesDir+"="+sources)
		out, _ := cmd.CombinedOutput()
		text, err := os.ReadFile(result)
		require.NoError(t, err, string(out))
		return string(text)
	}
}
