package archtest

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// module is the path of the main module.
const module = "pir"

// file is one Go file of the repository.
type file struct {
	Path  string // slash-separated, from the root
	Dir   string // its folder, "." for the root
	Test  bool   // named *_test.go
	Lines int
	Set   *token.FileSet
	AST   *ast.File
}

// at names a place in the file.
func (f *file) at(n ast.Node) string {
	p := f.Set.Position(n.Pos())
	return f.Path + ":" + strconv.Itoa(p.Line)
}

// imports gives the paths that the file imports.
func (f *file) imports() []string {
	var list []string
	for _, spec := range f.AST.Imports {
		list = append(list, strings.Trim(spec.Path.Value, `"`))
	}
	return list
}

// files parses the repository once for all tests.
var files = sync.OnceValues(func() ([]*file, error) {
	root := filepath.Join("..", "..")
	var list []*file
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return skipFolder(root, name, d.Name())
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		f, err := parseFile(root, name)
		if err != nil {
			return err
		}
		list = append(list, f)
		return nil
	})
	return list, err
})

// skipFolder leaves out what is no source of ours.
func skipFolder(root, name, base string) error {
	if name == root {
		return nil
	}
	if strings.HasPrefix(base, ".") || base == "testdata" || base == "out" || base == "bin" {
		return fs.SkipDir
	}
	return nil
}

func parseFile(root, name string) (*file, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	rel, err := filepath.Rel(root, name)
	if err != nil {
		return nil, err
	}
	rel = filepath.ToSlash(rel)
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, rel, data, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	return &file{
		Path: rel, Dir: path.Dir(rel), Test: strings.HasSuffix(rel, "_test.go"),
		Lines: bytes.Count(data, []byte("\n")), Set: set, AST: parsed,
	}, nil
}

// house gives all files, or stops the test.
func house(t *testing.T) []*file {
	t.Helper()
	list, err := files()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 10 {
		t.Fatalf("found %d Go files only: the rules would hold for nothing", len(list))
	}
	return list
}

// code gives the files that are neither tests nor generators.
func code(t *testing.T) []*file {
	t.Helper()
	var list []*file
	for _, f := range house(t) {
		if !f.Test && !generator(f.Dir) {
			list = append(list, f)
		}
	}
	return list
}

// generators are folders of programs that make or measure data. They are no
// part of pir, and touch disk and clock as they need.
var generators = []string{"samples/", "logs/bench", "review/diff/bench"}

func generator(dir string) bool {
	for _, g := range generators {
		if strings.HasPrefix(dir, g) {
			return true
		}
	}
	return false
}
