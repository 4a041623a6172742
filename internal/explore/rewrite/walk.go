package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"strings"
)

// walk rewrites what is below a node.
func (f *file) walk(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectStmt:
			f.selects(n)
		case *ast.GoStmt:
			f.goes(n)
		case *ast.DeferStmt:
			f.defers(n)
		case *ast.SendStmt:
			f.sends(n)
		case *ast.RangeStmt:
			f.ranges(n)
		case *ast.AssignStmt:
			f.assigns(n)
		case *ast.IncDecStmt:
			f.counts(n)
		case *ast.ValueSpec:
			if len(n.Names) == 2 && len(n.Values) == 1 {
				f.two[ast.Unparen(n.Values[0])] = true
			}
			return true
		case *ast.KeyValueExpr:
			return true
		case *ast.CompositeLit:
			f.literal(n)
		case ast.Expr:
			return f.expr(n)
		default:
			return true
		}
		return false
	})
}

func (f *file) walkAll(nodes ...ast.Node) {
	for _, n := range nodes {
		f.walk(n)
	}
}

// replacements are the functions of other packages that are points, or start goroutines.
// The second text is something else of theirs, which keeps the import in use.
var replacements = map[string][2]string{
	"time.Sleep":        {"Sleep", "Sleep"},
	"time.AfterFunc":    {"AfterFunc", "Sleep"},
	"runtime.Gosched":   {"Yield", "Gosched"},
	"context.AfterFunc": {"OnDone", "Background"},
	"maps.Keys":         {"Keys", "Keys[map[int]int]"},
	"maps.Values":       {"Values", "Keys[map[int]int]"},
}

// cancels are the functions of package context that return one which cancels.
var cancels = map[string]bool{"WithCancel": true, "WithTimeout": true, "WithTimeoutCause": true, "WithDeadline": true, "WithDeadlineCause": true}

// expr rewrites an expression, and reports whether its parts are still to be walked.
func (f *file) expr(e ast.Expr) bool {
	if tv, ok := f.info.Types[e]; ok && tv.IsType() {
		return false
	}
	if f.isVariable(e) && !f.asIs[e] {
		f.wrap(e, f.callAt("R", e)+"&", ")", func() { f.parts(e) })
		return false
	}
	return f.parts(e)
}

// parts rewrites the parts of an expression, not the expression itself; true: they are
// still to be walked.
func (f *file) parts(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.UnaryExpr:
		switch e.Op {
		case token.AND:
			f.asIs[ast.Unparen(e.X)] = true
		case token.ARROW:
			name := "Recv"
			if f.two[e] {
				name = "Recv2"
			}
			f.replace(e.OpPos, e.X.Pos(), call(name))
			f.walk(e.X)
			f.insert(e.X.End(), ")")
			return false
		}
		f.walk(e.X)
	case *ast.SelectorExpr:
		if pkg, name := f.imported(e); pkg != "" {
			if pkg == "reflect" && name == "Select" {
				f.fail = fmt.Errorf("line %d: reflect.Select", f.tokens.Line(e.Pos()))
			}
			f.replaces(e, pkg+"."+name, f.source(e.X)+".")
			return false
		}
		if !f.method(e) {
			f.base(e.X, f.needsAddress(e))
		}
	case *ast.Ident: // of a package that is imported with a dot
		if fn, ok := f.info.Uses[e].(*types.Func); ok && fn.Pkg() != nil && fn.Signature().Recv() == nil {
			f.replaces(e, fn.Pkg().Path()+"."+fn.Name(), "")
		}
	case *ast.IndexExpr:
		if _, isMap := f.typeOf(e.X).(*types.Map); isMap && f.isSimple(e.Index) {
			f.mapUse("RM", e.X)
		} else {
			f.base(e.X, false)
		}
		f.walk(e.Index)
	case *ast.SliceExpr:
		f.base(e.X, false)
		for _, part := range []ast.Expr{e.Low, e.High, e.Max} {
			if part != nil {
				f.walk(part)
			}
		}
	case *ast.StarExpr:
		f.walk(e.X)
	case *ast.CallExpr:
		f.calls(e)
	case *ast.FuncLit:
		f.walk(e.Body)
	default:
		return true
	}
	return false
}

