package ids

import (
	"fmt"
	"sync"

	chat "asynclab/solutions/lab3_chat"
)

func NewServer() *chat.Server {
	var mu sync.Mutex
	last := 0
	numbers := make(chan int, 16) // the next ones
	refill := func() {
		mu.Lock()
		defer mu.Unlock()
		for range cap(numbers) {
			last++
			numbers <- last
		}
	}
	refill()
	take := func() int {
		if len(numbers) == 0 {
			refill()
		}
		return <-numbers
	}
	return &chat.Server{Sign: func() func(text string) string {
		number := take()
		return func(text string) string { return fmt.Sprintf("Client #%d: %s", number, text) }
	}}
}
