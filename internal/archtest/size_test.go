package archtest

import (
	"go/ast"
	"path"
	"slices"
	"strings"
	"testing"
)

// The limits of size. A table may be longer: list it in the exceptions.
const (
	maxFileLines     = 500
	maxFunctionLines = 80
)

// longFiles and longFunctions are the exceptions, each with its reason.
var (
	longFiles     = []struct{ path, why string }{}
	longFunctions = []struct{ path, name, why string }{
		{"timeline/phrases.go", "phrases", "the table of phrases that state a milestone"},
	}
)

func TestFilesAreShort(t *testing.T) {
	for _, f := range code(t) {
		listed := slices.ContainsFunc(longFiles, func(row struct{ path, why string }) bool {
			return row.path == f.Path
		})
		if f.Lines > maxFileLines && !listed {
			t.Errorf("%s: %d lines, want at most %d", f.Path, f.Lines, maxFileLines)
		}
		if f.Lines <= maxFileLines && listed {
			t.Errorf("%s: an exception that is not needed", f.Path)
		}
	}
}

func TestFunctionsAreShort(t *testing.T) {
	for _, f := range code(t) {
		for _, decl := range f.AST.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			n := f.Set.Position(fn.End()).Line - f.Set.Position(fn.Pos()).Line + 1
			if n > maxFunctionLines && !longFunction(f.Path, fn.Name.Name) {
				t.Errorf("%s: %s has %d lines, want at most %d", f.at(fn), fn.Name.Name, n, maxFunctionLines)
			}
		}
	}
}

func longFunction(file, name string) bool {
	for _, row := range longFunctions {
		if row.path == file && row.name == name {
			return true
		}
	}
	return false
}

// vague are names that say where code was put, not what it is.
var vague = []string{
	"util", "utils", "helper", "helpers", "common", "misc", "model", "models", "core",
	"manager", "types", "interfaces", "base", "lib", "shared", "stuff",
}

func TestNamesSayWhatThingsAre(t *testing.T) {
	for _, f := range house(t) {
		base := strings.TrimSuffix(strings.TrimSuffix(path.Base(f.Path), ".go"), "_test")
		if slices.Contains(vague, base) {
			t.Errorf("%s: a file is named after a concept", f.Path)
		}
		if slices.Contains(vague, path.Base(f.Dir)) {
			t.Errorf("%s: a package is named after a concept", f.Dir)
		}
	}
}

// TestSourceHasNoMarks keeps out comments that name no reason to come back.
func TestSourceHasNoMarks(t *testing.T) {
	for _, f := range house(t) {
		if f.Dir == "internal/archtest" {
			continue
		}
		for _, group := range f.AST.Comments {
			for _, mark := range []string{"TODO", "FIXME", "XXX", "HACK"} {
				if strings.HasPrefix(strings.TrimSpace(group.Text()), mark) {
					t.Errorf("%s: %s: say it in an issue", f.at(group), mark)
				}
			}
		}
	}
}
