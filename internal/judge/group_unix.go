//go:build unix

package judge

import (
	"os/exec"
	"syscall"
)

// InGroup gives a command a group of processes of its own: ending it ends all that it has
// started.
func InGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
