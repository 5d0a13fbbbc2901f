package main

import (
	"bufio"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// notesOf are the notes of an incident, as they were first and as they are.
var notesOf = map[string]string{
	"first": "# 2025-03-03\n\n- 10:00 Impact started: searches fail.\n- 10:04 Detected by a monitor.\n- 10:20 Rolled back to 40.\n- 10:30 Fully mitigated, all searches work.\n",
	"later": "# 2025-03-03\n\n- 09:58 A customer calls.\n- 10:00 Impact started: searches fail.\n- 10:06 Detected by a monitor.\n- 10:15 Second wave of errors.\n- 10:20 Rolled back to 40.\n- 10:30 Fully mitigated, all searches work.\n",
}

// edits are what people did to the draft.
var edits = strings.NewReplacer(
	"<!-- Write: how the parts", "The queue was not to blame [[3]], whatever we thought at 10:04.\n\n<!-- Write: how the parts",
	"Rolled back to 40. | [[", "Put the old version back, by hand. | [[",
	"No action is on record.", "No action is on record, and none is needed [[4]].",
)

// cutFolder is an incident with a review that people edited.
func cutFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	put := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("pir.yaml", "incident: {id: UP-1, title: Search fails, components: [search]}\nsources: [{name: notes, path: notes.md}]\n")
	put("notes.md", notesOf["first"])
	review := filepath.Join(dir, "review.md")
	runUpdate(t, done, nil, "draft", "--quiet", "--stage", "preliminary", "-o", review, dir)
	put("review.md", edits.Replace(read(t, review)))
	return dir
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

var errCut = errors.New("cut off")

// runUpdate runs the program; the write that wrote counts down to fails.
func runUpdate(t *testing.T, want int, writes *int, args ...string) {
	t.Helper()
	var messages strings.Builder
	a := newApp(quietWorld(&messages))
	defer a.clean()
	if writes != nil {
		a.replace = func(name string, data []byte) error {
			if *writes == 0 {
				return errCut
			}
			*writes--
			return replaceFile(name, data)
		}
	}
	root := rootCommand(a)
	root.SetArgs(args)
	if got := status(root.ExecuteContext(context.Background())); got != want {
		t.Fatalf("%q: status %d, want %d: %s", args, got, want, messages.String())
	}
}

// files are those of a folder that an update writes.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "review.*"))
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	for _, name := range found {
		list[filepath.Base(name)] = read(t, name)
	}
	return list
}

// TestUpdateCutBetweenWrites: an update that ends between any two of its writes
// is finished by the next one.
func TestUpdateCutBetweenWrites(t *testing.T) {
	for _, args := range [][]string{{}, {"--stage", "final"}} {
		whole := cutFolder(t)
		update := func(dir string) []string {
			return append([]string{"update", "--quiet", filepath.Join(dir, "review.md")}, args...)
		}
		prepare := func(dir string) {
			if err := os.WriteFile(filepath.Join(dir, "notes.md"), []byte(notesOf["later"]), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		before := files(t, whole)
		prepare(whole)
		runUpdate(t, done, nil, update(whole)...)
		want := files(t, whole)
		if want["review.md"] == before["review.md"] {
			t.Fatal("the update changes nothing")
		}
		for n := range len(want) {
			dir := cutFolder(t)
			prepare(dir)
			left := n
			runUpdate(t, failed, &left, update(dir)...)
			for name, text := range files(t, dir) {
				if text != want[name] && text != before[name] {
					t.Errorf("%q cut after %d writes: %s is neither old nor new", args, n, name)
				}
			}
			runUpdate(t, done, nil, update(dir)...)
			for name, text := range files(t, dir) {
				if text != want[name] {
					t.Errorf("%q cut after %d writes and done again: %s differs, first in %q", args, n, name, firstDifference(text, want[name]))
				}
			}
		}
	}
}

// toAndFro is the name under which the test's own program is updateToAndFro.
const toAndFro = "pir-to-and-fro"

// updateToAndFro is the program that TestUpdateKilled kills: it updates the
// review of a folder without end, with the one notes and the other.
func updateToAndFro() {
	dir := os.Args[1]
	os.Stdout.WriteString("ready\n")
	for i := 0; ; i++ {
		notes := notesOf[[]string{"later", "first"}[i%2]]
		if err := replaceFile(filepath.Join(dir, "notes.md"), []byte(notes)); err != nil {
			panic(err)
		}
		if got := run(context.Background(), quietWorld(new(strings.Builder)), []string{"update", "--quiet", filepath.Join(dir, "review.md")}); got != done {
			panic(got)
		}
	}
}

// kills is how many times the process is killed.
const kills = 200

// TestUpdateKilled kills a process that updates a review at random moments. Each
// file is as it was or as it is to be, whole, and the next update gives what an
// update that nobody killed gives.
func TestUpdateKilled(t *testing.T) {
	first := cutFolder(t)
	known := map[string]map[string]string{} // files by the notes
	for _, notes := range []string{"later", "first", "later", "first"} {
		if err := os.WriteFile(filepath.Join(first, "notes.md"), []byte(notesOf[notes]), 0o600); err != nil {
			t.Fatal(err)
		}
		runUpdate(t, done, nil, "update", "--quiet", filepath.Join(first, "review.md"))
		now := files(t, first)
		if was := known[notes]; was != nil && was["review.md"] != now["review.md"] {
			t.Fatalf("to and fro gives another page, first in %q", firstDifference(now["review.md"], was["review.md"]))
		}
		known[notes] = now
	}
	var wait sync.WaitGroup
	const workers = 4
	for w := range workers {
		dir := cutFolder(t)
		wait.Go(func() {
			r := rand.New(rand.NewPCG(uint64(w), 7))
			for range kills / workers {
				killOnce(t, dir, time.Duration(r.IntN(12_000))*time.Microsecond)
				checkKilled(t, dir, known)
				if t.Failed() {
					return
				}
			}
		})
	}
	wait.Wait()
}

// killOnce starts the child and kills it a while after it has begun.
func killOnce(t *testing.T, dir string, after time.Duration) {
	child := &exec.Cmd{Path: os.Args[0], Args: []string{toAndFro, dir}}
	out, err := child.StdoutPipe()
	if err != nil {
		t.Error(err)
		return
	}
	if err := child.Start(); err != nil {
		t.Error(err)
		return
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "ready\n" {
		t.Errorf("the child says %q: %v", line, err)
	}
	time.Sleep(after)
	_ = child.Process.Kill() // it may have ended
	_ = child.Wait()         // it was killed
}

// checkKilled looks at what a killed update left, and lets the next one mend it.
func checkKilled(t *testing.T, dir string, known map[string]map[string]string) {
	notes := "first"
	if read(t, filepath.Join(dir, "notes.md")) == notesOf["later"] {
		notes = "later"
	}
	for name, text := range files(t, dir) {
		if text != known["first"][name] && text != known["later"][name] {
			t.Errorf("%s is neither old nor new:\n%s", name, text)
		}
	}
	runUpdate(t, done, nil, "update", "--quiet", filepath.Join(dir, "review.md"))
	for name, text := range files(t, dir) {
		if want := known[notes][name]; text != want {
			t.Errorf("%s, mended: differs, first in %q, want %q", name, firstDifference(text, want), firstDifference(want, text))
		}
	}
	leftover, _ := filepath.Glob(filepath.Join(dir, ".*"))
	for _, name := range leftover {
		os.Remove(name) // a file that was being written when the process ended
	}
}
