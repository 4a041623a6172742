// Package bank is the bank of wrong attempts: what students get wrong in each lab, and by
// which words the lab's tests say so.
package bank

import "slices"

// A Wrong attempt is a typical mistake, made in the reference. The lab's tests must catch
// it, and say what is wrong.
type Wrong struct {
	Mistake string   // the misconception, in one sentence
	File    string   // of the lab; where it is made
	Change  []string // old and new text, in turn; each old text stands in File exactly once
	Instead string   // the file in the solution's testdata/wrong that takes File's place, before Change
	Test    string   // the first test that fails
	Says    string   // part of its message: it tells the student what is wrong
	Race    bool     // only the race detector can see it
}

// Of returns the wrong attempts at a lab, named by its folder; a lab without any has none.
// The caller does not change them.
func Of(lab string) []Wrong { return labs[lab] }

var labs = map[string][]Wrong{
	"lab1_spawner":     slices.Concat(lab1, lab1Orders),
	"lab2_concurrency": slices.Concat(lab2, lab2Orders),
	"lab3_chat":        slices.Concat(lab3, lab3Orders),
	"lab4_port8080":    lab4,
	"lab5_client_ids":  slices.Concat(lab5, lab5Orders),
}
