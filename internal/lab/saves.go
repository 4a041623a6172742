package main

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Editors write in odd ways: into another file that then takes the name, or first nothing and
// then all, or several files one after another. So a save is over when it has been quiet.
const (
	look  = 150 * time.Millisecond
	quiet = 2 // looks without a change
)

// A stamp tells one state of a file from another.
type stamp struct {
	changed time.Time
	size    int64
}

// saves returns a channel that gets a value after each save of a Go file below folder, until
// ctx is done. A save that comes while another waits to be received is the same save.
func saves(ctx context.Context, folder string) <-chan struct{} {
	saved := make(chan struct{}, 1)
	go func() {
		before := state(folder)
		last, calm := before, 0
		for ticks := time.Tick(look); ; {
			select {
			case <-ctx.Done():
				return
			case <-ticks:
			}
			now := state(folder)
			if calm++; !maps.Equal(now, last) {
				last, calm = now, 0
			}
			if calm >= quiet && !maps.Equal(now, before) {
				before = now
				select {
				case saved <- struct{}{}:
				default:
				}
			}
		}
	}()
	return saved
}

// state returns the stamps of all Go files below folder.
func state(folder string) map[string]stamp {
	files := map[string]stamp{}
	filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasPrefix(d.Name(), ".") {
			return nil
		}
		if info, err := d.Info(); err == nil {
			files[path] = stamp{info.ModTime(), info.Size()}
		}
		return nil
	})
	return files
}
