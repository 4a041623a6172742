package bubble

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRewriter: it is built once and kept; where nothing can be kept, it is built in the folder
// at hand.
func TestRewriter(t *testing.T) {
	sources := filepath.Join("..", "explore", "rewrite")
	compiled, err := said(exec.Command("go", "env", "GOCACHE"))
	require.NoError(t, err)
	t.Setenv("GOCACHE", compiled)
	cacheIs := func(dir string) {
		for _, name := range []string{"XDG_CACHE_HOME", "HOME", "LocalAppData"} {
			t.Setenv(name, dir)
		}
	}

	cacheIs(t.TempDir())
	first, err := rewriter(t.Context(), sources, "")
	require.NoError(t, err)
	before, err := os.Stat(first)
	require.NoError(t, err)
	second, err := rewriter(t.Context(), sources, "")
	require.NoError(t, err)
	require.Equal(t, first, second)
	after, err := os.Stat(second)
	require.NoError(t, err)
	require.Equal(t, before.ModTime(), after.ModTime())

	cacheIs(first) // which is no folder
	to := t.TempDir()
	third, err := rewriter(t.Context(), sources, to)
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(third, to), third)
	require.FileExists(t, third)

	_, err = rewriter(t.Context(), t.TempDir(), to)
	require.Error(t, err)
}
