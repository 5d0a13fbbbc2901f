package main

import (
	"cmp"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"pir/review/diff"
	"pir/review/document"
)

func main() {
	reviews := flag.Int("reviews", 60, "how many reviews are made")
	show := flag.Int("show", 8, "how many misses and false changes are shown")
	flag.Parse()
	if err := accuracy(*reviews, *show); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	if err := speed(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func parse(text string) (*document.Document, error) {
	return document.Parse("made.md", []byte(text), nil)
}

// about is what a change is about, as a planter calls it.
func about(c diff.Change) string {
	switch c.Type {
	case diff.RowAdded, diff.RowRemoved, diff.RowRetimed:
		return c.Name()
	case diff.RowReworded, diff.ActionReworded, diff.ProseAdded, diff.ProseChanged, diff.ProseMoved, diff.SectionRenamed:
		return c.To.Text
	case diff.ProseRemoved:
		return c.From.Text
	}
	return c.Name()
}

// tally counts what was planted and told, by type.
type tally struct{ planted, told, right int }

// accuracy plants edits in made reviews and prints precision and recall.
func accuracy(reviews, show int) error {
	all := map[diff.Type]*tally{}
	at := func(t diff.Type) *tally {
		if all[t] == nil {
			all[t] = &tally{}
		}
		return all[t]
	}
	var misses, extras []string
	for n := range reviews {
		r := rand.New(rand.NewPCG(uint64(n), 5))
		old := newStory(r, 40+r.IntN(200), 6+r.IntN(20))
		p := &planter{story: old.clone(), r: r, used: map[string]bool{}}
		for range 6 + r.IntN(40) {
			edits[r.IntN(len(edits))](p)
		}
		p.whole()
		a, err := parse(old.markdown())
		if err != nil {
			return err
		}
		b, err := parse(p.markdown())
		if err != nil {
			return err
		}
		left := map[told]int{}
		for _, w := range p.want {
			at(w.kind).planted++
			left[w]++
		}
		for _, c := range diff.Compare(a, b).Changes {
			k := told{c.Type, about(c)}
			at(k.kind).told++
			if left[k] > 0 {
				left[k]--
				at(k.kind).right++
				continue
			}
			extras = append(extras, fmt.Sprintf("review %d: %s", n, c.Line()))
		}
		for _, w := range p.want {
			if left[w] > 0 {
				left[w]--
				misses = append(misses, fmt.Sprintf("review %d: %s %s", n, w.kind, w.about))
			}
		}
	}
	report(all)
	list("missed", misses, show)
	list("told, but not planted", extras, show)
	return nil
}

func report(all map[diff.Type]*tally) {
	fmt.Printf("%-20s %8s %8s %10s %8s\n", "type", "planted", "told", "precision", "recall")
	var sum tally
	line := func(name string, t tally) {
		fmt.Printf("%-20s %8d %8d %10.4f %8.4f\n", name, t.planted, t.told, float64(t.right)/float64(max(t.told, 1)), float64(t.right)/float64(max(t.planted, 1)))
	}
	for _, k := range diff.Kinds() {
		if t := all[k.Type]; t != nil {
			line(string(k.Type), *t)
			sum.planted, sum.told, sum.right = sum.planted+t.planted, sum.told+t.told, sum.right+t.right
		}
	}
	line("all", sum)
}

func list(what string, lines []string, show int) {
	fmt.Printf("%s: %d\n", what, len(lines))
	for _, l := range lines[:min(show, len(lines))] {
		fmt.Printf("  %.160s\n", l)
	}
}

// speed measures pairs of large reviews.
func speed() error {
	big := func(seed uint64, rows, sections int) *story {
		return newStory(rand.New(rand.NewPCG(seed, 1)), rows, sections)
	}
	old := big(1, 2000, 1000)
	p := &planter{story: old.clone(), r: rand.New(rand.NewPCG(9, 9)), used: map[string]bool{}}
	for range 280 { // of some 5,600 pieces
		edits[p.r.IntN(len(edits))](p)
	}
	p.whole()
	if err := measure("1 MB, 2,000 rows, 5 % edited", old.markdown(), p.markdown()); err != nil {
		return err
	}
	if err := measure("1 MB, unrelated", big(3, 2000, 1000).markdown(), unrelated()); err != nil {
		return err
	}
	return measure("10 MB, the same few words in any order", pathological(5), pathological(6))
}

// unrelated is a text of 1 MB of other words.
func unrelated() string {
	r := rand.New(rand.NewPCG(4, 4))
	var b strings.Builder
	b.WriteString("# Another page\n\n")
	for b.Len() < 1<<20 {
		for range 40 {
			fmt.Fprintf(&b, "%s%d ", string(rune('a'+r.IntN(26))), r.IntN(5000))
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

// pathological is a text of 10 MB in which everything is like everything.
func pathological(seed uint64) string {
	r := rand.New(rand.NewPCG(seed, seed))
	var b strings.Builder
	b.WriteString("# A page\n\n")
	for b.Len() < 10<<20 {
		for range 6 + r.IntN(30) {
			b.WriteString([]string{"it ", "was ", "slow ", "again "}[r.IntN(4)])
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

const rounds = 5

// measure prints how long parsing and comparing take, and git on the same texts.
func measure(name, old, new string) error {
	var parsing, comparing []time.Duration
	var d *diff.Diff
	var before, after runtime.MemStats
	n := rounds
	if len(old) > 4<<20 {
		n = 1
	}
	for range n {
		start := time.Now()
		a, err := parse(old)
		if err != nil {
			return err
		}
		b, err := parse(new)
		if err != nil {
			return err
		}
		parsing = append(parsing, time.Since(start))
		runtime.GC()
		runtime.ReadMemStats(&before)
		start = time.Now()
		d = diff.Compare(a, b)
		comparing = append(comparing, time.Since(start))
		runtime.ReadMemStats(&after)
	}
	git, err := gitTime(old, new)
	if err != nil {
		return err
	}
	slices.SortFunc(parsing, cmp.Compare)
	slices.SortFunc(comparing, cmp.Compare)
	fmt.Printf("%s: %d and %d bytes, %d changes\n", name, len(old), len(new), len(d.Changes))
	fmt.Printf("  parse both %v, compare %v (median of %d), %d MiB allocated, %d MiB in use after; git --word-diff %v\n",
		parsing[n/2].Round(time.Millisecond), comparing[n/2].Round(time.Millisecond), n,
		(after.TotalAlloc-before.TotalAlloc)>>20, after.HeapAlloc>>20, git.Round(time.Millisecond))
	for _, c := range d.Coarse {
		fmt.Println("  compared less finely:", c)
	}
	return nil
}

// gitTime is how long git takes for words of the same texts.
func gitTime(old, new string) (time.Duration, error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	for name, text := range map[string]string{"old.md": old, "new.md": new} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return 0, err
		}
	}
	cmd := exec.Command("git", "diff", "--no-index", "--word-diff", "old.md", "new.md")
	cmd.Dir = dir
	start := time.Now()
	err = cmd.Run()
	took := time.Since(start)
	if exit, ok := err.(*exec.ExitError); ok && exit.ExitCode() == 1 {
		err = nil
	}
	return took, err
}
