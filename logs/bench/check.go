package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// finding is the outcome of one check.
type finding struct {
	name   string
	passed bool
	detail string
}

// checker collects findings.
type checker struct {
	*bench
	list []finding
}

// check adds a finding that holds when nothing is wrong.
func (c *checker) check(name string, wrong []string, right string) {
	f := finding{name: name, passed: len(wrong) == 0, detail: right}
	if !f.passed {
		f.detail = strings.Join(wrong[:min(len(wrong), 3)], "; ")
		if more := len(wrong) - 3; more > 0 {
			f.detail += fmt.Sprintf("; and %d more", more)
		}
	}
	c.list = append(c.list, f)
}

func (c *checker) fail(name string, err error) { c.check(name, []string{shorter(err.Error())}, "") }

// checkAll asks pir on the set and holds its answers against the truth. It
// reports whether all is right.
func (b *bench) checkAll() bool {
	c := &checker{bench: b}
	var index map[string]*lineIndex
	if !b.truth.large() {
		index = c.truthItself()
	}
	full, err := c.ask(b.timeline(b.plan.plain(), "--format", "json"), "")
	if err != nil {
		c.fail("full scan", err)
	} else {
		c.conservation(full)
		c.edges(full)
	}
	if hours, err := c.ask(b.timeline(b.plan.plain(), append(hourFlags(), "--format", "json")...), ""); err != nil {
		c.fail("one hour", err)
	} else {
		c.window(hours)
	}
	if !b.truth.large() {
		c.compressed(full)
		c.sameBytes("the same JSON with GOMAXPROCS 1, 2 and 8", b.timeline(b.plan.plain(), "--format", "json"))
		c.mergedLines(index)
		c.sameBytes("the same --lines with GOMAXPROCS 1, 2 and 8", b.timeline(b.plan.plain(), "--lines"))
	}
	return c.tell()
}

// tell prints the findings and reports whether all is right.
func (c *checker) tell() bool {
	c.say("\n")
	right := true
	for _, f := range c.list {
		word := "ok"
		if !f.passed {
			word, right = "FAIL", false
		}
		c.say("%-5s  %s: %s\n", word, f.name, f.detail)
	}
	return right
}

// truthItself recounts the set, so that the checks do not rest on the
// generator's word, and gives the place and time of every line.
func (c *checker) truthItself() map[string]*lineIndex {
	index := map[string]*lineIndex{}
	var wrong []string
	for _, f := range c.truth.Files {
		x := newLineIndex(f)
		differ, err := retell(filepath.Join(c.plan.plain(), f.Path), f, x.add)
		if err != nil {
			c.fail("recount", err)
		}
		wrong = append(wrong, differ...)
		index[f.Path] = x
	}
	c.check("the truth equals a recount", wrong, fmt.Sprintf("%d lines", c.truth.lines()))
	return index
}

// ask runs pir and reads its JSON. Threads is GOMAXPROCS; empty is its own.
func (c *checker) ask(args []string, threads string) (*answer, error) {
	var out bytes.Buffer
	if err := c.stream(args, threads, &out); err != nil {
		return nil, err
	}
	return readAnswer(out.Bytes())
}

// stream runs pir with its output into w.
func (c *checker) stream(args []string, threads string, w io.Writer) error {
	cmd := exec.Command(args[0], args[1:]...)
	if threads != "" {
		cmd.Env = append(os.Environ(), "GOMAXPROCS="+threads)
	}
	var complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = w, &tail{buf: &complaint}
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("pir %s: %w: %s", strings.Join(args[1:], " "), err, strings.TrimSpace(complaint.String()))
	}
	return nil
}