// replaces replaces a function of another package, if it is one of these.
func (f *file) replaces(e ast.Expr, name, prefix string) {
	if r, ok := replacements[name]; ok {
		f.replace(e.Pos(), e.End(), here+"."+r[0])
		f.keep["var _ = "+prefix+r[1]] = true
	}
}

// around puts a call around what is rewritten in it.
func (f *file) around(e ast.Expr, before string) { f.wrap(e, before, ")", func() { f.walk(e) }) }

// base walks what stands before a dot or an index. A struct or array there is no value
// that is read, if its address is needed.
func (f *file) base(e ast.Expr, address bool) {
	switch f.typeOf(e).(type) {
	case *types.Struct, *types.Array:
		f.asIs[ast.Unparen(e)] = true
	default:
		if address {
			f.asIs[ast.Unparen(e)] = true
		}
	}
	f.walk(e)
}

// method rewrites a method of a type like strings.Builder as a use of the value; that of a
// context which asks whether it is over, and those of a timer, are points.
func (f *file) method(e *ast.SelectorExpr) bool {
	if t := f.info.TypeOf(e.X); t != nil && (t.String() == "context.Context" && e.Sel.Name == "Err" || t.String() == "*time.Timer" && e.Sel.Name != "C") {
		f.around(e.X, call("Look"))
		return true
	}
	if f.isTest || !f.isMutable(e) {
		return false
	}
	t := f.info.TypeOf(e.X)
	_, writes := changes(t, e.Sel.Name)
	name := "P"
	if !writes {
		name = "L"
	}
	before := f.callAt(name, e.X)
	if _, isPointer := t.Underlying().(*types.Pointer); !isPointer {
		if !f.info.Types[e.X].Addressable() {
			return false
		}
		before += "&"
		f.asIs[ast.Unparen(e.X)] = true
	}
	f.around(e.X, before)
	return true
}

// isMutable reports whether a selector is a method of such a type.
func (f *file) isMutable(e *ast.SelectorExpr) bool {
	t := f.info.TypeOf(e.X)
	if t == nil {
		return false
	}
	is, _ := changes(t, e.Sel.Name)
	return is
}

// appends reports whether a call writes behind the end of its first argument.
func (f *file) appends(e *ast.CallExpr) bool {
	if len(e.Args) < 2 || f.isTest {
		return false
	}
	pkg, name := f.imported(e.Fun)
	return f.isBuiltin(e.Fun, "append") || (pkg == "strconv" || pkg == "fmt") && strings.HasPrefix(name, "Append")
}

// needsAddress reports whether a selector is a method that takes the address of what
// stands before it.
func (f *file) needsAddress(e *ast.SelectorExpr) bool {
	s := f.info.Selections[e]
	if s == nil || s.Kind() != types.MethodVal {
		return false
	}
	method, ok := s.Obj().(*types.Func)
	if !ok {
		return false
	}
	receiver := method.Signature().Recv()
	if receiver == nil {
		return false
	}
	_, takes := receiver.Type().(*types.Pointer)
	_, has := s.Recv().Underlying().(*types.Pointer)
	return takes && !has
}

func (f *file) mapUse(name string, m ast.Expr) {
	if f.isTest {
		f.walk(m)
		return
	}
	f.around(m, f.callAt(name, m))
}

