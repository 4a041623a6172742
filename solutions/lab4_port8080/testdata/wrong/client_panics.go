// Wrong: a main function of one's own, which panics.

// Client joins the chat room of lab 4.
package main

import (
	"context"
	"flag"
	"os"

	chat "asynclab/solutions/lab3_chat"
)

func main() {
	url := flag.String("url", "ws://127.0.0.1:8080", "the server")
	flag.Parse()
	client := chat.Client{In: os.Stdin, Out: os.Stdout}
	if err := client.Run(context.Background(), *url); err != nil {
		panic(err)
	}
}
