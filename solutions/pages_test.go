package solutions_test

import (
	"testing"

	"asynclab/internal/pages"
	"asynclab/internal/program"
)

// TestPages checks that the READMEs and explanations are true.
func TestPages(t *testing.T) {
	if testing.Short() {
		t.Skip("-short runs the references and the starters alone")
	}
	program.ReadSources(t, "..")
	pages.Check(t, "..")
}
