package chattest

import (
	"context"
	"net"
	"sync"
)

// A memory network is a net.Listener without a network: each connection is a net.Pipe.
// A pipe has no buffer, so a peer that does not read blocks its writer at once.
type memory struct {
	arrivals chan net.Conn
	closed   chan struct{}
	close    sync.Once
}

// A wire is one end of a connection. Who writes to a pipe while another one does waits for
// a mutex, and that would stop a bubble's clock; here it waits for its turn.
type wire struct {
	net.Conn
	turn chan bool
}

func (w *wire) Write(p []byte) (int, error) {
	w.turn <- true
	defer func() { <-w.turn }()
	return w.Conn.Write(p)
}

func newMemory() *memory {
	return &memory{arrivals: make(chan net.Conn), closed: make(chan struct{})}
}

func (m *memory) Accept() (net.Conn, error) {
	select {
	case conn := <-m.arrivals:
		return conn, nil
	case <-m.closed:
		return nil, net.ErrClosed
	}
}

func (m *memory) Close() error {
	m.close.Do(func() { close(m.closed) })
	return nil
}

func (m *memory) Addr() net.Addr { return address{} }

func (m *memory) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case m.arrivals <- &wire{theirs, make(chan bool, 1)}:
		return &wire{ours, make(chan bool, 1)}, nil
	case <-m.closed:
		return nil, &net.OpError{Op: "dial", Net: "memory", Addr: address{}, Err: net.ErrClosed}
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

type address struct{}

func (address) Network() string { return "memory" }
func (address) String() string  { return "memory" }

// A recorder is a listener that remembers its connections, to hang up on all of them:
// what Serve has not ended by itself at the end of a test, this does.
type recorder struct {
	net.Listener
	mu    sync.Mutex
	conns []net.Conn
}

func (r *recorder) Accept() (net.Conn, error) {
	conn, err := r.Listener.Accept()
	if err == nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.conns = append(r.conns, conn)
	}
	return conn, err
}

func (r *recorder) hangUp() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, conn := range r.conns {
		conn.Close()
	}
}
