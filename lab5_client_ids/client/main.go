// Given: nothing to edit here.

// Client joins the chat room of lab 5.
package main

import (
	"os"

	"asynclab/internal/command"
	chat "asynclab/solutions/lab3_chat"
)

func main() {
	client := chat.Client{In: os.Stdin, Out: os.Stdout}
	command.Client("ws://127.0.0.1:8080", client.Run)
}
