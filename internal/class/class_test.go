package class_test

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"asynclab/internal/class"
)

// farAway is a time that no submission of these tests takes.
const farAway = 10 * time.Minute

// grade judges a class with the kit.
func grade(t *testing.T, o class.Options) []class.Row {
	t.Helper()
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	o.Root = root
	o.Jobs = runtime.NumCPU()
	if o.Timeout == 0 {
		o.Timeout = farAway
	}
	rows, err := class.Grade(t.Context(), o)
	require.NoError(t, err)
	return rows
}

func find(t *testing.T, rows []class.Row, student, lab string) class.Row {
	t.Helper()
	i := slices.IndexFunc(rows, func(r class.Row) bool { return r.Student == student && r.Lab == lab })
	require.GreaterOrEqual(t, i, 0, "%s has no row for %s", student, lab)
	return rows[i]
}

// text is all that a row says beside its numbers.
func text(r class.Row) string { return strings.Join(r.Problem, "\n") }

func write(t *testing.T, file, text string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
	require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
}

func replace(text, old, by string) string { return strings.ReplaceAll(text, old, by) }
