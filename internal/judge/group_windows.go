package judge

import (
	"os/exec"
	"strconv"
)

// InGroup has a command end together with all that it has started.
func InGroup(cmd *exec.Cmd) {
	cmd.Cancel = func() error {
		return exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(cmd.Process.Pid)).Run()
	}
}
