package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNewWithHostileNames: names that a disk takes are named in a way that
// pir.yaml leads to them again, and are shown without obeying them. One that is
// no UTF-8 cannot be named, and is told.
func TestNewWithHostileNames(t *testing.T) {
	t.Chdir(t.TempDir())
	names := []string{"\x1b[31mred\x1b[0m.md", "two\nlines.md", "a: \"b\" # c.md", "bad\xff.md"}
	if err := os.Mkdir("exports", 0o755); err != nil {
		t.Fatal(err)
	}
	for i, name := range names {
		text := "# Notes 2025-09-12 (all times in UTC)\n\n- 10:0" + string(rune('0'+i)) + " the graph is falling\n"
		if err := os.WriteFile(filepath.Join("exports", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	shown := output(t, "new", "case\x1b[0m", "--from", "exports")
	text, err := os.ReadFile("case\x1b[0m/pir.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{shown, string(text)} {
		if strings.ContainsRune(s, 0x1b) {
			t.Errorf("an escape passes:\n%s", s)
		}
	}
	if !strings.Contains(string(text), "its name is no UTF-8") {
		t.Errorf("the file whose name is no UTF-8 is not told:\n%s", text)
	}
	rows := output(t, "timeline", "--format", "jsonl", "case\x1b[0m")
	if n := strings.Count(rows, "\n"); n != len(names)-1 {
		t.Errorf("%d rows, want %d:\n%s", n, len(names)-1, rows)
	}
}

// TestPlaceNew: a file is there whole or not at all, and a name that is taken
// stays as it is.
func TestPlaceNew(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "file")
	write := func(text string, fail error) func(*os.File) error {
		return func(f *os.File) error {
			if _, err := f.WriteString(text); err != nil {
				return err
			}
			return fail
		}
	}
	broken := errors.New("the disk is full")
	if err := placeNew(name, write("half", broken)); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if err := placeNew(name, write("whole", nil)); err != nil {
		t.Fatal(err)
	}
	if err := placeNew(name, write("other", nil)); !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v, want that it exists", err)
	}
	if err := linkless(name, name); !errors.Is(err, fs.ErrExist) {
		t.Errorf("without links: got %v, want that it exists", err)
	}
	if got, _ := os.ReadFile(name); string(got) != "whole" {
		t.Errorf("the file holds %q", got)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("temporary files are left: %v", left)
	}
}

// TestNewUndoesItsCopies: where nothing comes of it, nothing is left.
func TestNewUndoesItsCopies(t *testing.T) {
	dir := t.TempDir()
	var done copies
	for _, to := range []string{"a/b/one.md", "a/b/one.md", "a/two.md"} {
		if err := done.add(context.Background(), "new_test.go", filepath.Join(dir, to)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"a/b/one.md", "a/b/one-2.md", "a/two.md"} {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if want, _ := os.ReadFile("new_test.go"); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	done.undo()
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

// TestShellWord: a shell reads the word back as it was.
func TestShellWord(t *testing.T) {
	for word, want := range map[string]string{
		"case": "case", "a/b-c_d.e": "a/b-c_d.e", "a b": "'a b'", "it's": `'it'\''s'`, "-rf": "./-rf", "- x": "'./- x'", "$HOME": "'$HOME'", "": "''",
	} {
		if got := shellWord(word); got != want {
			t.Errorf("shellWord(%q) = %s, want %s", word, got, want)
		}
	}
}
