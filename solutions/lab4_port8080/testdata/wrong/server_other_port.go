// Wrong: a port that is taken is replaced by any other.

// Server runs the chat room of lab 4.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"net"

	chat "asynclab/solutions/lab3_chat"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:8080", "where to listen")
	flag.Parse()
	l, err := net.Listen("tcp", *addr)
	if err != nil {
		l, err = net.Listen("tcp", "127.0.0.1:0")
	}
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("listening on ws://%s\n", l.Addr())
	log.Fatal(new(chat.Server).Serve(context.Background(), l))
}
