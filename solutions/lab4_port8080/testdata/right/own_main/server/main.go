// Right: a main function of one's own, with log.Fatal and the usual flags.

// Server runs the chat room of lab 4.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"net"
	"os"
	"os/signal"

	chat "asynclab/solutions/lab3_chat"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:8080", "where to listen")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	l, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("listening on ws://%s\n", l.Addr())
	server := chat.Server{Log: log.Default()}
	if err := server.Serve(ctx, l); err != nil {
		log.Fatal(err)
	}
}
