package class

import (
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"

	"asynclab/internal/judge"
)

// The guard reads a file before anything of it is built. What could reach out of the
// student's own code (files, processes, the environment, the stack, memory behind the types)
// is refused, since no lab needs it; what only looks like an attempt on the verdict, and
// cannot change it, is named.

// A finding is what the guard has seen in a file.
type finding struct {
	refused bool
	what    string
}

// allowed are the packages that a student's file may import. With names behind it, these are
// all that it may use of the package; names after a minus are those that it may not.
var allowed = map[string]string{
	"bufio": "", "bytes": "", "cmp": "", "container/heap": "", "container/list": "", "container/ring": "", "context": "",
	"crypto/hmac": "", "crypto/md5": "", "crypto/rand": "", "crypto/sha1": "", "crypto/sha256": "", "crypto/sha512": "", "crypto/subtle": "",
	"crypto/tls":      "- LoadX509KeyPair",
	"encoding/base32": "", "encoding/base64": "", "encoding/binary": "", "encoding/csv": "", "encoding/hex": "", "encoding/json": "", "errors": "",
	"flag": "", "fmt": "", "hash": "", "hash/adler32": "", "hash/crc32": "", "hash/crc64": "", "hash/fnv": "", "hash/maphash": "", "html": "", "io": "",
	"io/ioutil": "ReadAll Discard NopCloser",
	"iter":      "", "log": "", "log/slog": "", "maps": "", "math": "", "math/big": "", "math/bits": "", "math/cmplx": "", "math/rand": "", "math/rand/v2": "", "net": "",
	"net/http":      "- Dir FileServer FileServerFS FS NewFileTransport NewFileTransportFS ServeFile ServeFileFS",
	"net/netip":     "",
	"net/textproto": "", "net/url": "",
	"os": "Stdin Stdout Stderr Args Exit Interrupt Kill Signal File ErrClosed ErrDeadlineExceeded ErrInvalid ErrNotExist ErrExist ErrPermission " +
		"ErrNoDeadline ErrProcessDone IsTimeout IsNotExist IsExist IsPermission PathError SyscallError NewSyscallError",
	"os/signal": "", "path": "",
	"reflect": "ValueOf Value TypeOf Type DeepEqual Select SelectCase SelectRecv SelectSend SelectDefault SelectDir",
	"regexp":  "",
	"runtime": "Gosched Goexit NumGoroutine NumCPU GOMAXPROCS GC KeepAlive GOOS GOARCH Version Error TypeAssertionError " +
		"MemStats ReadMemStats LockOSThread UnlockOSThread SetFinalizer AddCleanup",
	"runtime/debug": "PrintStack SetGCPercent FreeOSMemory",
	"slices":        "", "sort": "", "strconv": "", "strings": "", "sync": "", "sync/atomic": "",
	"syscall": "SIGINT SIGTERM SIGHUP SIGQUIT SIGPIPE Signal Errno Conn RawConn Handle SetsockoptInt SOL_SOCKET SO_REUSEADDR SO_REUSEPORT " +
		"EADDRINUSE ECONNREFUSED ECONNRESET EPIPE EINTR EINVAL ETIMEDOUT",
	"text/tabwriter": "", "time": "", "unicode": "", "unicode/utf16": "", "unique": "", "unicode/utf8": "",
	"github.com/gorilla/websocket": "",
}

// why says of some packages what they are for.
var why = map[string]string{
	"C": "which is C", "unsafe": "which goes behind the types", "os/exec": "which starts programs", "plugin": "which loads programs",
	"embed": "which reads files", "testing": "which runs the tests", "go.uber.org/goleak": "which the tests use",
}

// shapes are names of the language that the tests use: a declaration beside the tests would
// change what they mean.
var shapes = strings.Fields("any append bool byte cap close copy delete error false int int64 iota len make new nil panic recover rune string true uint")

// reaches are the methods of package reflect that reach into what is not the student's.
var reaches = strings.Fields("Call CallSlice Elem Field FieldByIndex FieldByName FieldByNameFunc Method MethodByName NewAt Pointer Set SetInt UnsafeAddr UnsafePointer")

// A guard knows what the lab's own files may do.
type guard struct {
	ours   map[string]bool // packages of this module that starter or solution imports
	tests  map[string]bool // names that the tests declare in the student's own package
	shared map[string]bool // those that the other files of that package declare
}

