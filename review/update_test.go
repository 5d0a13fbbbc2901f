package review

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pir/review/document"
	"pir/timeline"
)

func mustRead(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// sampleReview reads a review of a sample.
func sampleReview(t *testing.T, name string) *document.Document {
	t.Helper()
	d, err := Parse(name, mustRead(t, name), mustRead(t, strings.TrimSuffix(name, ".md")+".pir.json"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const checkout = "../samples/checkout-rollback/review.md"

func checkoutSidecar(t *testing.T) []byte {
	return mustRead(t, strings.TrimSuffix(checkout, ".md")+".pir.json")
}

func updated(t *testing.T, d *document.Document, tl *timeline.Timeline, change func(*UpdateOptions)) *Updated {
	t.Helper()
	opt := UpdateOptions{Options: Again(d)}
	if change != nil {
		change(&opt)
	}
	u, err := Update(d, tl, opt)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// reparsed reads an updated review.
func reparsed(t *testing.T, u *Updated) *document.Document {
	t.Helper()
	d, err := Parse("review.md", u.Markdown, u.Sidecar)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// parsedWith reads a page with a sidecar.
func parsedWith(t *testing.T, page, side []byte) *document.Document {
	t.Helper()
	d, err := Parse("review.md", page, side)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestUpdateIsTheIdentity: without new evidence nothing changes, in a draft and
// in a review that people finished.
func TestUpdateIsTheIdentity(t *testing.T) {
	names, _ := filepath.Glob("../samples/*/*.pir.json")
	if len(names) < 4 {
		t.Fatal("no samples")
	}
	for _, side := range names {
		name := strings.TrimSuffix(side, ".pir.json") + ".md"
		d := sampleReview(t, name)
		u := updated(t, d, d.Sidecar.Timeline, nil)
		sameText(t, name, string(u.Markdown), string(d.Source))
		sameText(t, name+" (sidecar)", string(u.Sidecar), string(mustRead(t, side)))
		if len(u.Blocks)+len(u.Conflicts)+len(u.Stale)+len(u.Lost)+len(u.Notes) > 0 {
			t.Errorf("%s: %q %v %v %v %q", name, u.Blocks, u.Conflicts, u.Stale, u.Lost, u.Notes)
		}
	}
}

// changed gives another timeline: that of a review with what edit does to it.
func changed(t *testing.T, d *document.Document, edit func(*timeline.Timeline)) *timeline.Timeline {
	t.Helper()
	var b bytes.Buffer
	if err := d.Sidecar.Timeline.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	tl, err := timeline.ReadJSON(&b)
	if err != nil {
		t.Fatal(err)
	}
	for i := range tl.Events {
		old, _ := d.Sidecar.Timeline.Event(tl.Events[i].ID)
		tl.Events[i].Raw, tl.Events[i].Step = old.Raw, old.Step
	}
	for i := range tl.Milestones {
		tl.Milestones[i].Time = d.Sidecar.Timeline.Milestones[i].Time
	}
	edit(tl)
	return tl
}

func milestone(tl *timeline.Timeline, name timeline.Milestone) *timeline.Boundary {
	for i := range tl.Milestones {
		if tl.Milestones[i].Name == name {
			return &tl.Milestones[i]
		}
	}
	return nil
}

// earlier is a timeline in which somebody complained before the log tells of an
// error: a new row, and another start.
func earlier(t *testing.T, d *document.Document) *timeline.Timeline {
	return changed(t, d, func(tl *timeline.Timeline) {
		at := time.Date(2025, 9, 17, 12, 13, 0, 0, time.UTC)
		e := timeline.Event{
			ID: "e00000000aaaa", Time: at, Precision: 3, Source: "notes", Kind: timeline.KindNote, Title: "First complaint.",
			Raw: "- 14:13 First complaint.", Origins: []timeline.Origin{timeline.LineOrigin("late.md", 3)},
		}
		tl.Events = slices.Insert(tl.Events, 2, e)
		b := milestone(tl, timeline.ImpactStart)
		b.Time, b.Precision, b.Rung = at, 3, timeline.RungStated
		b.Evidence = []timeline.Evidence{{ID: e.ID, Origin: "late.md:3", Quote: "First complaint."}}
	})
}

// TestUpdateMovesNumbers: a new citation at the head of the page moves all
// numbers, and those of the writer go on to stand for what they stood for.
func TestUpdateMovesNumbers(t *testing.T) {
	d := sampleReview(t, checkout)
	tl := earlier(t, d)
	u := updated(t, d, tl, nil)
	after := reparsed(t, u)
	before, now := claimsOf(d), claimsOf(after)
	if len(before) == 0 || len(before) != len(now) {
		t.Fatalf("%d claims, want %d", len(now), len(before))
	}
	for i := range before {
		if before[i] != now[i] {
			t.Errorf("the writer cited\n%s\nand now\n%s", before[i], now[i])
		}
	}
	var says []string
	for _, s := range u.Stale {
		says = append(says, fmt.Sprintf("%d %s", s.Line, s.Text))
	}
	if !slices.ContainsFunc(says, func(s string) bool { return strings.Contains(s, "says 12:14:03; impact_start is now 12:13") }) {
		t.Errorf("stale: %q", says)
	}
	if !slices.Contains(u.Blocks, "facts") || !bytes.Contains(u.Markdown, []byte("| Impact started | 12:13 |")) {
		t.Errorf("blocks %q", u.Blocks)
	}
	twice := updated(t, after, tl, nil)
	sameText(t, "twice", string(twice.Markdown), string(u.Markdown))
	sameText(t, "twice (sidecar)", string(twice.Sidecar), string(u.Sidecar))
	// The update was cut off before the sidecar was written.
	mended := updated(t, parsedWith(t, u.Markdown, checkoutSidecar(t)), tl, nil)
	sameText(t, "mended", string(mended.Markdown), string(u.Markdown))
	sameText(t, "mended (sidecar)", string(mended.Sidecar), string(u.Sidecar))
}

// claimsOf are the sentences of the writer's with the places that they cite.
func claimsOf(d *document.Document) []string {
	var list []string
	for _, c := range d.Facts.Claims {
		list = append(list, c.Text+" "+strings.Join(c.Evidence, ", "))
	}
	return list
}

// TestUpdateKeepsLostEvidence: what the writer cites stays in the list, marked,
// when the evidence has it no more, and is like the others when it is back.
func TestUpdateKeepsLostEvidence(t *testing.T) {
	d := sampleReview(t, checkout)
	tl := changed(t, d, func(tl *timeline.Timeline) {
		tl.Events = slices.DeleteFunc(tl.Events, func(e timeline.Event) bool { return len(e.Origins) > 0 && e.Origins[0].String() == "notes.md:7" })
	})
	u := updated(t, d, tl, nil)
	if len(u.Lost) == 0 || !strings.Contains(u.Lost[0].Text, "cites notes.md:7, which is no longer among the evidence") {
		t.Fatalf("lost: %+v", u.Lost)
	}
	after := reparsed(t, u)
	if strings.Join(claimsOf(d), "\n") != strings.Join(claimsOf(after), "\n") {
		t.Error("the writer's citations changed")
	}
	if !bytes.Contains(u.Markdown, []byte("(no longer among the evidence)")) {
		t.Error("the list of evidence does not say so")
	}
	twice := updated(t, after, tl, nil)
	sameText(t, "twice", string(twice.Markdown), string(u.Markdown))
	mended := updated(t, parsedWith(t, u.Markdown, checkoutSidecar(t)), tl, nil)
	sameText(t, "mended", string(mended.Markdown), string(u.Markdown))
	sameText(t, "mended (sidecar)", string(mended.Sidecar), string(u.Sidecar))
	back := updated(t, after, d.Sidecar.Timeline, nil)
	sameText(t, "back again", string(back.Markdown), string(d.Source))
}

// TestUpdateRefusesMarkers: where a block ends is not guessed.
func TestUpdateRefusesMarkers(t *testing.T) {
	d := sampleReview(t, checkout)
	page := bytes.Replace(d.Source, []byte("<!-- pir:end facts -->\n"), nil, 1)
	broken := parsedWith(t, page, checkoutSidecar(t))
	_, err := Update(broken, d.Sidecar.Timeline, UpdateOptions{Options: Again(broken)})
	marker, ok := err.(*MarkerError)
	if !ok || marker.Fault.Line == 0 {
		t.Errorf("error %v", err)
	}
}

// TestUpdateKeepsWhatWasDeleted: a block that the writer took out stays out.
func TestUpdateKeepsWhatWasDeleted(t *testing.T) {
	d := sampleReview(t, checkout)
	p, _ := d.Part("phases")
	page := d.Splice([]document.Edit{{Span: p.Span}})
	u := updated(t, parsedWith(t, page, checkoutSidecar(t)), d.Sidecar.Timeline, nil)
	sameText(t, "without phases", string(u.Markdown), string(page))
}

// TestUpdateCRLF: a page with the line ends of another system keeps them.
func TestUpdateCRLF(t *testing.T) {
	d := sampleReview(t, checkout)
	crlf := parsedWith(t, bytes.ReplaceAll(d.Source, []byte("\n"), []byte("\r\n")), checkoutSidecar(t))
	u := updated(t, crlf, d.Sidecar.Timeline, nil)
	sameText(t, "CRLF", string(u.Markdown), string(crlf.Source))
	u = updated(t, crlf, earlier(t, d), nil)
	if n := bytes.Count(u.Markdown, []byte("\n")); n != bytes.Count(u.Markdown, []byte("\r\n")) || len(u.Blocks) == 0 {
		t.Errorf("%d lines, %d of them end in CRLF; blocks %q", n, bytes.Count(u.Markdown, []byte("\r\n")), u.Blocks)
	}
}

// TestUpdateWithoutSidecar: blocks as they would be generated are nobody's, all
// others stay.
func TestUpdateWithoutSidecar(t *testing.T) {
	d := sampleReview(t, checkout)
	page := bytes.Replace(d.Source, []byte("| Declared | 12:31 |"), []byte("| Declared | 12:31, by phone |"), 1)
	u, err := Update(parsedWith(t, page, nil), d.Sidecar.Timeline, UpdateOptions{Options: Again(d)})
	if err != nil {
		t.Fatal(err)
	}
	sameText(t, "without a sidecar", string(u.Markdown), string(page))
	if len(u.Differ) != 1 || !strings.HasPrefix(u.Differ[0].Text, "block facts differs from what the evidence gives, and there is no sidecar: kept") {
		t.Errorf("blocks %v", u.Differ)
	}
	// With other evidence too nothing is mixed; the list of evidence is of today,
	// and a block that is emptied is written anew.
	p, _ := parsedWith(t, page, nil).Part("timeline")
	page2 := parsedWith(t, page, nil).Splice([]document.Edit{{Span: p.Inner}})
	late, err := Update(parsedWith(t, page2, nil), earlier(t, d), UpdateOptions{Options: Again(d)})
	if err != nil {
		t.Fatal(err)
	}
	facts, _ := inner(reparsed(t, late), "facts")
	if strings.Contains(facts, "12:13") || !bytes.Contains(late.Markdown, []byte("First complaint.")) || len(late.Differ) == 0 || len(late.Conflicts) > 0 {
		t.Errorf("blocks %v, conflicts %v:\n%s", late.Differ, late.Conflicts, facts)
	}
	// From then on the sidecar knows what was generated.
	next := updated(t, reparsed(t, u), earlier(t, d), nil)
	if !bytes.Contains(next.Markdown, []byte("| Declared | 12:31, by phone |")) || !bytes.Contains(next.Markdown, []byte("| Impact started | 12:13 |")) {
		t.Error("the edit or the evidence is lost")
	}
}
