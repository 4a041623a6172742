// Given: nothing to edit here.

// Client joins the chat room of lab 3.
package main

import (
	"os"

	"asynclab/internal/command"
	chat "asynclab/lab3_chat"
)

func main() {
	client := chat.Client{In: os.Stdin, Out: os.Stdout}
	command.Client("ws://127.0.0.1:2000", client.Run)
}
