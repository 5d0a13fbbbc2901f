package source

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestExpressions compiles what is compiled when it is first used.
func TestExpressions(t *testing.T) {
	names, _ := filepath.Glob("*.go")
	set := token.NewFileSet()
	values := map[string]ast.Expr{} // of names in the package
	var calls []*ast.CallExpr
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				for i, name := range n.Names {
					if i < len(n.Values) {
						values[name.Name] = n.Values[i]
					}
				}
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.Ident); ok && f.Name == "expression" {
					calls = append(calls, n)
				}
			}
			return true
		})
	}
	for _, c := range calls {
		text, ok := textOf(c.Args[0], values)
		if !ok {
			t.Errorf("%v: the text is not made of constants", set.Position(c.Pos()))
		} else if _, err := regexp.Compile(text); err != nil {
			t.Errorf("%v: %v", set.Position(c.Pos()), err)
		}
	}
	if len(calls) < 100 {
		t.Errorf("%d expressions", len(calls))
	}
}

// textOf gives the value of literals and names that are joined.
func textOf(e ast.Expr, values map[string]ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil
	case *ast.Ident:
		return textOf(values[e.Name], values)
	case *ast.BinaryExpr:
		x, ok := textOf(e.X, values)
		y, alsoOK := textOf(e.Y, values)
		return x + y, ok && alsoOK && e.Op == token.ADD
	}
	return "", false
}
