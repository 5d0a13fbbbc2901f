package archtest

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// worldCalls are calls that make a result depend on more than its inputs.
var worldCalls = []string{
	"time.Now", "time.Since", "time.Until", "time.Tick", "time.After", "time.Sleep",
	"os.Getenv", "os.LookupEnv", "os.Environ", "os.Getwd", "os.Hostname",
	"fmt.Print", "fmt.Println", "fmt.Printf",
}

func TestNoWorldCalls(t *testing.T) {
	for _, f := range code(t) {
		if f.Dir == "cmd/pir" || forTests(f.Dir) {
			continue
		}
		ast.Inspect(f.AST, func(n ast.Node) bool {
			if name := selector(n); slices.Contains(worldCalls, name) {
				t.Errorf("%s: %s: the world enters through cmd/pir", f.at(n), name)
			}
			return true
		})
	}
}

// TestNoLocalZone keeps the zone of the machine out everywhere, the command
// included.
func TestNoLocalZone(t *testing.T) {
	for _, f := range code(t) {
		ast.Inspect(f.AST, func(n ast.Node) bool {
			if name := selector(n); name == "time.Local" {
				t.Errorf("%s: %s: the zone of the machine decides nothing", f.at(n), name)
			}
			return true
		})
	}
}

// selector gives "pkg.Name" for a qualified identifier, else "".
func selector(n ast.Node) string {
	sel, ok := n.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	pkg, ok := sel.X.(*ast.Ident)
	if !ok {
		return ""
	}
	return pkg.Name + "." + sel.Sel.Name
}

func TestNoInit(t *testing.T) {
	for _, f := range house(t) {
		for _, decl := range f.AST.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s: init: what runs must be what one sees", f.at(fn))
			}
		}
	}
}

// TestNoSkips: a test that is skipped guards nothing, least of all on a build
// machine. Fuzz targets may skip what is no input for them.
func TestNoSkips(t *testing.T) {
	skips := []string{"t.Skip", "t.Skipf", "t.SkipNow", "b.Skip", "testing.Short"}
	for _, f := range house(t) {
		if !f.Test || f.Dir == "internal/archtest" {
			continue
		}
		for _, decl := range f.AST.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && strings.HasPrefix(fn.Name.Name, "Fuzz") {
				continue
			}
			ast.Inspect(decl, func(n ast.Node) bool {
				if name := selector(n); slices.Contains(skips, name) {
					t.Errorf("%s: %s: tests run or fail", f.at(n), name)
				}
				return true
			})
		}
	}
}

// TestPackageVariablesAreTables finds package-level variables that a function
// changes. A variable that is only read is a table.
func TestPackageVariablesAreTables(t *testing.T) {
	vars := map[string]map[string]bool{} // folder -> names
	for _, f := range code(t) {
		if vars[f.Dir] == nil {
			vars[f.Dir] = map[string]bool{}
		}
		for _, name := range packageVars(f) {
			vars[f.Dir][name] = true
		}
	}
	for _, f := range code(t) {
		for _, decl := range f.AST.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			ast.Inspect(fn.Body, func(n ast.Node) bool {
				for _, target := range assigned(n) {
					if local(target, fn) || !vars[f.Dir][target.Name] {
						continue
					}
					t.Errorf("%s: %s is changed: package variables are tables", f.at(n), target.Name)
				}
				return true
			})
		}
	}
}

// packageVars gives the names of the file's package-level variables.
func packageVars(f *file) []string {
	var names []string
	for _, decl := range f.AST.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.VAR {
			continue
		}
		for _, spec := range gen.Specs {
			for _, name := range spec.(*ast.ValueSpec).Names {
				if name.Name != "_" {
					names = append(names, name.Name)
				}
			}
		}
	}
	return names
}

// assigned gives the identifiers at the root of what the statement changes.
func assigned(n ast.Node) []*ast.Ident {
	var targets []ast.Expr
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			targets = n.Lhs
		}
	case *ast.IncDecStmt:
		targets = []ast.Expr{n.X}
	}
	var list []*ast.Ident
	for _, target := range targets {
		if id := root(target); id != nil {
			list = append(list, id)
		}
	}
	return list
}

// root gives the identifier that a chain of selectors and indexes begins with.
func root(e ast.Expr) *ast.Ident {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		default:
			return nil
		}
	}
}

// local reports whether the identifier is declared inside the function.
func local(id *ast.Ident, fn *ast.FuncDecl) bool {
	if id.Obj == nil {
		return false // another file of the package declares it
	}
	pos := id.Obj.Pos()
	return pos >= fn.Pos() && pos <= fn.End()
}

func TestPackageComments(t *testing.T) {
	has := map[string]int{}
	for _, f := range house(t) {
		if _, seen := has[f.Dir]; !seen && !f.Test {
			has[f.Dir] = 0
		}
		if f.AST.Doc == nil || f.Test {
			continue
		}
		has[f.Dir]++
		text := f.AST.Doc.Text()
		if f.AST.Name.Name != "main" && !strings.HasPrefix(text, "Package "+f.AST.Name.Name+" ") {
			t.Errorf("%s: the package comment begins with %q", f.Path, "Package "+f.AST.Name.Name)
		}
	}
	for dir, n := range has {
		if n != 1 {
			t.Errorf("%s: %d package comments, want one", dir, n)
		}
	}
}

func TestExportedNamesHaveComments(t *testing.T) {
	for _, f := range code(t) {
		if f.AST.Name.Name == "main" {
			continue
		}
		for _, decl := range f.AST.Decls {
			for _, name := range uncommented(decl) {
				t.Errorf("%s: %s has no comment", f.at(name), name.Name)
			}
		}
	}
}

// uncommented gives the exported names of a declaration that lack a comment.
// A comment on a group of constants or variables serves its members.
func uncommented(decl ast.Decl) []*ast.Ident {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Doc == nil && d.Name.IsExported() && exportedReceiver(d) {
			return []*ast.Ident{d.Name}
		}
	case *ast.GenDecl:
		var list []*ast.Ident
		for _, spec := range d.Specs {
			list = append(list, uncommentedSpec(d, spec)...)
		}
		return list
	}
	return nil
}

func uncommentedSpec(d *ast.GenDecl, spec ast.Spec) []*ast.Ident {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if s.Name.IsExported() && d.Doc == nil && s.Doc == nil {
			return []*ast.Ident{s.Name}
		}
	case *ast.ValueSpec:
		if d.Doc != nil || s.Doc != nil || s.Comment != nil {
			return nil
		}
		var list []*ast.Ident
		for _, name := range s.Names {
			if name.IsExported() {
				list = append(list, name)
			}
		}
		return list
	}
	return nil
}

// exportedReceiver reports whether the function is no method, or one of an
// exported type.
func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return true
	}
	id := root(d.Recv.List[0].Type)
	return id != nil && id.IsExported()
}
