// Right: the port as a constant.

// Server runs the chat room of lab 4.
package main

import (
	"log"
	"os"

	"asynclab/internal/command"
	chat "asynclab/solutions/lab3_chat"
)

// port is where the room is.
const port = "8080"

func main() {
	server := chat.Server{Log: log.New(os.Stdout, "", log.Ltime)}
	command.Server("127.0.0.1:"+port, server.Serve)
}
