// Right: the port as a constant.

// Client joins the chat room of lab 4.
package main

import (
	"os"

	"asynclab/internal/command"
	chat "asynclab/solutions/lab3_chat"
)

// port is where the room is.
const port = "8080"

func main() {
	client := chat.Client{In: os.Stdin, Out: os.Stdout}
	command.Client("ws://127.0.0.1:"+port, client.Run)
}
