// Right: a main function of one's own, with log.Fatal and the usual flags.

// Client joins the chat room of lab 4.
package main

import (
	"context"
	"flag"
	"log"
	"os"
	"os/signal"

	chat "asynclab/solutions/lab3_chat"
)

func main() {
	url := flag.String("url", "ws://127.0.0.1:8080", "the chat room's address")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	client := chat.Client{In: os.Stdin, Out: os.Stdout}
	if err := client.Run(ctx, *url); err != nil {
		log.Fatal(err)
	}
}
