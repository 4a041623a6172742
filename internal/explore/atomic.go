package explore

import "unsafe"

// What follows has the names and the behaviour of package sync/atomic, as points. In the
// copy that is explored, the import of "sync/atomic" leads here.

// step is the point before an atomic operation on *p.
func step[T any](p *T) {
	if point("atomic", nil) != nil {
		touch(0, unsafe.Pointer(p), true, true)
	}
}

// A Number is a type on which package atomic has functions.
type Number interface {
	~int32 | ~int64 | ~uint32 | ~uint64 | ~uintptr
}

func load[T any](p *T) T        { step(p); return *p }
func store[T any](p *T, v T)    { step(p); *p = v }
func add[T Number](p *T, d T) T { step(p); *p += d; return *p }
func and[T Number](p *T, mask T) T {
	step(p)
	old := *p
	*p &= mask
	return old
}
func or[T Number](p *T, mask T) T {
	step(p)
	old := *p
	*p |= mask
	return old
}
func swap[T any](p *T, v T) T {
	step(p)
	old := *p
	*p = v
	return old
}
func compareAndSwap[T comparable](p *T, old, new T) bool {
	step(p)
	if *p != old {
		return false
	}
	*p = new
	return true
}

// The functions of package sync/atomic.
var (
	LoadInt32, LoadInt64, LoadUint32, LoadUint64, LoadUintptr                                                   = load[int32], load[int64], load[uint32], load[uint64], load[uintptr]
	StoreInt32, StoreInt64, StoreUint32, StoreUint64, StoreUintptr                                              = store[int32], store[int64], store[uint32], store[uint64], store[uintptr]
	AddInt32, AddInt64, AddUint32, AddUint64, AddUintptr                                                        = add[int32], add[int64], add[uint32], add[uint64], add[uintptr]
	AndInt32, AndInt64, AndUint32, AndUint64, AndUintptr                                                        = and[int32], and[int64], and[uint32], and[uint64], and[uintptr]
	OrInt32, OrInt64, OrUint32, OrUint64, OrUintptr                                                             = or[int32], or[int64], or[uint32], or[uint64], or[uintptr]
	SwapInt32, SwapInt64, SwapUint32, SwapUint64, SwapUintptr                                                   = swap[int32], swap[int64], swap[uint32], swap[uint64], swap[uintptr]
	CompareAndSwapInt32, CompareAndSwapInt64, CompareAndSwapUint32, CompareAndSwapUint64, CompareAndSwapUintptr = compareAndSwap[int32], compareAndSwap[int64], compareAndSwap[uint32], compareAndSwap[uint64], compareAndSwap[uintptr]
)

// The types of package sync/atomic.
type (
	Int32   = Atomic[int32]
	Int64   = Atomic[int64]
	Uint32  = Atomic[uint32]
	Uint64  = Atomic[uint64]
	Uintptr = Atomic[uintptr]
)

// An Atomic is an atomic.Int64 or one of its relatives.
type Atomic[T Number] struct{ v T }

// Load is the atomic type's Load, and likewise below.
func (a *Atomic[T]) Load() T                        { return load(&a.v) }
func (a *Atomic[T]) Store(v T)                      { store(&a.v, v) }
func (a *Atomic[T]) Add(delta T) T                  { return add(&a.v, delta) }
func (a *Atomic[T]) And(mask T) T                   { return and(&a.v, mask) }
func (a *Atomic[T]) Or(mask T) T                    { return or(&a.v, mask) }
func (a *Atomic[T]) Swap(v T) T                     { return swap(&a.v, v) }
func (a *Atomic[T]) CompareAndSwap(old, new T) bool { return compareAndSwap(&a.v, old, new) }

// A Bool is an atomic.Bool.
type Bool struct{ v bool }

// Load is atomic.Bool.Load, and likewise below.
func (a *Bool) Load() bool                        { return load(&a.v) }
func (a *Bool) Store(v bool)                      { store(&a.v, v) }
func (a *Bool) Swap(v bool) bool                  { return swap(&a.v, v) }
func (a *Bool) CompareAndSwap(old, new bool) bool { return compareAndSwap(&a.v, old, new) }

// A Pointer is an atomic.Pointer.
type Pointer[T any] struct{ v *T }

// Load is atomic.Pointer.Load, and likewise below.
func (a *Pointer[T]) Load() *T                        { return load(&a.v) }
func (a *Pointer[T]) Store(v *T)                      { store(&a.v, v) }
func (a *Pointer[T]) Swap(v *T) *T                    { return swap(&a.v, v) }
func (a *Pointer[T]) CompareAndSwap(old, new *T) bool { return compareAndSwap(&a.v, old, new) }

// A Value is an atomic.Value.
type Value struct{ v any }

// Load is atomic.Value.Load, and likewise below.
func (a *Value) Load() any                        { return load(&a.v) }
func (a *Value) Store(v any)                      { store(&a.v, v) }
func (a *Value) Swap(v any) any                   { return swap(&a.v, v) }
func (a *Value) CompareAndSwap(old, new any) bool { return compareAndSwap(&a.v, old, new) }
