// Wrong: a client that tries for ever.

// Client joins the chat room of lab 4.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"asynclab/internal/command"
	chat "asynclab/solutions/lab3_chat"
)

func main() {
	client := chat.Client{In: os.Stdin, Out: os.Stdout}
	command.Client("ws://127.0.0.1:8080", func(ctx context.Context, url string) error {
		for {
			err := client.Run(ctx, url)
			if err == nil {
				return nil
			}
			fmt.Println(err, "- trying again")
			time.Sleep(100 * time.Millisecond)
		}
	})
}
