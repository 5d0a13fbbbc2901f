package review

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pir/review/document"
	"pir/timeline"
)

// scribble lets people work on a page: they insert, take out and move lines,
// inside of the generated blocks and outside. It gives the page and the words
// that were inserted, each with the place that it cites.
func scribble(r *rand.Rand, d *document.Document) (string, map[string]string) {
	origins := map[int]string{}
	for _, c := range d.Sidecar.Citations {
		origins[c.N] = c.Origin
	}
	lines := strings.Split(string(d.Source), "\n")
	head := slices.Index(lines[1:], "---") + 2
	end := slices.Index(lines, "<!-- pir:begin evidence -->")
	inserted := map[string]string{}
	marker := func(i int) bool { return strings.Contains(lines[i], "pir:") || strings.HasPrefix(lines[i], "|---") }
	for n := range 2 + r.IntN(12) {
		i := head + r.IntN(end-head)
		words := fmt.Sprintf("Somebody%d wrote %d words here", n, r.IntN(1000))
		cite := 1 + r.IntN(len(origins))
		row := strings.HasPrefix(lines[i], "| 1")
		switch r.IntN(6) {
		case 0, 1, 2:
			text := fmt.Sprintf("%s [[%d]].", words, cite)
			if row {
				text = fmt.Sprintf("| 12:%02d | | | %s | [[%d]] |", r.IntN(60), words, cite)
			} else if lines[i-1] != "" || strings.HasPrefix(lines[i], "|") {
				continue
			} else {
				text += "\n"
			}
			lines = slices.Insert(lines, i, strings.Split(text, "\n")...)
			end += strings.Count(text, "\n") + 1
			inserted[words] = origins[cite]
		case 3:
			if row {
				lines[i] = strings.Replace(lines[i], " | [[", " "+words+" | [[", 1)
				if strings.Contains(lines[i], words) {
					inserted[words] = ""
				}
			}
		case 4:
			if !marker(i) && !strings.Contains(lines[i], "Somebody") {
				lines = slices.Delete(lines, i, i+1)
				end--
			}
		case 5:
			if row && strings.HasPrefix(lines[i+1], "| 1") {
				lines[i], lines[i+1] = lines[i+1], lines[i]
			}
		}
	}
	return strings.Join(lines, "\n"), inserted
}

// develop changes the evidence at random: rows come, go, get other times and
// other words, and milestones move.
func develop(r *rand.Rand, tl *timeline.Timeline) {
	for n := range r.IntN(6) {
		i := r.IntN(len(tl.Events))
		e := &tl.Events[i]
		switch r.IntN(5) {
		case 0:
			e.Time = e.Time.Add(time.Duration(r.IntN(600)-300) * time.Second).Truncate(time.Minute)
		case 1:
			e.Title = fmt.Sprintf("Told in other words (%d).", r.IntN(100))
			e.Body = ""
		case 2:
			tl.Events = slices.Delete(tl.Events, i, i+1)
		case 3:
			at := time.Date(2025, 9, 17, 12, r.IntN(60), 0, 0, time.UTC)
			tl.Events = append(tl.Events, timeline.Event{
				ID: fmt.Sprintf("e0000000%05d", r.IntN(99999)), Time: at, Precision: 3, Source: "notes", Kind: timeline.KindNote,
				Title: fmt.Sprintf("Late record %d.", n), Origins: []timeline.Origin{timeline.LineOrigin("late.md", 3+n)},
			})
		case 4:
			b := &tl.Milestones[r.IntN(len(tl.Milestones))]
			if b.Known() {
				b.Time = b.Time.Add(time.Duration(r.IntN(20)-10) * time.Minute)
			}
		}
	}
	slices.SortStableFunc(tl.Events, func(a, b timeline.Event) int { return a.Time.Compare(b.Time) })
}

// TestNoSentenceIsLost: whatever people insert anywhere is found after the
// evidence has changed, and cites what it cited.
func TestNoSentenceIsLost(t *testing.T) {
	draft := sampleReview(t, "../samples/checkout-rollback/draft.md")
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 5))
		page, inserted := scribble(r, draft)
		d := parsedWith(t, []byte(page), mustRead(t, "../samples/checkout-rollback/draft.pir.json"))
		idle := updated(t, d, d.Sidecar.Timeline, nil)
		if got := string(idle.Markdown); got != page {
			sameText(t, fmt.Sprintf("seed %d, nothing new", seed), got, page)
			return
		}
		tl := changed(t, d, func(tl *timeline.Timeline) { develop(r, tl) })
		u := updated(t, d, tl, nil)
		after := reparsed(t, u)
		checkInserted(t, seed, after, inserted)
		twice := updated(t, after, tl, nil)
		sameText(t, fmt.Sprintf("seed %d, twice", seed), string(twice.Markdown), string(u.Markdown))
		sameText(t, fmt.Sprintf("seed %d, twice (sidecar)", seed), string(twice.Sidecar), string(u.Sidecar))
		mended := updated(t, parsedWith(t, u.Markdown, mustRead(t, "../samples/checkout-rollback/draft.pir.json")), tl, nil)
		sameText(t, fmt.Sprintf("seed %d, mended", seed), string(mended.Markdown), string(u.Markdown))
		if t.Failed() {
			return
		}
	}
}

// checkInserted looks for the words that people inserted, and where they cited a
// place, for its citation.
func checkInserted(t *testing.T, seed uint64, d *document.Document, inserted map[string]string) {
	t.Helper()
	origins := map[int]string{}
	for _, c := range d.Sidecar.Citations {
		origins[c.N] = c.Origin
	}
	for words, origin := range inserted {
		at := strings.Index(string(d.Source), words)
		if at < 0 {
			t.Errorf("seed %d: %q is lost", seed, words)
			continue
		}
		if origin == "" {
			continue
		}
		line, _, _ := strings.Cut(string(d.Source[at:]), "\n")
		list := cites(line, nil)
		if len(list) == 0 || origins[list[len(list)-1].n] != origin {
			t.Errorf("seed %d: %q cites %s, want %s", seed, line, origins[list[len(list)-1].n], origin)
		}
	}
}
