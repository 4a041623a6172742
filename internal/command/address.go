package command

import (
	"net"
	"net/netip"
	"strings"
)

// called returns l, at an address that keeps the name, if there is one, by which addr asked for it:
// browsers call the room by that name.
func called(l net.Listener, addr string) net.Listener {
	name, _, _ := net.SplitHostPort(addr)
	if _, err := netip.ParseAddr(name); err == nil || name == "" {
		return l
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return &named{l, net.JoinHostPort(name, port)}
}

// A named listener has an address with a name.
type named struct {
	net.Listener
	addr string
}

func (n *named) Addr() net.Addr  { return n }
func (n *named) Network() string { return "tcp" }
func (n *named) String() string  { return n.addr }

// pages returns the addresses, joined by "or", at which a browser finds what listens at addr:
// if that is every address of the machine, those by which others reach it.
func pages(addr net.Addr) string {
	at, err := netip.ParseAddrPort(addr.String())
	if err != nil || !at.Addr().IsUnspecified() {
		return "http://" + addr.String()
	}
	var all []string
	for _, ip := range reachable() {
		all = append(all, "http://"+netip.AddrPortFrom(ip, at.Port()).String())
	}
	return strings.Join(all, " or ")
}

// reachable returns the machine's IPv4 addresses in its networks; without any, the loopback
// address.
func reachable() (all []netip.Addr) {
	interfaces, _ := net.Interfaces()
	for _, i := range interfaces {
		if i.Flags&net.FlagRunning == 0 {
			continue
		}
		addrs, _ := i.Addrs()
		for _, addr := range addrs {
			if prefix, err := netip.ParsePrefix(addr.String()); err == nil && prefix.Addr().Is4() && prefix.Addr().IsGlobalUnicast() {
				all = append(all, prefix.Addr())
			}
		}
	}
	if all == nil {
		all = append(all, netip.AddrFrom4([4]byte{127, 0, 0, 1}))
	}
	return all
}