// calls rewrites a call.
func (f *file) calls(e *ast.CallExpr) {
	isOne := func(arg ast.Expr) bool {
		_, ok := f.typeOf(arg).(*types.Map)
		return ok
	}
	isMap := func() bool { return isOne(e.Args[0]) }
	isChannel := func() bool {
		_, ok := f.typeOf(e.Args[0]).(*types.Chan)
		return ok
	}
	pkg, name := f.imported(e.Fun)
	switch {
	case pkg == "context" && name == "WithCancelCause":
		f.wrap(e, call("CancelsCause"), ")", func() { f.walkArgs(e) })
	case pkg == "context" && cancels[name]:
		f.wrap(e, call("Cancels"), ")", func() { f.walkArgs(e) })
	case pkg == "context" && name == "Cause":
		f.around(e.Args[0], call("Look"))
	case pkg == "maps" && len(e.Args) > 0 && isMap():
		f.walk(e.Fun)
		for i, arg := range e.Args {
			switch {
			case !isOne(arg):
				f.walk(arg)
			case i == 0 && (name == "Copy" || name == "DeleteFunc" || name == "Insert"):
				f.mapUse("WM", arg)
			default:
				f.mapUse("RM", arg)
			}
		}
	case len(e.Args) == 1 && f.isBuiltin(e.Fun, "close"):
		f.replace(e.Fun.Pos(), e.Fun.End(), here+".Close")
		f.walk(e.Args[0])
	case len(e.Args) == 2 && f.isBuiltin(e.Fun, "delete"), len(e.Args) == 1 && f.isBuiltin(e.Fun, "clear") && isMap():
		f.mapUse("WM", e.Args[0])
		for _, arg := range e.Args[1:] {
			f.walk(arg)
		}
	case len(e.Args) == 1 && f.isBuiltin(e.Fun, "clear") && !f.isTest:
		f.around(e.Args[0], f.callAt("WS", e))
	case len(e.Args) == 1 && f.isBuiltin(e.Fun, "len") && isMap():
		f.mapUse("RM", e.Args[0])
	case len(e.Args) == 1 && f.isBuiltin(e.Fun, "len") && isChannel():
		f.around(e.Args[0], call("Look"))
	case f.appends(e):
		f.walk(e.Fun)
		if tv := f.info.Types[e.Args[0]]; tv.IsNil() || tv.Type == nil {
			f.walk(e.Args[0])
		} else {
			f.around(e.Args[0], f.callAt("A", e))
		}
		for _, arg := range e.Args[1:] {
			f.walk(arg)
		}
	default:
		f.walk(e.Fun)
		f.walkArgs(e)
	}
}

// defers rewrites a deferred call. The use of a variable by clear or a method would be seen too
// early: it is not seen at all.
func (f *file) defers(s *ast.DeferStmt) {
	c := s.Call
	sel, isSelector := c.Fun.(*ast.SelectorExpr)
	switch {
	case f.isBuiltin(c.Fun, "delete"):
		f.replace(c.Fun.Pos(), c.Lparen+1, f.callAt("Delete", c))
		f.walkArgs(c)
	case f.isBuiltin(c.Fun, "clear"):
		f.walkArgs(c)
	case isSelector && f.isMutable(sel):
		f.base(sel.X, f.needsAddress(sel))
		f.walkArgs(c)
	default:
		f.walk(c)
	}
}

func (f *file) walkArgs(c *ast.CallExpr) {
	for _, arg := range c.Args {
		f.walk(arg)
	}
}

// literal rewrites a composite literal: a map's keys are seen when they are put into it.
func (f *file) literal(e *ast.CompositeLit) {
	_, isMap := f.typeOf(e).(*types.Map)
	_, isStruct := f.typeOf(e).(*types.Struct)
	for _, element := range e.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		switch {
		case !ok:
			f.walk(element)
			continue
		case isMap && !f.isConstant(pair.Key):
			f.around(pair.Key, call("Key"))
		case !isStruct:
			f.walk(pair.Key)
		}
		f.walk(pair.Value)
	}
}

// isConstant reports whether e is a constant, nil, or a literal that may be without its type.
func (f *file) isConstant(e ast.Expr) bool {
	_, isLiteral := e.(*ast.CompositeLit)
	tv := f.info.Types[e]
	return isLiteral || tv.Value != nil || tv.IsNil()
}

// sends rewrites c <- v as Send(c)(v).
func (f *file) sends(s *ast.SendStmt) {
	f.around(s.Chan, call("Send"))
	f.replace(s.Arrow, s.Arrow+2, "(")
	f.walk(s.Value)
	f.insert(s.Value.End(), ")")
}

