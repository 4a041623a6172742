package bank

// Lines of the solution, in which the mistakes are made.
const (
	declares = "var last atomic.Int64 // connections arrive in many goroutines"
	counts   = "number := last.Add(1)"
	signs    = `return fmt.Sprintf("Client #%d: %s", number, oneLine(text))`
	atomics  = `"sync/atomic"`
)

// lab5 is what people get wrong in lab 5.
var lab5 = []Wrong{
	// How a message looks.
	{
		Mistake: "The number is enough, the # is decoration",
		File:    "server.go",
		Change:  []string{"Client #%d: %s", "Client %d: %s"},
		Test:    "TestEveryoneSeesWhoSaysWhat",
		Says:    `Ana heard:       "Client 1: hello"`,
	},
	{
		Mistake: "No space is needed after the colon",
		File:    "server.go",
		Change:  []string{"Client #%d: %s", "Client #%d:%s"},
		Test:    "TestEveryoneSeesWhoSaysWhat",
		Says:    `Ana heard:       "Client #1:hello"`,
	},
	{
		Mistake: "Counting begins at 0",
		File:    "server.go",
		Change:  []string{counts, "number := last.Add(1) - 1"},
		Test:    "TestEveryoneSeesWhoSaysWhat",
		Says:    `Ana heard:       "Client #0: hello"`,
	},
	{
		Mistake: "The server knows the numbers, the clients will add them",
		File:    "server.go",
		Change:  []string{signs, "log.Print(number); return text", `"fmt"`, `"log"`},
		Test:    "TestEveryoneSeesWhoSaysWhat",
		Says:    `Ana heard:       "hello"`,
	},
	{
		Mistake: "A server that signs nothing yet may return nil",
		File:    "server.go",
		Change:  []string{"return func(text string) string { " + signs + " }", "log.Print(number)\nreturn nil", `"fmt"`, `"log"`},
		Test:    "TestEveryoneSeesWhoSaysWhat",
		Says:    "it uses what your code returned or set: is that nil?",
	},

	// Who gets which number.
	{
		Mistake: "Each message gets a number",
		File:    "server.go",
		Change:  []string{counts, "", signs, counts + "; " + signs},
		Test:    "TestEveryoneSeesWhoSaysWhat",
		Says:    `Ana heard:       "Client #3: how are you?"`,
	},
	{
		Mistake: "A number is any that nobody will guess",
		File:    "server.go",
		Change:  []string{declares, "", counts, "number := 1000 + rand.IntN(1000)", atomics, `"math/rand/v2"`},
		Test:    "TestEveryoneSeesWhoSaysWhat",
		Says:    `Ana should hear: "Client #1: hello"`,
	},
	{
		Mistake: "The number is read when somebody speaks, from the counter",
		File:    "server.go",
		Change:  []string{counts, "last.Add(1)", "number, oneLine(text)", "last.Load(), oneLine(text)"},
		Test:    "TestEveryoneSeesWhoSaysWhat",
		Says:    `Ana heard:       "Client #3: hello"`,
	},
	{
		Mistake: "NewServer is called for each connection",
		File:    "server.go",
		Change:  []string{declares, declares + "\n" + counts, "string {\n\t\t" + counts, "string {"},
		Test:    "TestEveryoneSeesWhoSaysWhat",
		Says:    `Ana heard:       "Client #1: hi"`,
	},
	{
		Mistake: "One counter in a package-level variable is enough",
		File:    "server.go",
		Change:  []string{"func NewServer() *chat.Server {\n\t" + declares, declares + "\n\nfunc NewServer() *chat.Server {"},
		Test:    "TestTwoServersCountApart",
		Says:    `Ana heard:       "Client #4: hello"`,
	},
	{
		Mistake: "A client gets its number when it first speaks",
		File:    "server.go",
		Change:  []string{counts, "var number int64", signs, "if number == 0 { number = last.Add(1) }; " + signs},
		Test:    "TestNumbersFollowTheOrderOfArrival",
		Says:    `Ana heard:       "Client #1: me first"`,
	},
	{
		Mistake: "A client's number is how many are here",
		File:    "server.go",
		Instead: "present.go",
		Test:    "TestANumberIsNeverUsedAgain",
		Says:    `Guest 1 heard:       "Client #2: hello"`,
	},
	{
		Mistake: "When the room is empty, the count begins again",
		File:    "server.go",
		Instead: "new_day.go",
		Test:    "TestANumberIsNeverUsedAgain",
		Says:    `the first of a new day heard:       "Client #1: hello"`,
	},
	{
		Mistake: "Two digits are enough for everybody",
		File:    "server.go",
		Change:  []string{counts, "number := last.Add(1) % 100"},
		Test:    "TestNumbersNeverStartAgain",
		Says:    `actual  : "Client #0: x"`,
	},

	// What a client types.
	{
		Mistake: "A text that begins with a number needs no other",
		File:    "server.go",
		Change:  []string{signs, `if strings.HasPrefix(text, "Client #") { return text }; ` + signs},
		Test:    "TestNobodyCanBorrowANumber",
		Says:    `Ana heard:       "Client #1: I am Ana"`,
	},
	{
		Mistake: "A number that somebody typed must be taken off",
		File:    "server.go",
		Change:  []string{signs, `text = strings.TrimPrefix(text, "Client #1: "); ` + signs},
		Test:    "TestNobodyCanBorrowANumber",
		Says:    `Ana heard:       "Client #2: I am Ana"`,
	},
	{
		Mistake: "Who says nothing needs no number",
		File:    "server.go",
		Change:  []string{signs, `if text == "" { return text }; ` + signs},
		Test:    "TestNobodyCanBorrowANumber",
		Says:    `Ana heard:       ""`,
	},
	{
		Mistake: "A text can be a format",
		File:    "server.go",
		Change:  []string{signs, `return fmt.Sprintf("Client #%d: "+text, number)`},
		Test:    "TestNobodyCanBorrowANumber",
		Says:    `Ana heard:       "Client #2: 100%!d(MISSING)"`,
	},
	{
		Mistake: "The number is filled in when the line is complete",
		File:    "server.go",
		Change:  []string{signs, `return strings.ReplaceAll("Client #{id}: "+text, "{id}", fmt.Sprint(number))`},
		Test:    "TestNobodyCanBorrowANumber",
		Says:    `Ana heard:       "Client #2: {} {0} 2 {number}"`,
	},
	{
		Mistake: "No message is longer than MaxMessage, so no line is",
		File:    "server.go",
		Change:  []string{signs, `line := make([]byte, chat.MaxMessage); return string(line[:copy(line, fmt.Sprintf("Client #%d: %s", number, oneLine(text)))])`},
		Test:    "TestNobodyCanBorrowANumber",
		Says:    `(4096 bytes)`,
	},
	{
		Mistake: "Spaces around a text can go",
		File:    "server.go",
		Change:  []string{"number, oneLine(text))", "number, strings.TrimSpace(text))"},
		Test:    "TestNobodyCanBorrowANumber",
		Says:    `Ana heard:       "Client #2: with spaces"`,
	},
	{
		Mistake: "What is shown to many must be safe for a web page",
		File:    "server.go",
		Change:  []string{"number, oneLine(text))", "number, html.EscapeString(text))", `"fmt"`, `"fmt"; "html"`},
		Test:    "TestNobodyCanBorrowANumber",
		Says:    `Ana heard:       "Client #2: &lt;b&gt;&amp;amp;&lt;/b&gt;"`,
	},
	{
		Mistake: "A text with quotes and the like is better quoted",
		File:    "server.go",
		Change:  []string{"Client #%d: %s", "Client #%d: %.0s%s", "number, oneLine(text))", `number, "", strings.Trim(strconv.Quote(text), "\""))`, `"fmt"`, `"fmt"; "strconv"`},
		Test:    "TestNobodyCanBorrowANumber",
		Says:    `Ana should hear: `,
	},
	{
		Mistake: "One blank between two words is enough",
		File:    "server.go",
		Change:  []string{"number, oneLine(text))", `number, strings.ReplaceAll(text, "  ", " "))`},
		Test:    "TestNobodyCanBorrowANumber",
		Says:    `Ana heard:       "Client #2: two blanks"`,
	},

	// Many at once.
	{
		Mistake: "A counter that is safe for many makes everything done with it safe",
		File:    "server.go",
		Change:  []string{counts, "number := last.Load() + 1\nprefix := fmt.Sprintf(\"Client #%d: \", number)\nlast.Store(number)", signs, "return prefix + oneLine(text)"},
		Test:    "TestEveryOrderOfThreeClients",
		Says:    `Everyone hears: ["Client #1: hello" "Client #1: hello"`,
	},
	{
		Mistake: "last++ is one step, nobody can come between",
		File:    "server.go",
		Change:  []string{declares, "var last int64", counts, "last++\nnumber := last", atomics, ""},
		Test:    "TestEveryOrderOfThreeClients",
		Says:    `Everyone hears: ["Client #1: hello" "Client #1: hello"`,
	},
	{
		Mistake: "A mutex opens by itself when the function returns",
		File:    "server.go",
		Change:  []string{declares, "var mu sync.Mutex\nlast := 0", counts, "mu.Lock()\nlast++\nnumber := last", atomics, `"sync"`},
		Test:    "TestEveryoneSeesWhoSaysWhat",
		Says:    "whoever holds it does not unlock it",
	},
	{
		Mistake: "A channel that holds the first number needs no room for it",
		File:    "server.go",
		Change:  []string{declares, "next := make(chan int)\nnext <- 1", counts, "number := <-next\nnext <- number+1", atomics, ""},
		Test:    "TestEveryoneSeesWhoSaysWhat",
		Says:    "NewServer  waits: chan send",
	},
	{
		Mistake: "Who takes the number from a channel need not put the next one in",
		File:    "server.go",
		Change:  []string{declares, "next := make(chan int, 1)\nnext <- 1", counts, "number := <-next", atomics, ""},
		Test:    "TestEveryoneSeesWhoSaysWhat",
		Says:    "NewServer  waits: chan receive",
	},
	{
		Mistake: "A text that has been returned needs its memory no more",
		File:    "server.go",
		Instead: "pooled.go",
		Test:    "TestEveryoneSeesWhoSaysWhat",
		Says:    `Citra should hear: "Client #1: hello"`,
	},
	{
		Mistake: "Number and text together are a key that nobody else has",
		File:    "server.go",
		Change:  []string{declares, declares + "\nvar known sync.Map", signs, "id := fmt.Sprint(number)\nmessage, _ := known.LoadOrStore(id+text, \"Client #\"+id+\": \"+oneLine(text))\nreturn message.(string)", `"sync/atomic"`, `"sync"; "sync/atomic"`},
		Test:    "TestNobodyCanBorrowANumber",
		Says:    `Ana heard:       "Client #2: 1"`,
	},
}
