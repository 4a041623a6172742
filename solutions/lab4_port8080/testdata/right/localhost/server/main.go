// Right: the name localhost, which the server makes an address of.

// Server runs the chat room of lab 4.
package main

import (
	"log"
	"os"

	"asynclab/internal/command"
	chat "asynclab/solutions/lab3_chat"
)

func main() {
	server := chat.Server{Log: log.New(os.Stdout, "", log.Ltime)}
	command.Server("localhost:8080", server.Serve)
}
