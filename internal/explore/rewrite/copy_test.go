package rewrite_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"asynclab/internal/explore"
	"asynclab/internal/explore/rewrite"
)

// TestCopy builds the copy of testdata/odd and runs each of its tests there, which says in
// its name what must come out.
func TestCopy(t *testing.T) {
	dir, err := filepath.Abs("testdata/odd")
	require.NoError(t, err)
	c, err := rewrite.Build(t.Context(), dir, t.TempDir())
	require.NoError(t, err)
	for test, says := range map[string]string{
		"TestHoldsFiveOrders":  "5 orders of A and B: each holds",
		"TestFailsTwoAdds":     "one was lost\nthe shortest order that breaks it, 1 switch",
		"TestFailsPlus":        "odd.go:40  func (c *Count) Plus",
		"TestFailsMapIsShared": "data race: ",
		"TestFailsLookThenAct": "both got it\nthe shortest order that breaks it, 1 switch",
		"TestHoldsServer":      "each holds",
		"TestFailsLeftBehind":  "leak: when all is over, there is still goroutine of NewServer\n  odd.go:71  waits: select",
		"TestHoldsSum":         "each holds",
		"TestHoldsNames":       "each holds",
		"TestHoldsGate":        "each holds",
		"TestHoldsLater":       "each holds",
		"TestHoldsSpin":        "each holds",
		"TestFailsLocal":       "one was lost",
		"TestFailsDeadlock":    "deadlock: nobody is left who could wake A",
		"TestFailsPanic":       "panic: close of closed channel",
		"TestHoldsTry":         "each holds",
	} {
		t.Run(test, func(t *testing.T) {
			t.Parallel()
			result := filepath.Join(t.TempDir(), "result")
			cmd := exec.Command(c.Program, "-test.run=^"+test+"$")
			cmd.Env = append(os.Environ(), explore.ResultFile+"="+result, explore.SourcesDir+"="+c.Sources)
			out, _ := cmd.CombinedOutput()
			text, err := os.ReadFile(result)
			require.NoError(t, err, string(out))
			kind, _, _ := strings.Cut(string(text), "\n")
			require.True(t, strings.HasPrefix(strings.ToLower(test), "test"+kind), string(text))
			require.Contains(t, string(text), says)
		})
	}
}
