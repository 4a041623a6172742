package main

import (
	"io"
	"os"
	"strings"
)

// A screen shows one text at a time. On a terminal each takes the place of the one before,
// without a moment in which there is nothing; elsewhere it comes below it.
type screen struct {
	w       io.Writer
	redraws bool
	colours bool
	last    string
}

func newScreen(f *os.File) *screen {
	terminal := isTerminal(f) && understandsEscapes(f)
	return &screen{w: f, redraws: terminal, colours: terminal && os.Getenv("NO_COLOR") == ""}
}

// show draws a text, and below it a line about what goes on just now, which only a screen
// that redraws shows. If nothing but that line has changed, nothing else is drawn.
func (s *screen) show(text, now string) {
	const home, toEndOfLine, toEnd = "\x1b[H", "\x1b[K", "\x1b[J"
	changed := text != s.last
	s.last = text
	switch {
	case changed && !s.redraws:
		io.WriteString(s.w, text)
	case changed:
		io.WriteString(s.w, home+strings.ReplaceAll(text, "\n", toEndOfLine+"\n")+now+toEndOfLine+toEnd)
	case s.redraws:
		io.WriteString(s.w, "\r"+now+toEndOfLine)
	}
}

// forget has the next text drawn whole: somebody has typed over this one.
func (s *screen) forget() {
	if s.redraws {
		s.last = ""
	}
}

// clear begins with an empty screen.
func (s *screen) clear() {
	if s.redraws {
		io.WriteString(s.w, "\x1b[2J\x1b[H")
	}
}

const (
	scarlet = "\x1b[31m"
	verdant = "\x1b[32m"
	bold    = "\x1b[1m"
	dim     = "\x1b[2m"
)

func (s *screen) in(colour, text string) string {
	if !s.colours || text == "" {
		return text
	}
	return colour + text + "\x1b[0m"
}
