package judge_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"asynclab/internal/judge"
)

// TestTwins judges two versions of a file that have the same size and the same time, but not
// the same imports, as a class or a fresh clone may hold them.
func TestTwins(t *testing.T) {
	root, err := judge.Root()
	require.NoError(t, err)
	lab, err := judge.Find(root, "lab1_spawner")
	require.NoError(t, err)
	file := filepath.Join(lab.Folder, "executor.go")
	reference, err := os.ReadFile(lab.Reference()[file])
	require.NoError(t, err)
	yesterday := time.Now().Add(-24 * time.Hour)
	for _, uses := range []string{"sort.Stable", "path.IsAbs "} {
		name, _, _ := strings.Cut(uses, ".")
		text := strings.Replace(string(reference), `import "sync"`, `import "sync"; import "`+name+`"; var _ = `+uses, 1)
		twin := filepath.Join(t.TempDir(), "executor.go")
		require.NoError(t, os.WriteFile(twin, []byte(text), 0o666))
		require.NoError(t, os.Chtimes(twin, yesterday, yesterday))
		files := lab.Reference()
		files[file] = twin
		v, err := lab.Judge(t.Context(), files, judge.Options{BuildAlone: true})
		require.NoError(t, err)
		require.True(t, v.Built, v.Problem)
	}
}

// A student may add files and write others anew: what nobody has marked is the student's, but
// for tests, and what an editor keeps beside it is nobody's.
func TestWhoseFilesTheyAre(t *testing.T) {
	root := t.TempDir()
	folder := filepath.Join(root, "lab9_x")
	require.NoError(t, os.MkdirAll(filepath.Join(folder, "client"), 0o777))
	for name, text := range map[string]string{
		"hub.go":         "// Yours to edit: the hub.\n",
		"server.go":      "package x\n",
		"util.go":        "",
		"client/main.go": "// Given: the client.\n",
		"x_test.go":      "// Given: the tests.\n",
		"mine_test.go":   "package x\n",
		"._hub.go":       "\x00",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666))
	}
	l, err := judge.Find(root, "lab9_x")
	require.NoError(t, err)
	require.Equal(t, []string{"hub.go", "server.go", "util.go"}, l.Yours)
	require.Equal(t, []string{"mine_test.go", "x_test.go", filepath.Join("client", "main.go")}, l.Given)
}