// ranges rewrites a loop over a channel, a map or a slice.
func (f *file) ranges(s *ast.RangeStmt) {
	for _, e := range []ast.Expr{s.Key, s.Value} {
		if e != nil && s.Tok == token.ASSIGN {
			f.asIs[ast.Unparen(e)] = true
		}
		if e != nil {
			f.walk(e)
		}
	}
	switch f.typeOf(s.X).(type) {
	case *types.Chan:
		f.around(s.X, call("Range"))
	case *types.Map:
		f.wrap(s.X, call("Each"), ")", func() { f.mapUse("RM", s.X) })
	case *types.Slice:
		f.elements(s)
		return
	default:
		f.walk(s.X)
	}
	f.walk(s.Body)
}

// elements rewrites a loop over a slice: each element is read when its turn comes.
func (f *file) elements(s *ast.RangeStmt) {
	value, ok := s.Value.(*ast.Ident)
	if !ok || value.Name == "_" || s.Tok != token.DEFINE || f.isTest {
		f.walkAll(s.X, s.Body)
		return
	}
	f.replace(value.Pos(), value.End(), here+"v")
	f.around(s.X, call("Elements"))
	f.insert(s.Body.Lbrace+1, " "+value.Name+" := "+f.callAt("R", value)+here+"v); {")
	f.walk(s.Body)
	f.insert(s.Body.Rbrace, "}")
}

// assigns rewrites an assignment.
func (f *file) assigns(s *ast.AssignStmt) {
	if len(s.Lhs) == 2 && len(s.Rhs) == 1 {
		f.two[ast.Unparen(s.Rhs[0])] = true
	}
	if s.Tok != token.ASSIGN && s.Tok != token.DEFINE {
		f.combines(s.Lhs[0], s.TokPos, len(s.Tok.String()), strings.TrimSuffix(s.Tok.String(), "="), s.Rhs[0])
		return
	}
	var later []string // variables that are written when what stands right has been called
	for i, lhs := range s.Lhs {
		alone := len(s.Lhs) == len(s.Rhs)
		switch {
		case s.Tok == token.DEFINE:
			f.asIs[lhs] = true
		case f.isVariable(ast.Unparen(lhs)) && alone && f.isSimple(lhs):
			f.target(lhs)
			f.around(s.Rhs[i], f.write(lhs))
			continue
		case f.isVariable(ast.Unparen(lhs)) && (alone || f.isSimple(s.Rhs[0])):
			f.wrap(lhs, "*"+f.callAt("P", lhs)+"&", ")", func() { f.target(lhs) })
		case f.isVariable(ast.Unparen(lhs)):
			f.target(lhs)
			later = append(later, fmt.Sprintf("&%s", f.source(ast.Unparen(lhs))))
		default:
			f.target(lhs)
		}
		if alone {
			f.walk(s.Rhs[i])
		}
	}
	switch {
	case len(s.Lhs) == len(s.Rhs):
	case len(later) > 0 && len(s.Lhs) == 2:
		f.wrap(s.Rhs[0], call("Both"), ")("+f.site(s)+", "+strings.Join(later, ", ")+")", func() { f.walk(s.Rhs[0]) })
	default:
		f.walk(s.Rhs[0])
	}
}

// write is the beginning of what stands around a value that is assigned to lhs.
func (f *file) write(lhs ast.Expr) string {
	return f.callAt("W", lhs) + "&" + f.source(ast.Unparen(lhs)) + ")("
}

// target walks what is assigned to: it is not read, but what leads there is.
func (f *file) target(lhs ast.Expr) {
	e := ast.Unparen(lhs)
	f.asIs[e] = true
	index, ok := e.(*ast.IndexExpr)
	if !ok {
		f.walk(e)
		return
	}
	if _, isMap := f.typeOf(index.X).(*types.Map); !isMap {
		f.walk(e)
		return
	}
	if f.isSimple(index.Index) {
		f.mapUse("WM", index.X)
	} else { // it may take a lock, which the use would come before
		f.walk(index.X)
	}
	if f.isConstant(index.Index) {
		f.walk(index.Index)
		return
	}
	f.around(index.Index, call("Key"))
}

