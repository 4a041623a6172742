package ids_test

import (
	"testing"

	"asynclab/internal/labs"
)

// TestLab runs the lab's tests on this solution, and on the starter.
func TestLab(t *testing.T) { labs.Check(t) }
