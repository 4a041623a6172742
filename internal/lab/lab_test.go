package main

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// lab builds the command and returns its path.
func lab(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "lab.exe")
	out, err := exec.Command("go", "build", "-o", file, ".").CombinedOutput()
	require.NoError(t, err, string(out))
	return file
}

// runLab runs the command, and returns what it prints and its exit code.
func runLab(t *testing.T, lab string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := exec.Command(lab, args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		require.ErrorAs(t, err, new(*exec.ExitError))
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// -h helps and ends with 0; a mistake of the caller's is one line, and ends with 2; anything
// else that goes wrong is one line, and ends with 1.
func TestUsage(t *testing.T) {
	lab := lab(t)
	for _, args := range []string{"-h", "grade -h", "merge -h"} {
		stdout, stderr, code := runLab(t, lab, strings.Fields(args)...)
		require.Zero(t, code, args)
		require.Empty(t, stderr, args)
		require.Contains(t, stdout, "go tool lab", args)
	}
	for args, says := range map[string]string{
		"nonsense":                 `there is no "nonsense"`,
		"grade":                    "grade wants one folder",
		"grade a b":                "grade wants one folder",
		"grade -nonsense a":        "flag provided but not defined: -nonsense",
		"grade -format nonsense a": `there is no format "nonsense"`,
		"grade -shard 4/3 a":       `-shard should be like 3/8, not "4/3"`,
		"grade -shard 0/3 a":       `-shard should be like 3/8, not "0/3"`,
		"grade -j 0 a":             "-j and -timeout must be more than 0",
		"grade -format autolab ../../solutions/testdata/class": "autolab is for one student, and there are 8",
		"hint lab1 two":                   "hint wants a lab and a number, no more",
		"hint lab1 2 3":                   "hint wants a lab and a number, no more",
		"hint 7":                          `there is no lab "7"`,
		"merge":                           "merge wants files",
		"grade -lab lab9 testdata":        "",
		"grade nowhere":                   "",
		"merge nowhere":                   "",
		"grade -lab lab3_chat/part9 ../.": "",
	} {
		stdout, stderr, code := runLab(t, lab, strings.Fields(args)...)
		want := 2
		if says == "" {
			want = 1
		}
		require.Equal(t, want, code, "%s: %s", args, stderr)
		require.Empty(t, stdout, args)
		require.Equal(t, 1, strings.Count(stderr, "\n"), "%s: %s", args, stderr)
		require.Contains(t, stderr, says, args)
	}
}

// Ctrl-C ends everything that runs, and takes away every folder.
func TestCtrlC(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows does not know Ctrl-C between programs")
	}
	lab, class, temp := lab(t), t.TempDir(), t.TempDir()
	hangs := "package main\n\nfunc init() {\n\tfor {\n\t}\n}\n"
	require.NoError(t, os.Mkdir(filepath.Join(class, "ana"), 0o777))
	starter, err := os.ReadFile("../../lab1_spawner/executor.go")
	require.NoError(t, err)
	hangs += strings.Replace(string(starter), "package main\n", "", 1)
	require.NoError(t, os.WriteFile(filepath.Join(class, "ana", "executor.go"), []byte(hangs), 0o666))

	cmd := exec.Command(lab, "grade", class)
	cmd.Env = append(os.Environ(), "TMPDIR="+temp)
	stderr, err := cmd.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	lines := bufio.NewScanner(stderr)
	require.True(t, lines.Scan())
	require.Equal(t, "0 of 1 done; running: ana lab1_spawner", lines.Text())
	require.NoError(t, cmd.Process.Signal(os.Interrupt))
	require.True(t, lines.Scan())
	require.Equal(t, "lab: stopped", lines.Text())
	cmd.Wait()
	require.Equal(t, 1, cmd.ProcessState.ExitCode())
	left, err := os.ReadDir(temp)
	require.NoError(t, err)
	require.Empty(t, left)
}
