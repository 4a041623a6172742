package bank

// lab5Orders are mistakes that most runs do not show: it takes one order of two
// connections that come, or speak, at the same time. Before each stands that order.
var lab5Orders = []Wrong{
	// Sign | Sign: both have locked a mutex of their own; both read the same count.
	{
		Mistake: "A mutex guards whatever stands behind it, even if each connection has its own",
		File:    "server.go",
		Change:  []string{declares, "var last int64", counts, "var mu sync.Mutex\n\t\tmu.Lock()\n\t\tdefer mu.Unlock()\n\t\tlast++\n\t\tnumber := last", atomics, `"sync"`},
		Test:    "TestEveryOrderOfThreeClients",
		Says:    `["Client #1: hello" "Client #1: hello"`,
	},
	// Sign | Sign: both read-lock, and both read the same count.
	{
		Mistake: "A read lock keeps the others out",
		File:    "server.go",
		Change:  []string{declares, "var mu sync.RWMutex\n\tlast := 0", counts, "mu.RLock()\n\t\tdefer mu.RUnlock()\n\t\tlast++\n\t\tnumber := last", atomics, `"sync"`},
		Test:    "TestEveryOrderOfThreeClients",
		Says:    `["Client #1: hello" "Client #1: hello"`,
	},
	// Sign | Sign: one writes its number; the other writes its own over it; both take the same.
	{
		Mistake: "One variable can hold the number of the connection that is just coming",
		File:    "server.go",
		Change:  []string{declares, declares + "\n\tvar coming int64", counts, "coming = last.Add(1)\n\t\tnumber := coming"},
		Test:    "TestEveryOrderOfThreeClients",
		Says:    `["Client #2: hello" "Client #2: hello"`,
	},
	// Sign | Sign: both add, then both load.
	{
		Mistake: "To count is one atomic step, to read the count another",
		File:    "server.go",
		Change:  []string{counts, "last.Add(1)\n\t\tnumber := last.Load()"},
		Test:    "TestEveryOrderOfThreeClients",
		Says:    `["Client #2: hello" "Client #2: hello"`,
	},
	// Sign | Sign: both add 1, then both add nothing and get the same.
	{
		Mistake: "Two calls of Add are as good as one",
		File:    "server.go",
		Change:  []string{counts, "last.Add(1)\n\t\tnumber := last.Add(0)"},
		Test:    "TestEveryOrderOfThreeClients",
		Says:    `["Client #2: hello" "Client #2: hello"`,
	},
	// Sign | Sign: both load the same count; the second swap fails, and nobody looks.
	{
		Mistake: "CompareAndSwap cannot fail",
		File:    "server.go",
		Change:  []string{counts, "number := last.Load() + 1\n\t\tlast.CompareAndSwap(number-1, number)"},
		Test:    "TestEveryOrderOfThreeClients",
		Says:    `["Client #1: hello" "Client #1: hello"`,
	},
	// Sign | Sign: both read under the lock, then both write under the next.
	{
		Mistake: "To read the count needs a lock, and to write it another",
		File:    "server.go",
		Change: []string{declares, "var mu sync.Mutex\n\tlast := 0", counts, `mu.Lock()
		number := last + 1
		mu.Unlock()
		mu.Lock()
		last = number
		mu.Unlock()`, atomics, `"sync"`},
		Test: "TestEveryOrderOfThreeClients",
		Says: `["Client #1: hello" "Client #1: hello"`,
	},
	// Sign | Sign, the first two: both see no counter, and both make one.
	{
		Mistake: "The first connection makes the counter, if there is none",
		File:    "server.go",
		Change: []string{declares, "var made atomic.Pointer[atomic.Int64]", counts, `last := made.Load()
		if last == nil {
			last = new(atomic.Int64)
			made.Store(last)
		}
		` + counts},
		Test: "TestEveryOrderOfThreeClients",
		Says: `["Client #1: hello" "Client #1: hello"`,
	},
	// Sign | Sign, the first two: both see that nobody counts, and both start one who does.
	{
		Mistake: "An atomic bool, read and then set, lets one goroutine start",
		File:    "server.go",
		Change: []string{declares, `var started atomic.Bool
	numbers := make(chan int)`, counts, `if !started.Load() {
			started.Store(true)
			go func() {
				for number := 1; ; number++ {
					numbers <- number
				}
			}()
		}
		number := <-numbers`},
		Test: "TestEveryOrderOfThreeClients",
		Says: "Dewi comes and speaks. Everyone hears: ",
	},
	// Two speak: one writes its line; the other writes its own over it; both say the same.
	{
		Mistake: "One variable can hold the line that is just being said",
		File:    "server.go",
		Change: []string{declares, declares + "\n\tvar line string",
			"{ " + signs + " }", "{\n\t\t\tline = fmt.Sprintf(\"Client #%d: %s\", number, oneLine(text))\n\t\t\treturn line\n\t\t}"},
		Test: "TestEveryOrderOfThreeClients",
		Says: `["Client #2: hello" "Client #2: hello"`,
	},
	// Ana | Budi: one builder for all texts.
	{
		Mistake: "All clients may share one strings.Builder",
		File:    "server.go",
		Instead: "shared_builder.go",
		Test:    "TestEveryOrderOfThreeClients",
		Says:    "Everyone hears: ",
	},
	// Ana | Budi: the buffer is back in the pool before its text is taken.
	{
		Mistake: "A buffer may go back to the pool before its text is taken",
		File:    "server.go",
		Instead: "back_too_early.go",
		Test:    "TestEveryOrderOfThreeClients",
		Says:    "Everyone hears: ",
	},
	// Ana | Budi: append writes into the array that both share.
	{
		Mistake: "append makes a new array",
		File:    "server.go",
		Instead: "one_base.go",
		Test:    "TestEveryOrderOfThreeClients",
		Says:    `Everyone hears: ["Client #2: hello" "Client #2: hello"`,
	},
	// Ana | Budi | Citra: the swap fails, and then a plain Store comes too late.
	{
		Mistake: "When a CompareAndSwap fails, a Store will do",
		File:    "server.go",
		Instead: "stores_at_last.go",
		Test:    "TestEveryOrderOfThreeClients",
		Says:    "Everyone hears: ",
	},
	// Ana, then Budi, in one goroutine: the goroutine that takes Budi's number is sooner.
	{
		Mistake: "The number is taken in a goroutine of its own, so that the greeting need not wait",
		File:    "server.go",
		Instead: "number_in_the_background.go",
		Test:    "TestEveryOrderOfTwoInARow",
		Says:    "They speak in this order. Everyone hears: ",
	},
	// Citra | Ana, then Budi: Citra is told "even"; Ana is told "odd" and takes 257; Budi is told "even" and takes 256.
	{
		Mistake: "Odd and even numbers may have a counter each, since both only count up",
		File:    "server.go",
		Instead: "odd_and_even.go",
		Test:    "TestEveryOrderOfTwoInARow",
		Says:    `Everyone hears: ["Client #257: hello" "Client #256: hello" "Client #258: hello"]`,
	},
	// Ana | Budi: Ana looks whose prefix it is; Budi puts his there; Ana takes it.
	{
		Mistake: "Two atomics that belong together are read together",
		File:    "server.go",
		Instead: "last_prefix.go",
		Test:    "TestEveryOrderOfTwoWhoSpeakTwice",
		Says:    "Ana and Budi say one and two. Everyone hears: ",
	},
	// Ana, then Budi | Citra: both find no number left, and both make 16 new ones, where there is room for 16.
	{
		Mistake: "Whoever finds no number left makes new ones, and nobody else does so meanwhile",
		File:    "server.go",
		Instead: "refilled.go",
		Test:    "TestEveryOrderOfTwoInARow",
		Says:    "if len(numbers) == 0 {",
	},
	// Citra | Ana, then Budi: Citra has the lock, so Ana takes no number yet; Budi takes one; Ana speaks.
	{
		Mistake: "Who cannot have the lock at once takes its number when it speaks",
		File:    "server.go",
		Instead: "tries.go",
		Test:    "TestEveryOrderOfTwoInARow",
		Says:    "They speak in this order. Everyone hears: ",
	},
	// Ana | Budi: Ana has put the buffer back; Budi writes there; Ana makes her text of it.
	{
		Mistake: "What was taken out of a buffer is one's own, also when the buffer is given back",
		File:    "server.go",
		Change: []string{
			`return func(text string) string { return fmt.Sprintf("Client #%d: %s", number, oneLine(text)) }`, "return func(text string) string { return signed(number, text) }",
			"// oneLine puts", `var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func signed(number int64, text string) string {
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	fmt.Fprintf(b, "Client #%d: %s", number, oneLine(text))
	whole := b.Bytes()
	buffers.Put(b)
	return string(whole)
}

// oneLine puts`,
			"\t\"fmt\"\n\t\"strings\"\n", "\t\"bytes\"\n\t\"fmt\"\n\t\"strings\"\n\t\"sync\"\n",
		},
		Test: "TestEveryOrderOfThreeClients",
		Says: "(goes on)",
	},
}