// counts rewrites x++ as x = x + 1: a read and a write, as the processor does it.
func (f *file) counts(s *ast.IncDecStmt) { f.combines(s.X, s.TokPos, 2, s.Tok.String()[:1], nil) }

// combines rewrites x op= y as x = x op (y). y is nil for x++.
func (f *file) combines(x ast.Expr, at token.Pos, length int, op string, y ast.Expr) {
	isMap := false
	if index, ok := ast.Unparen(x).(*ast.IndexExpr); ok {
		_, isMap = f.typeOf(index.X).(*types.Map)
	}
	if !isMap && !f.isVariable(ast.Unparen(x)) || !f.isSimple(x) {
		f.target(x)
		if y != nil {
			f.walk(y)
		}
		return
	}
	read := f.source(ast.Unparen(x))
	before, behind := "", ""
	if !isMap {
		read = f.callAt("R", x) + "&" + read + ")"
		before, behind = f.write(x), ")"
	}
	f.target(x)
	if y == nil {
		f.replace(at, at+token.Pos(length), "= "+before+read+" "+op+" 1"+behind)
		return
	}
	f.replace(at, at+token.Pos(length), "= "+before+read+" "+op)
	f.wrap(y, "(", ")"+behind, func() { f.walk(y) })
}

// isSimple reports whether an expression may be written twice.
func (f *file) isSimple(e ast.Expr) bool {
	simple := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr, *ast.FuncLit:
			simple = false
		case *ast.UnaryExpr:
			simple = simple && n.Op != token.ARROW
		}
		return simple
	})
	return simple
}

// goes rewrites a go statement. What it calls, and with what, is evaluated first.
func (f *file) goes(s *ast.GoStmt) {
	c := s.Call
	if literal, ok := c.Fun.(*ast.FuncLit); ok && len(c.Args) == 0 && literal.Type.Results == nil {
		f.replace(s.Go, literal.Pos(), call("Go"))
		f.walk(literal)
		f.replace(literal.End(), c.End(), ")")
		return
	}
	var names, values []string
	hoist := func(e ast.Expr) string {
		f.walk(e)
		text := f.render(e.Pos(), e.End())
		names = append(names, fmt.Sprint(here, len(names)))
		values = append(values, text)
		return names[len(names)-1]
	}
	keep := func(e ast.Expr) string {
		f.walk(e)
		return f.render(e.Pos(), e.End())
	}
	fun := ""
	if f.isBuiltin(c.Fun, "close") {
		fun = here + ".Close"
	} else if f.isFunction(c.Fun) {
		fun = keep(c.Fun)
	} else {
		fun = hoist(c.Fun)
	}
	var args []string
	for _, arg := range c.Args {
		if tv := f.info.Types[arg]; tv.Value != nil || tv.IsNil() || tv.Type == nil {
			args = append(args, keep(arg))
		} else {
			args = append(args, hoist(arg))
		}
	}
	dots := ""
	if c.Ellipsis.IsValid() {
		dots = "..."
	}
	text := "{ "
	if pair, ok := f.info.TypeOf(f.onlyArg(c)).(*types.Tuple); ok { // f(g()), where g has several results
		args = nil
		for i := range pair.Len() {
			args = append(args, fmt.Sprint(here, "r", i))
		}
		text += strings.Join(args, ", ") + " := " + values[len(values)-1] + "; "
		names, values = names[:len(names)-1], values[:len(values)-1]
	}
	if len(names) > 0 {
		text += strings.Join(names, ", ") + " := " + strings.Join(values, ", ") + "; "
	}
	text += call("Go") + "func() { " + fun + "(" + strings.Join(args, ", ") + dots + ") }) }"
	lines := strings.Count(f.source(s), "\n") - strings.Count(text, "\n")
	f.replace(s.Pos(), s.End(), text+strings.Repeat("\n", max(lines, 0)))
}

// onlyArg is a call's argument, if it has one.
func (f *file) onlyArg(c *ast.CallExpr) ast.Expr {
	if len(c.Args) == 1 {
		return c.Args[0]
	}
	return nil
}

