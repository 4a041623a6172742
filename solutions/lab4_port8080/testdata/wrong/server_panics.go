// Wrong: a main function of one's own, which panics.

// Server runs the chat room of lab 4.
package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"os/signal"
	"syscall"

	chat "asynclab/solutions/lab3_chat"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:8080", "where to listen")
	flag.Parse()
	l, err := net.Listen("tcp", *addr)
	if err != nil {
		panic(err)
	}
	fmt.Printf("listening on ws://%s\n", l.Addr())
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT)
	defer stop()
	if err := new(chat.Server).Serve(ctx, l); err != nil {
		panic(err)
	}
}
