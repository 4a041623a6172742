// Right: the name localhost, which the server makes an address of.

// Client joins the chat room of lab 4.
package main

import (
	"os"

	"asynclab/internal/command"
	chat "asynclab/solutions/lab3_chat"
)

func main() {
	client := chat.Client{In: os.Stdin, Out: os.Stdout}
	command.Client("ws://localhost:8080", client.Run)
}
