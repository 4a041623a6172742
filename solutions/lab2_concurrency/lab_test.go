package main

import (
	"testing"

	"asynclab/internal/judge/proof"
)

// TestLab runs the lab's tests on this solution, and on the starter.
func TestLab(t *testing.T) { proof.Check(t) }

// TestAttempts runs them on the bank of wrong attempts, and on those in testdata/right.
func TestAttempts(t *testing.T) { proof.CheckAttempts(t) }
