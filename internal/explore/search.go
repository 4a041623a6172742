package explore

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"unsafe"
)

// How far a search goes.
const (
	departures = 2      // from the first choice in one order, however many orders that makes; and switches
	enough     = 800    // orders with so many departures; of more, a fixed choice
	effort     = 75_000 // steps in these: where an order has many, fewer orders must do
	fewest     = 50     // but not fewer
	deep       = 200    // orders in all, with which every departure is tried that there is
	beyond     = 200    // orders with one departure more, and no more switches, where these are too many; a fixed choice
	further    = 200    // orders after the first that breaks the rule, in search of a shorter one
)

// A search looks for an order that breaks the rule.
type search struct {
	t      *testing.T
	body   func(x *X)
	hot    map[int]bool
	orders int
	most   int  // with the same number of departures
	left   int  // that were too many
	some   bool // that there are were not tried
	names  []string
	race   *order

	possible int // how many outcomes there should be
	outcomes map[string]bool
}

// run searches, and returns what there is to say, for ResultFile.
func (s *search) run() string {
	s.hot = map[int]bool{}
	for {
		found, again := s.everyOrder()
		switch {
		case again:
		case found != nil && found.gaveUp != "":
			return "unknown\n" + found.gaveUp
		case found != nil:
			return "fails\n" + s.explain(found)
		case s.race != nil:
			return "fails\n" + s.explain(s.race)
		case s.possible > len(s.outcomes) && !s.stroll():
			return "fails\n" + s.missing()
		default:
			return "holds\n" + s.proved()
		}
	}
}

// stroll tries a few orders with many departures, the same ones at each run, and reports
// whether all outcomes that are possible have come then: some lie further away than others.
func (s *search) stroll() bool {
	for i := range uint64(further) {
		random := rand.New(rand.NewPCG(i, i))
		prefix := make([]byte, 300)
		for k := range prefix {
			prefix[k] = byte(random.Uint32())
		}
		if s.try(prefix, false); s.possible <= len(s.outcomes) {
			return true
		}
	}
	return false
}

// everyOrder tries every order, those with the fewest departures first, and returns the
// shortest that fails. It must be called again when it has learned of a new point.
func (s *search) everyOrder() (found *order, again bool) {
	s.orders, s.left, s.some, s.race, s.outcomes = 0, 0, false, nil, map[string]bool{}
	level := []branch{{}}
	for n := 0; len(level) > 0; n++ {
		last := n > departures && s.orders+len(level) > deep
		switch {
		case n == departures && len(level) > s.most:
			if !s.some {
				s.left = len(level)
			}
			level = sample(level, s.most)
		case last:
			level = sample(slices.DeleteFunc(level, func(b branch) bool { return b.switches > departures }), min(beyond, s.most))
		}
		var next []branch
		tried := 0
		for _, b := range level {
			o := s.try(b.prefix(), false)
			if o.foundHot {
				return nil, true
			}
			if n == 0 {
				s.most = min(enough, max(fewest, effort/o.steps))
			}
			s.some = s.some || last || o.unfair || o.gaveUp != ""
			switch {
			case o.gaveUp != "" && found == nil:
				if n == 0 {
					return o, false
				}
				continue
			case o.failure != "" && (found == nil || shorter(o, found)):
				found = o
			case o.race != "" && s.race == nil:
				s.race = o
			}
			if found != nil {
				if tried++; tried > further {
					return found, false
				}
				continue
			}
			s.orders++
			if !last {
				next = append(next, s.branches(o, b.switches)...)
			}
		}
		if found != nil {
			return found, false
		}
		level = next
	}
	return nil, false
}

// A branch is where an order that has not been tried departs from one that has.
type branch struct {
	taken    []byte // the choices before it
	choice   byte
	switches int // up to it: departures where whoever had the turn could have gone on
}

// prefix returns the choices up to the departure: none for the first order of all.
func (b branch) prefix() []byte {
	if b.choice == 0 {
		return nil
	}
	return append(slices.Clone(b.taken), b.choice)
}

// sample returns n of the branches, evenly spread: the same ones at each run.
func sample(all []branch, n int) []branch {
	var some []branch
	n = min(n, len(all))
	for i := range n {
		some = append(some, all[i*len(all)/n])
	}
	return some
}

// shorter reports whether one failing order is easier to read than another.
func shorter(one, other *order) bool {
	return one.switches < other.switches || one.switches == other.switches && len(one.rows) < len(other.rows)
}

// try runs the body once, in a bubble of its own.
func (s *search) try(prefix []byte, closely bool) *order {
	o := &order{prefix: prefix, closely: closely, hot: s.hot, cells: map[unsafe.Pointer]*cell{}, keys: map[any]int{}, closed: map[unsafe.Pointer]bool{}}
	synctest.Test(s.t, func(*testing.T) { o.run(s.body) })
	for outcome, possible := range o.outcomes {
		s.outcomes[outcome], s.possible = true, possible
	}
	if s.names == nil {
		for _, g := range o.all[1:] {
			if g.name != "" {
				s.names = append(s.names, g.name)
			}
		}
	}
	return o
}

// branches returns those that depart once more than o from the first choice, as many as there may
// be time for. Up to where o departs last, it has so many switches.
func (s *search) branches(o *order, switches int) []branch {
	var all []branch
	for i := len(o.prefix); i < len(o.taken); i++ {
		b := branch{o.taken[:i:i], 1, switches}
		if !o.free[i] {
			b.switches++
		}
		for ; b.choice < o.choices[i]; b.choice++ {
			all = append(all, b)
		}
	}
	if len(all) > s.most {
		s.some = true
		all = sample(all, s.most)
	}
	return all
}

// explain tells what an order does. It runs it once more, to see where, and what is done under
// locks.
func (s *search) explain(o *order) string {
	for range 20 { // the student's code may throw dice
		if again := s.try(o.taken, true); again.failure != "" || o.failure == "" && again.race != "" {
			o = again
			break
		}
	}
	wrong, rows := o.failure, o.rows
	if wrong == "" {
		wrong, rows = o.race, o.raceRows
	}
	drawn := strings.TrimRight(table(rows, o.waiting), " \n")
	if drawn == "" { // it is wrong without anybody taking a step
		return wrong
	}
	return fmt.Sprintf("%s\nthe shortest order that breaks it, %s (%s):\n%s",
		wrong, switched(o.switches), held(s.orders), drawn)
}

func switched(n int) string {
	if n == 0 {
		return "each going on as long as it can"
	}
	return plural(n, "switch")
}

func held(n int) string {
	if n == 0 {
		return "the first that was tried"
	}
	return fmt.Sprintf("the rule held in %s before it", plural(n, "order"))
}

// proved says what a green test has shown.
func (s *search) proved() string {
	orders, names := plural(s.orders, "order"), list(s.names)
	if s.left > 0 {
		return fmt.Sprintf("%s of %s: each holds (of %d orders with two switches, %d)", orders, names, s.left, s.most)
	}
	if s.some {
		return fmt.Sprintf("%s of %s: each holds", orders, names)
	}
	return fmt.Sprintf("%s of %s: each holds, and there are no others", orders, names)
}

// missing says which outcomes came, if not all that are possible did.
func (s *search) missing() string {
	return fmt.Sprintf("tried: %s. %d outcomes are possible, and only these came:\n  %s",
		plural(s.orders, "order"), s.possible, strings.Join(slices.Sorted(maps.Keys(s.outcomes)), "\n  "))
}

// list is "Join, Leave and Broadcast".
func list(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}
