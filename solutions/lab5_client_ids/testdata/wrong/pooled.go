package ids

import (
	"strconv"
	"sync"
	"sync/atomic"
	"unsafe"

	chat "asynclab/solutions/lab3_chat"
)

// buffers saves an allocation for each message.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

func NewServer() *chat.Server {
	var last atomic.Int64
	return &chat.Server{Sign: func() func(text string) string {
		number := last.Add(1)
		return func(text string) string {
			buffer := buffers.Get().(*[]byte)
			defer buffers.Put(buffer)
			b := append((*buffer)[:0], "Client #"...)
			b = strconv.AppendInt(b, number, 10)
			b = append(b, ": "...)
			b = append(b, text...)
			*buffer = b
			return unsafe.String(unsafe.SliceData(b), len(b))
		}
	}}
}
