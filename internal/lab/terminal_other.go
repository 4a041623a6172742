//go:build !windows

package main

import "os"

// understandsEscapes reports whether a terminal can be told to draw in colour, and again from
// its top.
func understandsEscapes(f *os.File) bool { return os.Getenv("TERM") != "dumb" }
