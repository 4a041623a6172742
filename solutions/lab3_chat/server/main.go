// Given: nothing to edit here.

// Server runs the chat room of lab 3.
package main

import (
	"log"
	"os"

	"asynclab/internal/command"
	chat "asynclab/solutions/lab3_chat"
)

func main() {
	server := chat.Server{Log: log.New(os.Stdout, "", log.Ltime)}
	command.Server("127.0.0.1:2000", server.Serve)
}
