// Package texts reads what the labs' pages say: questions, hints, mistakes. The pages are the
// only place where these are written; the command `go tool lab` shows parts of them.
package texts
