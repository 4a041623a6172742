package ids

import (
	"fmt"

	chat "asynclab/solutions/lab3_chat"
)

var last int

func NewServer() *chat.Server {
	return &chat.Server{Sign: func() func(string) string {
		last++
		me := last
		return func(text string) string { return fmt.Sprintf("Client #%d: %s", me, text) }
	}}
}
