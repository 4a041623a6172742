// Given: nothing to edit here.

// Server runs the chat room of lab 5.
package main

import (
	"log"
	"os"

	"asynclab/internal/command"
	ids "asynclab/lab5_client_ids"
)

func main() {
	server := ids.NewServer()
	server.Log = log.New(os.Stdout, "", log.Ltime)
	command.Server("127.0.0.1:8080", server.Serve)
}
