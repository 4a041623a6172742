// Rewrite makes the copy of a lab's files that package explore can explore, and builds it.
//
// Each operation at which goroutines meet becomes a call into package explore, on the line
// on which it stood: no line moves, so what a test says of lines is true of the student's
// own file. The imports of "sync" and "sync/atomic" lead to package explore, which has the
// same names; channel operations, go statements, a few functions of other packages and the
// uses of variables that goroutines can share are found in the syntax, with go/types.
//
// The tests of a lab run it: go/types and the rest of it would take longer to link into
// each of them than all their orders take.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
)

// main makes a copy of the lab in the folder that its first argument names, in the folder of
// its second. The third one names, as JSON, files that others replace. It prints the path of
// the copy's program, and the tests in it, each on a line. When its input ends, it gives up.
func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: rewrite LAB FOLDER REPLACED")
		os.Exit(1)
	}
	debug.SetGCPercent(-1) // it is soon over
	ctx, giveUp := context.WithCancel(context.Background())
	go func() {
		io.Copy(io.Discard, os.Stdin)
		giveUp()
	}()
	var replaced map[string]string
	err := json.Unmarshal([]byte(os.Args[3]), &replaced)
	if err == nil {
		var program string
		var tests []string
		program, tests, err = copyLab(ctx, os.Args[1], os.Args[2], replaced)
		fmt.Println(strings.Join(append([]string{program}, tests...), "\n"))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
