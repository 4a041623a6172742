package explore

import (
	"fmt"
	"iter"
	"reflect"
	"slices"
	"sort"
	"unsafe"
)

// An access is a use of a variable without any help of package sync.
type access struct {
	p      unsafe.Pointer
	writes bool
	atomic bool
}

// conflicts reports whether two accesses at the same moment are a data race.
func (a access) conflicts(b access) bool {
	return a.p != nil && a.p == b.p && (a.writes || b.writes) && !(a.atomic && b.atomic)
}

// kind is that of the step.
func (a access) kind() string {
	if a.writes {
		return "write"
	}
	return "read"
}

// A cell is what an order knows of one variable.
type cell struct {
	first  *goroutine
	shared bool // by several goroutines
	writes bool
	locks  []hold       // which all of them had
	sites  map[int]bool // the places in the code
}

// touch notes who uses a variable, at which place in the code. Once two do and one of them
// writes, without a lock that both have, the places become points, and the search begins anew.
func touch(site int, p unsafe.Pointer, writes, atomic bool) {
	o := now
	if o == nil || o.over || !o.exploring {
		return
	}
	g, at := o.current, access{p, writes, atomic}
	c := o.cells[p]
	if c == nil {
		c = &cell{first: g, locks: slices.Clone(g.locks), sites: map[int]bool{}}
		o.cells[p] = c
	}
	c.shared = c.shared || c.first != g
	c.writes = c.writes || writes
	c.locks = slices.DeleteFunc(c.locks, func(h hold) bool {
		return !slices.ContainsFunc(g.locks, func(mine hold) bool { return mine.lock == h.lock && (mine.alone || !writes) })
	})
	if site != 0 {
		c.sites[site] = true
	}
	if o.closely && site != 0 && !o.hot[site] { // else there is a row when its turn comes
		use := newRow(g, at.kind())
		use.cell = c
		o.rows = append(o.rows, use)
	}
	if c.shared && c.writes && len(c.locks) == 0 {
		for site := range c.sites {
			if !o.hot[site] {
				o.hot[site], o.foundHot = true, true
			}
		}
	}
	if atomic || !o.hot[site] {
		return
	}
	g.at = at
	o.look(g)
	point(at.kind(), nil)
	g.at = access{}
}

// look sees a data race: two goroutines stand before uses of one variable, at least one of
// them changes it, and nothing keeps either from going on.
func (o *order) look(g *goroutine) {
	for _, other := range o.all {
		if o.race == "" && other != g && other.state == parked && other.at.conflicts(g.at) {
			here := newRow(g, g.at.kind())
			o.race = fmt.Sprintf("data race: %s and %s use the same variable at the same moment, and at least one of them changes it\n  %s  %s\n  %s  %s",
				other.quoted(), g.quoted(), other.row.place(), other.title(), here.place(), g.title())
			o.raceRows = slices.Clone(o.rows)
			for _, r := range []row{other.row, here} {
				o.raceRows = withoutLast(o.raceRows, r)
				r.kind = "race"
				o.raceRows = append(o.raceRows, r)
			}
		}
	}
}

// withoutLast takes the uses out that r's goroutine has come to last, at the line of r: that is
// going to stand beside the line of another.
func withoutLast(rows []row, r row) []row {
	for i, last := range slices.Backward(rows) {
		if last.g == r.g {
			if last.kind != "read" && last.kind != "write" || last.place() != r.place() {
				break
			}
			rows = slices.Delete(rows, i, i+1)
		}
	}
	return rows
}

// use is a use of *p, unless p is nil.
func use(site int, p any, writes bool) {
	if v := reflect.ValueOf(p); now != nil && !v.IsNil() {
		useAll(site, v.UnsafePointer(), v.Type().Elem(), writes)
	}
}

// useAll is a use of each field, if it is a struct.
func useAll(site int, p unsafe.Pointer, t reflect.Type, writes bool) {
	if t.Kind() != reflect.Struct {
		touch(site, p, writes, false)
		return
	}
	for i := range t.NumField() {
		useAll(site, unsafe.Add(p, t.Field(i).Offset), t.Field(i).Type, writes)
	}
}

// R is a read of *p.
func R[T any](site int, p *T) T {
	use(site, p, false)
	return *p
}

// W is a write to *p: what it returns stands between the new value and the assignment.
func W[T any](site int, p *T) func(T) T {
	return func(v T) T {
		use(site, p, true)
		return v
	}
}

// P is a write to *p whose value comes with others, from one call, or by a method.
func P[T any](site int, p *T) *T {
	use(site, p, true)
	return p
}

// Both stands around a call with two results: the variables at ps get them, when the call is
// over.
func Both[A, B any](a A, b B) func(site int, ps ...any) (A, B) {
	return func(site int, ps ...any) (A, B) {
		for _, p := range ps {
			use(site, p, true)
		}
		return a, b
	}
}

// L is a look at *p by a method that changes nothing.
func L[T any](site int, p *T) *T {
	use(site, p, false)
	return p
}

// A is a slice to which something is appended: that is written behind its end, if there is
// room.
func A[S ~[]T, T any](site int, s S) S {
	if len(s) < cap(s) {
		touch(site, unsafe.Pointer(&s[:len(s)+1][len(s)]), true, false)
	}
	return s
}

// Elements is what a loop over a slice goes through: where its elements are.
func Elements[S ~[]T, T any](s S) []*T {
	all := make([]*T, len(s))
	for i := range s {
		all[i] = &s[i]
	}
	return all
}

// WS is a change of each element of a slice.
func WS[S ~[]E, E any](site int, s S) S {
	for i := range s {
		use(site, &s[i], true)
	}
	return s
}

// RM is a read of a map's content.
func RM[M ~map[K]V, K comparable, V any](site int, m M) M {
	if m != nil {
		touch(site, identity(m), false, false)
	}
	return m
}

// WM is a change of a map's content.
func WM[M ~map[K]V, K comparable, V any](site int, m M) M {
	if m != nil {
		touch(site, identity(m), true, false)
	}
	return m
}

// Delete is a deferred delete(m, k).
func Delete[M ~map[K]V, K comparable, V any](site int, m M, k K) { delete(WM(site, m), k) }

// Key is a key that is put into a map. Maps are ranged over in the order in which the keys
// were first seen, so that each run of an order is the same.
func Key[K comparable](k K) K {
	if o := now; o != nil {
		if _, ok := o.keys[k]; !ok {
			o.keys[k] = len(o.keys) + 1
		}
	}
	return k
}

// Each is what a loop over a map goes through.
func Each[M ~map[K]V, K comparable, V any](m M) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for _, k := range ordered(m) {
			if v, ok := m[k]; ok && !yield(k, v) {
				return
			}
		}
	}
}

func ordered[M ~map[K]V, K comparable, V any](m M) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return isBefore(keys[i], keys[j]) })
	return keys
}

// isBefore reports whether a loop comes to the key a before b.
func isBefore(a, b any) bool {
	if o := now; o != nil && o.keys[a] != o.keys[b] {
		return o.keys[a] < o.keys[b]
	}
	return fmt.Sprint(a) < fmt.Sprint(b) // constants have not been seen
}

// Keys is maps.Keys.
func Keys[M ~map[K]V, K comparable, V any](m M) iter.Seq[K] {
	return func(yield func(K) bool) {
		for k := range Each(m) {
			if !yield(k) {
				return
			}
		}
	}
}

// Values is maps.Values.
func Values[M ~map[K]V, K comparable, V any](m M) iter.Seq[V] {
	return func(yield func(V) bool) {
		for _, v := range Each(m) {
			if !yield(v) {
				return
			}
		}
	}
}
