package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pir/review"
	"pir/review/document"
	"pir/timeline"
)

// worked are the samples, each with the stage of its review, the zones of files
// whose clocks name none, and how many times its people wrote at least.
var worked = []struct {
	sample, stage string
	zones         map[string]string
	least         int
}{
	{sample: "azure-2024-07-30", stage: "preliminary", least: 50},
	{sample: "provider-outage", stage: "preliminary", zones: map[string]string{"chat.txt": "Europe/Oslo", "status.json": "Europe/Oslo"}, least: 12},
	{sample: "checkout-rollback", stage: "review", zones: map[string]string{"notes.md": "Europe/Amsterdam"}, least: 25},
}

// sampleFile gives a file of a sample, or stops the test.
func sampleFile(t *testing.T, sample, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "samples", sample, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestEverySampleIsWorked: a sample that is not in the table has no test.
func TestEverySampleIsWorked(t *testing.T) {
	found, err := filepath.Glob("../../samples/*/pir.yaml")
	if err != nil || len(found) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	for _, name := range found {
		sample := filepath.Base(filepath.Dir(name))
		listed := false
		for _, w := range worked {
			listed = listed || w.sample == sample
		}
		if !listed {
			t.Errorf("samples/%s has no row", sample)
		}
	}
}

// TestSampleDrafts: draft.md of a sample and its sidecar are what pir writes.
func TestSampleDrafts(t *testing.T) {
	for _, w := range worked {
		t.Run(w.sample, func(t *testing.T) {
			folder := filepath.Join("..", "..", "samples", w.sample)
			made := t.TempDir()
			var messages strings.Builder
			args := []string{"draft", "--quiet", "--stage", w.stage, "-o", filepath.Join(made, "draft.md"), folder}
			if got := run(context.Background(), quietWorld(&messages), args); got != done {
				t.Fatalf("status %d: %s", got, messages.String())
			}
			for _, name := range []string{"draft.md", "draft.pir.json"} {
				got, err := os.ReadFile(filepath.Join(made, name))
				if err != nil {
					t.Fatal(err)
				}
				if *update {
					if err := os.WriteFile(filepath.Join(folder, name), got, 0o644); err != nil {
						t.Fatal(err)
					}
				}
				if want := sampleFile(t, w.sample, name); string(got) != want {
					t.Errorf("%s differs from what pir drafts, first in %q (run with -update)", name, firstDifference(string(got), want))
				}
			}
		})
	}
}

// firstDifference is the first line of a text that another has not in its place.
func firstDifference(got, want string) string {
	others := strings.Split(want, "\n")
	for i, line := range strings.Split(got, "\n") {
		if i >= len(others) || others[i] != line {
			return line
		}
	}
	return "its end"
}

var (
	blockOf  = regexp.MustCompile(`(?s)<!-- pir:begin (\S+) -->\n.*?<!-- pir:end (\S+) -->`)
	citation = regexp.MustCompile(`\[\[([^\]]*)\]\](†?)`)
	place    = regexp.MustCompile("`([^`\\s]+\\.[a-z]+):(\\d+)`(†?)")
)

// TestSampleReviews: review.md of a sample is its draft, finished by people. They
// wrote around the blocks, and in the front matter they changed the status only.
func TestSampleReviews(t *testing.T) {
	for _, w := range worked {
		t.Run(w.sample, func(t *testing.T) {
			if *update {
				carryOver(t, w.sample)
			}
			draft, page := sampleFile(t, w.sample, "draft.md"), sampleFile(t, w.sample, "review.md")
			want, got := blockOf.FindAllString(draft, -1), blockOf.FindAllString(page, -1)
			for i := range min(len(want), len(got)) {
				if want[i] != got[i] {
					t.Errorf("%.40s is not that of draft.md, first in %q", got[i], firstDifference(got[i], want[i]))
				}
			}
			if len(want) != len(got) || len(want) == 0 {
				t.Errorf("%d blocks, want the %d of draft.md", len(got), len(want))
			}
			head := strings.Replace(frontOf(draft), "\nstatus: draft\n", "\nstatus: in-review\n", 1)
			if got := frontOf(page); got != head {
				t.Errorf("front matter and title:\n%s\nwant\n%s", got, head)
			}
			if sampleFile(t, w.sample, "review.pir.json") != sampleFile(t, w.sample, "draft.pir.json") {
				t.Error("review.pir.json is not draft.pir.json: what was generated is no longer known")
			}
			if strings.Contains(page, "<!-- Write:") {
				t.Error("a prompt for the writer is left")
			}
		})
	}
}

// carryOver brings the evidence of a draft into its review, as pir update does.
func carryOver(t *testing.T, sample string) {
	t.Helper()
	parsed := func(name string) *document.Document {
		d, err := review.Parse(name+".md", []byte(sampleFile(t, sample, name+".md")), []byte(sampleFile(t, sample, name+".pir.json")))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	draft := parsed("draft")
	u, err := review.Update(parsed("review"), draft.Sidecar.Timeline, review.UpdateOptions{Options: review.Again(draft)})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range append(u.Stale, u.Lost...) {
		t.Logf("samples/%s/review.md:%d: %s", sample, p.Line, p.Text)
	}
	for name, data := range map[string][]byte{"review.md": u.Markdown, "review.pir.json": u.Sidecar} {
		if err := os.WriteFile(filepath.Join("..", "..", "samples", sample, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// frontOf is the page down to its title.
func frontOf(page string) string {
	head, _, _ := strings.Cut(page, "<!-- pir:begin")
	return head
}

// TestSampleProse: people cite as the program does. Each number they give is in
// the list of evidence, each place is in a file, a dagger stands behind what is
// reconstructed and behind nothing else, and each time can be read in one of the
// places beside it.
func TestSampleProse(t *testing.T) {
	for _, w := range worked {
		t.Run(w.sample, func(t *testing.T) {
			page := sampleFile(t, w.sample, "review.md")
			tr := traceOf(t, w.sample, page, w.zones)
			origins := tr.origins(page)
			made := reconstructed(tr, page)
			tr.followed = 0
			for line := range strings.SplitSeq(blockOf.ReplaceAllString(page, ""), "\n") {
				places := tr.places(t, line, origins, made)
				for _, f := range tr.check("banner", line, line, places, false) {
					t.Errorf("%s stands in no place that is cited beside it: %s", f.clock, f.line)
				}
			}
			if tr.followed < w.least {
				t.Errorf("%d times were followed, want at least %d", tr.followed, w.least)
			}
		})
	}
}

// reconstructed tells of each file whether its rows are, by the list of evidence
// and the table of what was read.
func reconstructed(tr *trace, page string) map[string]bool {
	made := map[string]bool{}
	for _, m := range entry.FindAllStringSubmatch(page, -1) {
		if strings.HasSuffix(m[3], "(reconstructed)") {
			made[fileOf(m[2])] = true
		}
	}
	for line := range strings.SplitSeq(page, "\n") {
		cells := strings.Split(line, " | ")
		if len(cells) == 8 && strings.HasPrefix(cells[7], "reconstructed") {
			made[strings.Trim(cells[1], "`")] = true
		}
	}
	return made
}

// fileOf is the file of a place.
func fileOf(origin string) string {
	if i := strings.IndexAny(origin, "#:"); i >= 0 {
		return origin[:i]
	}
	return origin
}

// places are what a line of prose cites, by number or by file and line.
func (tr *trace) places(t *testing.T, line string, origins map[string]string, made map[string]bool) []string {
	t.Helper()
	var list []string
	add := func(text, origin, dagger string) {
		if made[fileOf(origin)] != (dagger != "") {
			t.Errorf("%s: the dagger is for what is reconstructed: %s", text, line)
		}
		list = append(list, origin)
	}
	for _, m := range citation.FindAllStringSubmatch(line, -1) {
		if origins[m[1]] == "" {
			t.Errorf("%s is not in the list of evidence: %s", m[0], line)
			continue
		}
		add(m[0], origins[m[1]], m[2])
	}
	for _, m := range place.FindAllStringSubmatch(line, -1) {
		origin := m[1] + ":" + m[2]
		if tr.files[m[1]] == nil {
			tr.files[m[1]] = unzipped(t, []byte(sampleFile(t, filepath.Base(tr.folder), filepath.FromSlash(m[1]))))
		}
		if tr.record(origin) == "" {
			t.Errorf("%s is an empty line or none: %s", m[0], line)
		}
		tr.entries[origin] = tr.record(origin)
		add(m[0], origin, m[3])
	}
	return slices.Compact(list)
}

// TestSamplesReadBack: what pir wrote of a sample, as JSON and as rows, is read
// with the same rows and the same milestones. Rows hold what has a time.
func TestSamplesReadBack(t *testing.T) {
	for _, w := range worked {
		t.Run(w.sample, func(t *testing.T) {
			folder := filepath.Join("..", "..", "samples", w.sample)
			first := timelineOf(t, folder)
			for _, format := range []string{"json", "jsonl"} {
				name := filepath.Join(t.TempDir(), "timeline."+format)
				if err := os.WriteFile(name, timelineAs(t, format, folder), 0o644); err != nil {
					t.Fatal(err)
				}
				want, again := *first, timelineOf(t, name)
				if format == "jsonl" {
					want.Events = slices.DeleteFunc(slices.Clone(want.Events), func(e timeline.Event) bool { return e.Time.IsZero() })
				}
				if diff := cmp.Diff(rowsOf(t, &want), rowsOf(t, again)); diff != "" {
					t.Errorf("%s: want -, got +\n%s", format, diff)
				}
			}
		})
	}
}

func timelineAs(t *testing.T, format, input string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := quietWorld(new(strings.Builder))
	w.out = &out
	if got := run(context.Background(), w, []string{"timeline", "--quiet", "--format", format, input}); got != done {
		t.Fatalf("%s: status %d", input, got)
	}
	return out.Bytes()
}

func timelineOf(t *testing.T, input string) *timeline.Timeline {
	t.Helper()
	out, err := timeline.ReadJSON(bytes.NewReader(timelineAs(t, "json", input)))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// rowsOf is the part of the JSON that milestones and rows are.
func rowsOf(t *testing.T, all *timeline.Timeline) string {
	t.Helper()
	var out strings.Builder
	if err := (&timeline.Timeline{Milestones: all.Milestones, Events: all.Events}).WriteJSON(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
