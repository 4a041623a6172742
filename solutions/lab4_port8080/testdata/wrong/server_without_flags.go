// Wrong: a main function of one's own, without flags.

// Server runs the chat room of lab 4.
package main

import (
	"context"
	"fmt"
	"log"
	"net"

	chat "asynclab/solutions/lab3_chat"
)

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:8080")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("listening on ws://%s\n", l.Addr())
	log.Fatal(new(chat.Server).Serve(context.Background(), l))
}
