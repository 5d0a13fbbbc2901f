package merge

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

func merged(base, ours, theirs string) string {
	r := Text(base, ours, theirs, "\n")
	var b strings.Builder
	b.WriteString(r.Text)
	for _, c := range r.Conflicts {
		fmt.Fprintf(&b, "! conflict in line %d: %s\n", c.Line, c.What)
	}
	for _, k := range r.Kept {
		fmt.Fprintf(&b, "! kept line %d: %s\n", k.Line, k.Text)
	}
	return b.String()
}

// TestMerge: each archive has the text as it was generated, as the writer made
// it, as it is generated now, and what becomes of them.
func TestMerge(t *testing.T) {
	names, _ := filepath.Glob("testdata/*.txtar")
	if len(names) == 0 {
		t.Fatal("no archives")
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files := map[string]string{}
			for _, f := range txtar.Parse(data).Files {
				files[f.Name] = string(f.Data)
			}
			if got := merged(files["base"], files["ours"], files["theirs"]); got != files["want"] {
				t.Errorf("got\n%s\nwant\n%s", got, files["want"])
			}
			for _, side := range []string{"base", "ours", "theirs"} {
				check(t, files["base"], files[side], files["theirs"])
			}
		})
	}
}

// check holds what is true of every merge: one side that did not change gives
// the other, and merging once more changes nothing.
func check(t *testing.T, base, ours, theirs string) {
	t.Helper()
	if got := merged(base, base, theirs); got != theirs {
		t.Fatalf("of a text that nobody edited:\n%s\nwant\n%s", got, theirs)
	}
	if got := Text(base, ours, base, "\n").Text; got != ours {
		t.Fatalf("of evidence that did not change:\n%s\nwant\n%s", got, ours)
	}
	once := Text(base, ours, theirs, "\n")
	if again := Text(theirs, once.Text, theirs, "\n"); again.Text != once.Text || len(again.Conflicts) != len(once.Conflicts) {
		t.Fatalf("base:\n%s\nours:\n%s\ntheirs:\n%s\ntwice:\n%s\nonce\n%s", base, ours, theirs, again.Text, once.Text)
	}
	// The sidecar was not written: the same merge over its own result.
	if again := Text(base, once.Text, theirs, "\n"); again.Text != once.Text {
		t.Fatalf("base:\n%s\nours:\n%s\ntheirs:\n%s\nover its own result:\n%s\nonce\n%s", base, ours, theirs, again.Text, once.Text)
	}
}

// page is a small generated text with numbered rows.
type page struct {
	rows  [][3]string // time, what, evidence
	lines []string
}

func (p page) String() string {
	var b strings.Builder
	b.WriteString("Times are UTC [[1]].\n\n| Time (UTC) | What happened | Evidence |\n|---|---|---|\n")
	for _, r := range p.rows {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", r[0], r[1], r[2])
	}
	b.WriteString("\nWhere the evidence disagrees:\n\n")
	for _, l := range p.lines {
		b.WriteString(l + "\n")
	}
	return b.String()
}

func randomPage(r *rand.Rand) page {
	var p page
	for i := range 3 + r.IntN(8) {
		p.rows = append(p.rows, [3]string{fmt.Sprintf("1%d:%02d", i/6, i%6*10), fmt.Sprintf("Event number %d of this day.", i), fmt.Sprintf("[[%d]]", i+2)})
	}
	for i := range r.IntN(4) {
		p.lines = append(p.lines, fmt.Sprintf("- Question %d: what did the %s do?", i, []string{"gate", "disk", "clock", "router"}[i]))
	}
	return p
}

// evolve changes the evidence: rows retimed, reworded, gone, new.
func evolve(r *rand.Rand, p page) page {
	p.rows, p.lines = slices.Clone(p.rows), slices.Clone(p.lines)
	for range r.IntN(4) {
		i := r.IntN(len(p.rows))
		switch r.IntN(4) {
		case 0:
			p.rows[i][0] = fmt.Sprintf("1%d:%02d", r.IntN(3), r.IntN(60))
			slices.SortStableFunc(p.rows, func(a, b [3]string) int { return strings.Compare(a[0], b[0]) })
		case 1:
			p.rows[i][1] = fmt.Sprintf("Now it is told in other words (%d).", r.IntN(100))
		case 2:
			if len(p.rows) > 2 {
				p.rows = slices.Delete(p.rows, i, i+1)
			}
		case 3:
			n := 20 + r.IntN(50)
			p.rows = slices.Insert(p.rows, i, [3]string{p.rows[i][0], fmt.Sprintf("New evidence %d.", n), fmt.Sprintf("[[%d]]", n)})
		}
	}
	if r.IntN(3) == 0 {
		p.lines = append(p.lines, fmt.Sprintf("- New question %d.", r.IntN(100)))
	}
	return p
}

// edit lets a person work on a text; it gives what was inserted.
func edit(r *rand.Rand, text string) (string, []string) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	var inserted []string
	for n := range r.IntN(6) {
		i := r.IntN(len(lines) + 1)
		mine := fmt.Sprintf("human%d words %d", n, r.IntN(1000))
		row := i < len(lines) && strings.HasPrefix(lines[i], "| 1") || i > 0 && strings.HasPrefix(lines[i-1], "| 1")
		switch r.IntN(4) {
		case 0, 1:
			if row {
				lines = slices.Insert(lines, i, "| 11:11 | "+mine+" | |")
			} else if i > 0 && lines[i-1] == "" || i == len(lines) {
				lines = slices.Insert(lines, i, mine, "")
			} else {
				continue
			}
			inserted = append(inserted, mine)
		case 2:
			if i < len(lines) && strings.HasPrefix(lines[i], "| 1") && !strings.Contains(lines[i], "human") {
				lines = slices.Delete(lines, i, i+1)
			}
		case 3:
			if i < len(lines) && strings.HasPrefix(lines[i], "| 1") {
				lines[i] = strings.Replace(lines[i], " | [[", " "+mine+" | [[", 1)
				if strings.Contains(lines[i], mine) {
					inserted = append(inserted, mine)
				}
			} else if i+1 < len(lines) && strings.HasPrefix(lines[i], "| 1") && strings.HasPrefix(lines[i+1], "| 1") {
				lines[i], lines[i+1] = lines[i+1], lines[i]
			}
		}
	}
	return strings.Join(lines, "\n") + "\n", inserted
}

// TestNothingIsLost: whatever people insert into a generated text is found in it
// after the evidence has changed, unless they took it out themselves.
func TestNothingIsLost(t *testing.T) {
	for seed := range uint64(1000) {
		r := rand.New(rand.NewPCG(seed, 1))
		before := randomPage(r)
		ours, inserted := edit(r, before.String())
		after := evolve(r, before)
		base, theirs := before.String(), after.String()
		got := Text(base, ours, theirs, "\n").Text
		for _, words := range inserted {
			if strings.Contains(ours, words) && !strings.Contains(got, words) {
				t.Fatalf("seed %d: %q is lost:\n%s\nbase\n%s\nours\n%s\ntheirs\n%s", seed, words, got, base, ours, theirs)
			}
		}
		check(t, base, ours, theirs)
	}
}