// conservation checks that every line is accounted for, as what it is.
func (c *checker) conservation(a *answer) {
	var wrong []string
	for _, f := range c.truth.Files {
		row := a.source(f)
		if row == nil {
			wrong = append(wrong, f.Path+" is not among the sources")
			continue
		}
		format := ""
		if row.Format != nil {
			format = *row.Format
		}
		if format != f.Format || row.Status != "read" {
			wrong = append(wrong, fmt.Sprintf("%s: %s as %q", f.Path, row.Status, format))
		}
		for _, n := range []struct {
			name     string
			is, want int64
		}{
			{"bytes_total", row.BytesTotal, f.Bytes}, {"bytes_read", row.BytesRead, f.Bytes},
			{"records", row.Records, f.Lines}, {"in_window", row.InWindow, f.Records}, {"outside", row.Outside, 0},
			{"continuation", row.Continuation, f.Continuation}, {"undated", row.Undated, 0},
			{"malformed", row.Malformed, 0}, {"out_of_order", row.OutOfOrder, f.OutOfOrder},
			{"errors in its series", a.errorsOf(f.Service), f.Errors},
		} {
			if n.is != n.want {
				wrong = append(wrong, fmt.Sprintf("%s: %s is %d, want %d", f.Path, n.name, n.is, n.want))
			}
		}
	}
	c.check("every line is accounted for", wrong, fmt.Sprintf("%d lines in 4 files, each count as the truth has it", c.truth.lines()))
}

// onsetWithin is how far the start that is told may be from the true one.
const onsetWithin = 10 * time.Second

// edges checks the bursts: one stretch a service, its start, its end.
func (c *checker) edges(a *answer) {
	var onset, end, decay, other []string
	var said []string
	for _, b := range a.Bursts {
		if !c.truth.serves(b.Source) {
			other = append(other, fmt.Sprintf("%s: a burst at %s", b.Source, clockText(b.Start)))
		}
	}
	for _, f := range c.truth.Files {
		runs := a.runs(f.Service)
		for _, r := range runs {
			if e := r.last().End; !r.first().Start.Before(f.Clear) || e != nil && !e.After(f.Onset) {
				other = append(other, fmt.Sprintf("%s: a burst at %s", f.Service, clockText(r.first().Start)))
			}
		}
		r := during(runs, f)
		if r == nil {
			onset = append(onset, f.Service+": no burst")
			end = append(end, f.Service+": no burst")
			continue
		}
		first, last := r.first(), r.last()
		off := first.Start.Sub(f.Onset)
		said = append(said, fmt.Sprintf("%s %+.1f s", f.Service, off.Seconds()))
		if off.Abs() > onsetWithin {
			onset = append(onset, fmt.Sprintf("%s: %s, truth %s", f.Service, clockText(first.Start), clockText(&f.Onset)))
		}
		if !inside(f.Onset, first.StartNotBefore, first.StartNotAfter) {
			onset = append(onset, fmt.Sprintf("%s: truth %s is not in %s to %s", f.Service, clockText(&f.Onset), clockText(first.StartNotBefore), clockText(first.StartNotAfter)))
		}
		if last.End == nil || !inside(f.Clear, last.EndNotBefore, last.EndNotAfter) {
			end = append(end, fmt.Sprintf("%s: truth %s is not in %s to %s", f.Service, clockText(&f.Clear), clockText(last.EndNotBefore), clockText(last.EndNotAfter)))
		}
		if !saysDecay(*r) {
			decay = append(decay, f.Service)
		}
	}
	c.check("onsets within 10 s of the truth and in their spans", onset, strings.Join(said, ", "))
	c.check("true ends inside the stated spans", end, spans(a, c.truth))
	c.check("a burst that decays says so", decay, "4 services")
	c.check("no other burst", other, fmt.Sprintf("%d stretches", len(c.truth.Files)))
}

// during gives the stretch that overlaps the incident of a service.
func during(runs []run, f *fileTruth) *run {
	for i := range runs {
		if e := runs[i].last().End; runs[i].first().Start.Before(f.Clear) && (e == nil || e.After(f.Onset)) {
			return &runs[i]
		}
	}
	return nil
}

