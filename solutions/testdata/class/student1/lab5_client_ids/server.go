package ids

import (
	"fmt"
	"strings"
	"sync"
	"unicode"

	chat "asynclab/solutions/lab3_chat"
)

func NewServer() *chat.Server {
	var (
		lock  sync.Mutex
		count int
	)
	next := func() int {
		lock.Lock()
		defer lock.Unlock()
		count++
		return count
	}
	return &chat.Server{Sign: func() func(string) string {
		me := fmt.Sprintf("Client #%d: ", next())
		return func(text string) string { return me + clean(text) }
	}}
}

func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control) {
			return ' '
		}
		return r
	}, text)
}
