package pages

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"asynclab/internal/texts"
)

var task = regexp.MustCompile(`\bTODO\b ?(\d*)`)

// checkHints requires that a lab's hints stand beside its page, three for each TODO of the
// starter. On the page itself, whoever reads it in a terminal would read them all.
func (p page) checkHints(t *testing.T, root string) {
	folder, name := path.Split(p.file)
	if !strings.HasPrefix(folder, "lab") || !strings.HasPrefix(name, "README") {
		return
	}
	require.NotContains(t, p.text, "<details>", "a hint belongs into HINTS.md: in a terminal nothing is folded away")
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(folder), strings.Replace(name, "README", "HINTS", 1)))
	require.NoError(t, err)
	hints := texts.Hints(string(text))
	for _, todo := range tasks(t, filepath.Join(root, filepath.FromSlash(folder))) {
		require.Len(t, hints[todo], 3, "the hints for TODO %s", todo)
	}
}

// tasks returns the numbers of the TODOs in the files of a lab, below their first lines. Whoever goes
// further, into stretch.go, goes without hints.
func tasks(t *testing.T, lab string) (all []string) {
	t.Helper()
	for _, pattern := range []string{"*.go", "*/*.go"} {
		files, err := filepath.Glob(filepath.Join(lab, pattern))
		require.NoError(t, err)
		for _, file := range files {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			if strings.HasSuffix(file, "_test.go") || filepath.Base(file) == "stretch.go" {
				continue
			}
			_, rest, _ := strings.Cut(string(text), "\n")
			for _, found := range task.FindAllStringSubmatch(rest, -1) {
				all = append(all, found[1])
			}
		}
	}
	return unique(all)
}