// isFunction reports whether e names a declared function, which cannot change.
func (f *file) isFunction(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		switch f.info.Uses[e].(type) {
		case *types.Func, *types.Builtin:
			return true
		}
	case *ast.SelectorExpr:
		pkg, _ := f.imported(e)
		return pkg != ""
	}
	return false
}

var lineBreak = regexp.MustCompile(`\s*\n\s*`)

// selects rewrites a select statement as a switch over what Select returns.
func (f *file) selects(s *ast.SelectStmt) {
	if len(s.Body.List) == 0 {
		f.insert(s.Pos(), here+".Forever(); ")
		return
	}
	var names, cases []string
	hasDefault := "false"
	for i, clause := range s.Body.List {
		c := clause.(*ast.CommClause)
		if c.Comm == nil {
			hasDefault = "true"
			f.body(c)
			continue
		}
		name := fmt.Sprint(here, "c", i)
		lines := f.tokens.Line(c.Colon) - f.tokens.Line(c.Case)
		value, rest := f.comm(c.Comm, name)
		if lines > 0 {
			if strings.Contains(value, "func") || strings.ContainsAny(value, "/`") {
				f.fail = fmt.Errorf("line %d: a case of several lines", f.tokens.Line(c.Case))
			}
			value = lineBreak.ReplaceAllString(value, " ")
			rest += strings.Repeat("\n", lines)
		}
		names, cases = append(names, name), append(cases, value)
		f.edits = f.outside(c.Comm)
		label := fmt.Sprint("case ", len(names)-1, ":")
		f.replace(c.Case, c.Colon+1, label+rest)
		f.body(c)
	}
	if hasDefault == "false" { // the last one: what follows a switch with a default can be out of reach
		last := s.Body.List[len(s.Body.List)-1].(*ast.CommClause)
		for i := range f.edits {
			if f.edits[i].from == f.offset(last.Case) && f.edits[i].to == f.offset(last.Colon)+1 {
				_, rest, _ := strings.Cut(f.edits[i].text, ":")
				f.edits[i].text = "default:" + rest
			}
		}
	}
	head, all := "switch ", hasDefault
	if len(names) > 0 {
		head += strings.Join(names, ", ") + " := " + strings.Join(cases, ", ") + "; "
		all += ", " + strings.Join(names, ".Self(), ") + ".Self()"
	}
	f.replace(s.Select, s.Body.Lbrace, head+call("Select")+all+") ")
}

func (f *file) body(c *ast.CommClause) {
	for _, stmt := range c.Body {
		f.walk(stmt)
	}
}

// outside returns the edits that are not within a node.
func (f *file) outside(n ast.Node) (rest []edit) {
	for _, e := range f.edits {
		if e.from < f.offset(n.Pos()) || e.to > f.offset(n.End()) {
			rest = append(rest, e)
		}
	}
	return rest
}

// comm takes a case apart: the value that Select gets, and what is done with what has come.
func (f *file) comm(s ast.Stmt, name string) (value, rest string) {
	line := fmt.Sprint(f.tokens.Line(s.Pos()), ", ")
	if send, ok := s.(*ast.SendStmt); ok {
		f.walkAll(send.Chan, send.Value)
		return call("OnSend") + line + f.render(send.Chan.Pos(), send.Chan.End()) + ")(" + f.render(send.Value.Pos(), send.Value.End()) + ")", ""
	}
	receive := func(e ast.Expr) string {
		x := ast.Unparen(e).(*ast.UnaryExpr).X
		f.walk(x)
		return call("OnRecv") + line + f.render(x.Pos(), x.End()) + ")"
	}
	switch s := s.(type) {
	case *ast.ExprStmt:
		return receive(s.X), ""
	case *ast.AssignStmt:
		value = receive(s.Rhs[0])
		var left []string
		for _, lhs := range s.Lhs {
			if s.Tok == token.ASSIGN {
				f.target(lhs)
			}
			left = append(left, f.render(lhs.Pos(), lhs.End()))
		}
		right := []string{name + ".V()", name + ".OK"}[:len(left)]
		return value, " " + strings.Join(left, ", ") + " " + s.Tok.String() + " " + strings.Join(right, ", ") + ";"
	}
	return "", ""
}
