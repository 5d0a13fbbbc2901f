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
	seed := flag.Uint64("seed", 5, "another number makes other reviews")
	show := flag.Int("show", 8, "how many misses and false changes are shown")
	flag.Parse()
	if err := accuracy(*reviews, *show, *seed); err != nil {
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
func accuracy(reviews, show int, seed uint64) error {
	all := map[diff.Type]*tally{}
	at := func(t diff.Type) *tally {
		if all[t] == nil {
			all[t] = &tally{}
		}
		return all[t]
	}
	var misses, extras []string
	for n := range reviews {
		r := rand.New(rand.NewPCG(uint64(n), seed))
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

// spent is what something took: by the clock, and of the processors.
type spent struct{ clock, cpu time.Duration }

func (s spent) String() string {
	return fmt.Sprintf("%v (processors %v)", s.clock.Round(time.Millisecond), s.cpu.Round(time.Millisecond))
}

// timed measures a function of this process.
func timed(f func()) spent {
	cpu, start := processors(), time.Now()
	f()
	return spent{time.Since(start), processors() - cpu}
}

// median is the middle one by processor time: others use the machine too.
func median(list []spent) spent {
	slices.SortFunc(list, func(a, b spent) int { return cmp.Compare(a.cpu, b.cpu) })
	return list[len(list)/2]
}

// measure prints how long parsing and comparing take, and git on the same texts.
func measure(name, old, new string) error {
	var parsing, comparing, git []spent
	var d *diff.Diff
	var before, after runtime.MemStats
	n := rounds
	if len(old) > 4<<20 {
		n = 1
	}
	for range n {
		var a, b *document.Document
		var err error
		parsing = append(parsing, timed(func() {
			if a, err = parse(old); err == nil {
				b, err = parse(new)
			}
		}))
		if err != nil {
			return err
		}
		runtime.GC()
		runtime.ReadMemStats(&before)
		comparing = append(comparing, timed(func() { d = diff.Compare(a, b) }))
		runtime.ReadMemStats(&after)
		g, err := gitTime(old, new)
		if err != nil {
			return err
		}
		git = append(git, g)
	}
	fmt.Printf("%s: %d and %d bytes, %d changes; median of %d\n", name, len(old), len(new), len(d.Changes), n)
	fmt.Printf("  parse both %v, compare %v, %d MiB allocated, %d MiB in use after; git --word-diff %v\n",
		median(parsing), median(comparing), (after.TotalAlloc-before.TotalAlloc)>>20, after.HeapAlloc>>20, median(git))
	for _, c := range d.Coarse {
		fmt.Println("  compared less finely:", c)
	}
	return nil
}

// gitTime is how long git takes for the words of the same texts.
func gitTime(old, new string) (spent, error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return spent{}, err
	}
	defer os.RemoveAll(dir)
	for name, text := range map[string]string{"old.md": old, "new.md": new} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return spent{}, err
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
	if err != nil {
		return spent{}, err
	}
	return spent{took, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}, nil
}
