package main

import "testing"

func TestSpawnRunsNothing(*testing.T) {}