// inside reports whether a time lies in a span with both bounds known.
func inside(at time.Time, from, to *time.Time) bool {
	return from != nil && to != nil && !at.Before(*from) && !at.After(*to)
}

// saysDecay looks for the word in what is told about the end of a stretch.
func saysDecay(r run) bool {
	rule := r.last().EndRule
	return rule != nil && strings.Contains(*rule, "decay")
}

// spans tells how wide the spans of the ends are.
func spans(a *answer, t *truth) string {
	var list []string
	for _, f := range t.Files {
		if r := during(a.runs(f.Service), f); r != nil {
			if l := r.last(); l.EndNotBefore != nil && l.EndNotAfter != nil {
				list = append(list, fmt.Sprintf("%s %.0f s wide", f.Service, l.EndNotAfter.Sub(*l.EndNotBefore).Seconds()))
			}
		}
	}
	return strings.Join(list, ", ")
}

func clockText(t *time.Time) string {
	if t == nil {
		return "unknown"
	}
	return t.UTC().Format("15:04:05")
}

// window checks the hour: exactly its records, from not much more than the
// bytes of two hours.
func (c *checker) window(a *answer) {
	var wrong []string
	var read int64
	for _, f := range c.truth.Files {
		row := a.source(f)
		if row == nil {
			wrong = append(wrong, f.Path+" is not among the sources")
			continue
		}
		read += row.BytesRead
		if want := f.Hours[hourFrom]; row.InWindow != want {
			wrong = append(wrong, fmt.Sprintf("%s: in_window is %d, want %d", f.Path, row.InWindow, want))
		}
		if sum := row.InWindow + row.Outside + row.Continuation + row.Undated + row.Malformed; sum != row.Records {
			wrong = append(wrong, fmt.Sprintf("%s: records are %d, their kinds %d", f.Path, row.Records, sum))
		}
	}
	records, _ := c.truth.between(hourFrom, hourTo)
	c.check("one hour holds exactly its records", wrong, fmt.Sprintf("%d records", records))
	_, bytes := c.truth.between(hourFrom-1, hourTo)
	var much []string
	detail := fmt.Sprintf("%.1f MB read, of two hours' %.1f MB", float64(read)/1e6, float64(bytes)/1e6)
	if slack := c.truth.Bytes / 100; read > bytes+slack {
		much = append(much, detail)
	}
	c.check("one hour reads no more than itself, its baseline hour and 1 %", much, detail)
}

// compressed checks that the copies tell the same as the plain files.
func (c *checker) compressed(full *answer) {
	const name = "the gzip copies give the same series and bursts"
	a, err := c.ask(c.timeline(c.plan.zipped(), "--format", "json"), "")
	if err != nil || full == nil {
		c.fail(name, fmt.Errorf("no answer: %w", err))
		return
	}
	var wrong []string
	for _, f := range c.truth.Files {
		if got, want := a.errorsOf(f.Service), full.errorsOf(f.Service); got != want {
			wrong = append(wrong, fmt.Sprintf("%s: %d errors, %d in the plain file", f.Service, got, want))
		}
		x, y := during(a.runs(f.Service), f), during(full.runs(f.Service), f)
		if (x == nil) != (y == nil) || x != nil && !x.first().Start.Equal(*y.first().Start) {
			wrong = append(wrong, f.Service+": another burst")
		}
	}
	c.check(name, wrong, "4 services")
}

// sameBytes checks that the number of threads changes nothing.
func (c *checker) sameBytes(name string, args []string) {
	var wrong []string
	var first string
	for _, threads := range []string{"1", "2", "8"} {
		sum := sha256.New()
		if err := c.stream(args, threads, sum); err != nil {
			c.fail(name, err)
			return
		}
		got := hex.EncodeToString(sum.Sum(nil)[:8])
		if first == "" {
			first = got
		}
		if got != first {
			wrong = append(wrong, fmt.Sprintf("%s with %s, %s with 1", got, threads, first))
		}
	}
	c.check(name, wrong, first)
}
