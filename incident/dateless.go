package incident

import (
	"context"
	"fmt"
	"slices"
	"time"

	"pir/timeline"
)

// dateless are the kinds of documents that people write or copy with clocks and
// no date, or with dates and no year.
var dateless = []string{"pasted-chat", "notes", "csv"}

// waiting is a document that lacks a date. It is read again when the others
// are: they may tell the day.
type waiting struct {
	file     file
	kind     detected
	gaps     int64 // records that have no time
	from, to mark  // what its first reading gave
}

// mark is how much a reader has collected.
type mark struct{ events, sources, warnings int }

func (r *reader) mark() mark {
	return mark{len(r.events), len(r.sources), len(r.warnings)}
}

// back drops what was collected since.
func (r *reader) back(to mark) {
	r.events, r.sources, r.warnings = r.events[:to.events], r.sources[:to.sources], r.warnings[:to.warnings]
}

// dated reads a document. One that lacks a date, and that nobody gave one, is
// kept in mind.
func (r *reader) dated(ctx context.Context, f file, kind detected) {
	before := r.mark()
	r.document(ctx, f, kind)
	from, _ := r.plan.window()
	if !slices.Contains(dateless, kind.doc.Name) || !from.IsZero() || r.year(f) != 0 {
		return
	}
	if gaps := r.gapsSince(before); gaps > 0 {
		r.late = append(r.late, waiting{f, kind, gaps, before, r.mark()})
	}
}

// gapsSince counts the records without a time that were read since.
func (r *reader) gapsSince(m mark) int64 {
	var n int64
	for _, s := range r.sources[m.sources:] {
		n += s.Malformed + s.Undated
	}
	return n
}

// dateLate reads the documents that lack a date again, with the day on which
// most of the dated records are. Where that helps, the second reading takes the
// place of the first.
func (r *reader) dateLate(ctx context.Context) {
	day, year := r.commonDay()
	if year == 0 {
		return
	}
	r.near, r.nearYear = day, year
	for _, w := range slices.Backward(r.late) { // the places of those before stay
		before := r.mark()
		r.document(ctx, w.file, w.kind)
		better := r.gapsSince(before) < w.gaps
		if better {
			r.tellNear(w, day, year)
		}
		events, sources, warnings := slices.Clone(r.events[before.events:]), slices.Clone(r.sources[before.sources:]), slices.Clone(r.warnings[before.warnings:])
		r.back(before)
		if better {
			r.events = slices.Replace(r.events, w.from.events, w.to.events, events...)
			r.sources = slices.Replace(r.sources, w.from.sources, w.to.sources, sources...)
			r.warnings = slices.Replace(r.warnings, w.from.warnings, w.to.warnings, warnings...)
		}
	}
	r.near, r.nearYear, r.late = time.Time{}, 0, nil
}

// tellNear says what was assumed.
func (r *reader) tellNear(w waiting, day time.Time, year int) {
	what := fmt.Sprintf("a year; %d", year)
	if !day.IsZero() {
		what = "a date or a year; " + day.Format(time.DateOnly)
	}
	r.warn(timeline.WarnYearInferred, w.file.cited+": times without "+what+
		" was taken from the other sources; put the date into the name of the file, or give year: or the incident's from",
		timeline.Evidence{Origin: r.origin(w.file).String(), Quote: r.quote(w.file)})
}

// commonDay is the day, and the year, in which two of three dated records of the
// documents are at least; zero where there is none.
func (r *reader) commonDay() (day time.Time, year int) {
	days, years, all := map[time.Time]int{}, map[int]int{}, 0
	for i := range r.events {
		late := slices.ContainsFunc(r.late, func(w waiting) bool { return w.from.events <= i && i < w.to.events })
		t := r.events[i].Time
		if t.IsZero() || late || r.events[i].HasFlag(timeline.FlagPlanned) {
			continue
		}
		all++
		days[t.UTC().Truncate(24*time.Hour)]++
		years[t.UTC().Year()]++
	}
	for d, n := range days {
		if 3*n >= 2*all {
			day = d
		}
	}
	for y, n := range years {
		if 3*n >= 2*all {
			year = y
		}
	}
	return day, year
}
