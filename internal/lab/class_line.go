package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"asynclab/internal/class"
)

// A classLine says how far a class is judged: on a terminal in one line that changes,
// elsewhere a line for each submission.
type classLine struct {
	w        *os.File
	terminal bool
	begun    bool
	done     int
	long     int // how long the line is
}

func newClassLine(w *os.File) *classLine {
	return &classLine{w: w, terminal: isTerminal(w)}
}

func (p *classLine) show(now class.Progress) {
	text := fmt.Sprintf("%d of %d done; running: %s", now.Done, now.All, strings.Join(now.Running, ", "))
	if !p.terminal {
		if !p.begun || now.Done > p.done {
			fmt.Fprintln(p.w, text)
		}
		p.begun, p.done = true, now.Done
		return
	}
	if len(text) > 79 {
		text = text[:76] + "..."
	}
	fmt.Fprintf(p.w, "\r%-*s", p.long, text)
	p.long = len(text)
}

// end takes the line away.
func (p *classLine) end() {
	if p.terminal {
		io.WriteString(p.w, "\r"+strings.Repeat(" ", p.long)+"\r")
	}
}