func newGuard(lab *judge.Lab) (*guard, error) {
	g := &guard{ours: map[string]bool{}, tests: map[string]bool{}, shared: map[string]bool{}}
	for _, s := range lab.Sources() {
		tree, err := parser.ParseFile(token.NewFileSet(), s, nil, 0)
		if err != nil {
			return nil, err
		}
		isTest := strings.HasSuffix(s, "_test.go")
		for _, spec := range tree.Imports {
			if name := unquote(spec.Path); !isTest && strings.HasPrefix(name, "asynclab/") {
				g.ours[name] = true
			}
		}
		if tree.Name.Name != "main" {
			continue
		}
		names := g.shared
		if isTest {
			names = g.tests
		}
		for _, name := range declared(tree) {
			names[name] = true
		}
	}
	return g, nil
}

// reflects reports whether one of the files imports package reflect: a value of it may be used
// in another one, which then needs no import.
func reflects(files map[string][]byte) bool {
	for name, text := range files {
		tree, _ := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
		if tree != nil && slices.ContainsFunc(tree.Imports, func(spec *ast.ImportSpec) bool { return unquote(spec.Path) == "reflect" }) {
			return true
		}
	}
	return false
}

// look reads one file, of several that may reflect. ok is false if it is no Go file: then the
// compiler says why.
func (g *guard) look(name string, text []byte, reflects bool) (found []finding, ok bool) {
	files := token.NewFileSet()
	tree, err := parser.ParseFile(files, name, text, parser.ParseComments)
	if err != nil {
		return nil, false
	}
	l := &looker{guard: g, name: name, files: files, tree: tree, imports: map[string]string{}, program: path.Dir(name) != ".", reflects: reflects}
	l.lookAtImports()
	l.lookAtComments()
	l.lookAtDeclarations()
	ast.Inspect(tree, l.lookAtNode)
	return l.found, true
}

// A looker looks at one file.
type looker struct {
	*guard
	name    string
	files   *token.FileSet
	tree    *ast.File
	imports map[string]string // the local names of packages
	program bool              // a program of its own, which no test is part of
	found   []finding

	reflects bool // one of the student's files does
}

func (l *looker) refuse(pos token.Pos, format string, args ...any) {
	l.note(true, pos, format, args...)
}
func (l *looker) mention(pos token.Pos, format string, args ...any) {
	l.note(false, pos, format, args...)
}

func (l *looker) note(refused bool, pos token.Pos, format string, args ...any) {
	at := l.files.PositionFor(pos, false)
	what := fmt.Sprintf("%s:%d %s", l.name, at.Line, fmt.Sprintf(format, args...))
	if f := (finding{refused, what}); !slices.Contains(l.found, f) {
		l.found = append(l.found, f)
	}
}

func (l *looker) lookAtImports() {
	for _, spec := range l.tree.Imports {
		name := unquote(spec.Path)
		rule, ok := allowed[name]
		local := path.Base(name)
		if local == "v2" {
			local = "rand"
		}
		if spec.Name != nil {
			local = spec.Name.Name
		}
		switch {
		case strings.HasPrefix(name, "asynclab/solutions/") && !l.ours[name]:
			l.refuse(spec.Pos(), "imports the reference, %s", name)
		case strings.HasPrefix(name, "asynclab/") && !l.ours[name]:
			l.refuse(spec.Pos(), "imports %s, which is not for this lab", name)
		case strings.HasPrefix(name, "asynclab/"):
		case !ok && (why[name] != "" || !strings.Contains(name, ".") || strings.Contains(name, "testify")): // another module's the compiler does not find
			l.refuse(spec.Pos(), "imports %s, %s", name, orElse(why[name], "which no lab needs"))
		case name == "flag" && !l.program:
			l.refuse(spec.Pos(), "imports flag, which sets those of the tests too")
		case local == "." && rule != "":
			l.refuse(spec.Pos(), "imports %s with a dot", name)
		}
		l.imports[local] = name
	}
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// lookAtComments looks for what the compiler reads in comments.
func (l *looker) lookAtComments() {
	harmless := []string{"//go:build", "//go:noinline", "//go:generate", "//go:fix"}
	for _, group := range l.tree.Comments {
		for _, c := range group.List {
			directive, _, _ := strings.Cut(c.Text, " ")
			switch {
			case strings.HasPrefix(directive, "//go:") && !slices.Contains(harmless, directive), strings.HasPrefix(directive, "//export"):
				l.refuse(c.Pos(), "has the directive %s", directive)
			case strings.HasPrefix(c.Text, "//line ") || strings.HasPrefix(c.Text, "/*line "):
				l.refuse(c.Pos(), "names another file's lines (%s)", oneLine(c.Text))
			}
		}
	}
}

func (l *looker) lookAtDeclarations() {
	for _, decl := range l.tree.Decls {
		f, ok := decl.(*ast.FuncDecl)
		switch {
		case !ok || f.Recv != nil:
		case f.Name.Name == "init":
			l.mention(f.Pos(), "has a func init")
		case strings.HasPrefix(f.Name.Name, "Test"):
			l.mention(f.Pos(), "declares %s", f.Name.Name)
		}
	}
	if l.program || l.tree.Name.Name != "main" {
		return
	}
	mine := declared(l.tree)
	for _, name := range mine {
		if slices.Contains(shapes, name) && doc.IsPredeclared(name) {
			l.refuse(l.tree.Scope.Lookup(name).Pos(), "declares %s, which the tests use", name)
		}
	}
	fields := map[*ast.Ident]bool{}
	ast.Inspect(l.tree, func(n ast.Node) bool {
		if pair, ok := n.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok {
				fields[key] = true
			}
		}
		return true
	})
	for _, id := range l.tree.Unresolved {
		if fields[id] {
			continue
		}
		if l.tests[id.Name] && !l.shared[id.Name] && !slices.Contains(mine, id.Name) && l.imports[id.Name] == "" {
			l.refuse(id.Pos(), "uses %s, which belongs to the tests", id.Name)
		}
	}
}

func (l *looker) lookAtNode(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.SelectorExpr:
		l.lookAtSelector(n)
	case *ast.AssignStmt:
		for _, left := range n.Lhs {
			l.lookAtTarget(left)
		}
	case *ast.IncDecStmt:
		l.lookAtTarget(n.X)
	case *ast.RangeStmt:
		l.lookAtTarget(n.Key)
		l.lookAtTarget(n.Value)
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			l.lookAtTarget(n.X)
		}
	case *ast.BasicLit:
		if text, err := strconv.Unquote(n.Value); n.Kind == token.STRING && err == nil && looksLikeAResult(text) {
			l.mention(n.Pos(), "prints what looks like the result of a test")
		}
	}
	return true
}

func (l *looker) lookAtSelector(s *ast.SelectorExpr) {
	if l.reflects && slices.Contains(reaches, s.Sel.Name) {
		if x, ok := s.X.(*ast.Ident); !ok || x.Obj == nil || x.Obj.Kind != ast.Typ {
			l.refuse(s.Pos(), "reaches into other code by reflection (%s)", s.Sel.Name)
		}
	}
	name := l.packageOf(s.X)
	if name == "" {
		return
	}
	use := name + "." + s.Sel.Name
	rule, isBut := strings.CutPrefix(allowed[name], "- ")
	if rule != "" && slices.Contains(strings.Fields(rule), s.Sel.Name) == isBut {
		l.refuse(s.Pos(), "uses %s, which no lab needs", use)
		return
	}
	switch use {
	case "os.Exit":
		if !l.program {
			l.mention(s.Pos(), "uses os.Exit")
		}
	case "os.Args":
		if !l.program {
			l.refuse(s.Pos(), "uses os.Args, which tell of the tests")
		}
	case "runtime.Goexit":
		l.mention(s.Pos(), "uses runtime.Goexit")
	}
}

// lookAtTarget refuses to change a variable of another package, unless it is there for that.
func (l *looker) lookAtTarget(e ast.Expr) {
	s, ok := e.(*ast.SelectorExpr)
	if !ok {
		return
	}
	if name := l.packageOf(s.X); name != "" && !strings.HasPrefix(s.Sel.Name, "Default") {
		l.refuse(s.Pos(), "changes %s.%s", name, s.Sel.Name)
	}
}

// packageOf returns the package that an expression names; "": none.
func (l *looker) packageOf(e ast.Expr) string {
	if x, ok := e.(*ast.Ident); ok && x.Obj == nil {
		return l.imports[x.Name]
	}
	return ""
}

func looksLikeAResult(text string) bool {
	for _, sign := range []string{"--- PASS", "--- FAIL", "--- SKIP", "=== RUN", "\x16", "\x1e", `"Action"`} {
		if strings.Contains(text, sign) {
			return true
		}
	}
	return false
}

// declared lists the names that a file declares for its whole package.
func declared(tree *ast.File) (names []string) {
	for name := range tree.Scope.Objects {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func unquote(lit *ast.BasicLit) string {
	text, _ := strconv.Unquote(lit.Value)
	return text
}
