package logs

import (
	"fmt"
	"strings"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

// unread is the row and the warning of a file that was not read.
func (j *job) unread() (timeline.Source, timeline.Warning) {
	row := timeline.Source{
		Name: j.file.Source, Path: j.file.Name, Format: j.format, Status: j.status, Party: j.file.Party,
		BytesTotal: j.size, Skew: j.file.Skew, Provenance: j.file.Provenance, Component: j.file.Component,
		Detail: j.problem,
	}
	return row, j.warning(j.code, j.problem)
}

// spared is the row of a file that the window does not need.
func (j *job) spared() timeline.Source {
	row, _ := j.unread()
	row.Status, row.Detail = timeline.StatusRead, j.aside
	row.First, row.Last = time.Unix(0, j.span[0]).UTC(), time.Unix(0, j.span[1]).UTC()
	return row
}

// warning cites the file as a whole when no evidence is given.
func (j *job) warning(code, message string, evidence ...timeline.Evidence) timeline.Warning {
	if len(evidence) == 0 {
		evidence = []timeline.Evidence{{Origin: j.file.Name}}
	}
	return timeline.Warning{Code: code, Message: j.file.Name + ": " + message, Evidence: evidence}
}

// at cites a record of the file by its line, 0-based, or where the lines in
// front of it were not read by its offset.
func (j *job) at(line, offset int64, quote string) timeline.Evidence {
	return timeline.Evidence{Origin: j.origin(line, offset).String(), Quote: quote}
}

func (j *job) origin(line, offset int64) timeline.Origin {
	if j.document != nil {
		return j.places.origin(j.file.Name, line)
	}
	if j.from > 0 {
		return timeline.ByteOrigin(j.file.Name, offset)
	}
	return timeline.LineOrigin(j.file.Name, int(line)+1)
}

// row is the row of a file in the coverage table. Its records are the physical
// lines read; each is counted once.
func (j *job) row(out *outcome) timeline.Source {
	t := out.tally
	row := timeline.Source{
		Name: j.file.Source, Path: j.file.Name, Format: j.format, Status: timeline.StatusRead, Party: j.file.Party,
		SHA256: out.checksum, BytesTotal: j.size, BytesRead: out.bytesRead,
		Records: t.lines, InWindow: t.inWindow, Outside: t.outside, Continuation: t.continuation,
		Undated: t.undated + t.lead, Malformed: t.malformed, OutOfOrder: t.outOfOrder,
		Skew: j.file.Skew, Provenance: j.file.Provenance, Component: j.file.Component,
		Detail: j.detail(out),
	}
	if t.dated > 0 {
		row.First, row.Last = time.Unix(0, t.first).UTC(), time.Unix(0, t.last).UTC()
		row.ZoneFrom, row.YearFrom = when.ZoneRecord, yearRecord
		if t.naive > 0 {
			row.ZoneFrom = j.file.Zone.From
		}
		if t.yearless > 0 {
			row.YearFrom = j.years.from
		}
	}
	if o := &out.part.order; out.part.known() { // what was not read is part of its span
		row.First, row.Last = time.Unix(0, o.low).UTC(), time.Unix(0, o.high).UTC()
	}
	switch {
	case out.err != nil && t.lines == 0:
		row.Status, row.Detail = timeline.StatusFailed, errorText(out.err)
	case out.err != nil:
		row.Status, row.Detail = timeline.StatusPartly, errorText(out.err)
	case t.malformed > 0 || t.undated > t.noYear || t.dated == 0 && t.noYear == 0:
		row.Status = timeline.StatusPartly
	}
	return row
}

// detail says how sure the format is and what the content was packed in.
func (j *job) detail(out *outcome) string {
	t := out.tally
	parts := []string{fmt.Sprintf("%d %% sure", j.sure)}
	if j.file.Format != "" && j.file.Sure == 0 {
		parts[0] = "format given"
	}
	if j.packed != "" {
		parts = append(parts, j.packed)
	}
	if j.encoding != "utf-8" {
		parts = append(parts, j.encoding)
	}
	if d := daysOf(j.parser); d != nil {
		parts = append(parts, d.text())
	}
	if p, ok := j.parser.(*jsonParser); ok && p.timeKey() != "" {
		parts = append(parts, "time: "+p.timeKey())
	}
	parts = append(parts, j.amended()...)
	if zoned := t.dated - t.naive; t.naive > 0 && zoned > 0 {
		parts = append(parts, fmt.Sprintf("%d of %d times name their zone", zoned, t.dated))
	}
	switch {
	case out.part.known():
		parts = append(parts, out.part.detail(j.size))
	case out.stopped:
		parts = append(parts, "not read beyond the window")
	case t.dated == 0:
		parts = append(parts, "no record has a time")
	}
	if t.uncounts > 0 {
		parts = append(parts, fmt.Sprintf("%d records are beyond the bounds of the series", t.uncounts))
	}
	return strings.Join(parts, "; ")
}

// doubts are the warnings of a file that was read, one for each kind of doubt.
func (j *job) doubts(out *outcome) []timeline.Warning {
	t := out.tally
	var ws []timeline.Warning
	add := func(code string, evidence []timeline.Evidence, format string, args ...any) {
		ws = append(ws, j.warning(code, fmt.Sprintf(format, args...), evidence...))
	}
	switch {
	case out.err != nil && t.lines == 0:
		add(timeline.WarnSourceFailed, nil, "%s", errorText(out.err))
	case out.err != nil:
		add(timeline.WarnSourceTruncated, nil, "%s; the %d lines before were read", errorText(out.err), t.lines)
	}
	if out.changed != "" {
		add(timeline.WarnSourceChanged, nil, "%s", out.changed)
	}
	if t.malformed > 0 {
		evidence := j.named(t.bad)
		add(timeline.WarnRecordMalformed, evidence, "%d of %d lines cannot be read as %s, the first at %s",
			t.malformed, t.lines, j.format, evidence[0].Origin)
	}
	j.undatedDoubts(t, add)
	if t.long.n > 0 {
		add(timeline.WarnLineTooLong, []timeline.Evidence{j.at(t.long.line, t.long.offset, "")},
			"%d lines are longer than 1 MiB; they are counted whole and cut where they are shown", t.long.n)
	}
	if t.invalid.n > 0 {
		add(timeline.WarnEncoding, []timeline.Evidence{j.at(t.invalid.line, t.invalid.offset, "")},
			"%d lines are not valid UTF-8; what is not is shown as U+FFFD", t.invalid.n)
	}
	j.exportDoubts(add)
	j.timeDoubts(t, add)
	return ws
}

// named cites lines.
func (j *job) named(list []badLine) []timeline.Evidence {
	var evidence []timeline.Evidence
	for _, b := range list {
		evidence = append(evidence, j.at(b.line, b.offset, b.quote))
	}
	return evidence
}

// undatedDoubts tells of records without a time, where it is not their year
// alone that is missing, and of files without one.
func (j *job) undatedDoubts(t *tally, add func(code string, evidence []timeline.Evidence, format string, args ...any)) {
	switch {
	case t.lines == 0:
	case t.dated == 0 && t.noYear == 0:
		add(timeline.WarnRecordUndated, j.named(t.bare), "no record has a time that can be read: its %d lines stand in no series", t.lines)
	case t.undated > t.noYear && t.dated > 0:
		evidence := j.named(t.bare)
		add(timeline.WarnRecordUndated, evidence, "%d of %d lines are records whose time is missing or cannot be read, the first at %s; they stand in no series",
			t.undated-t.noYear, t.lines, evidence[0].Origin)
	}
}

// timeDoubts adds the doubts about dates, zones and years.
func (j *job) timeDoubts(t *tally, add func(code string, evidence []timeline.Evidence, format string, args ...any)) {
	if d := daysOf(j.parser); d != nil && d.proof == "" && t.dated > 0 {
		add(timeline.WarnDayDoubtful, nil, "%s, and nothing in the file settles it: it begins on %s; formats: in pir.yaml gives the order",
			d.text(), time.Unix(0, t.first).UTC().Format("2 January 2006"))
	}
	if t.naive > 0 && j.file.Zone.From == when.ZoneAssumed {
		add(timeline.WarnZoneAssumed, nil, "%d times name no zone and nothing else does: read as UTC; timezone: in pir.yaml or --tz gives one", t.naive)
	}
	for _, sentence := range t.doubts {
		add(timeline.WarnZoneDoubtful, nil, "%s", sentence)
	}
	if p, ok := j.parser.(*textParser); ok && p.noZone != "" {
		add(timeline.WarnZoneDoubtful, nil, "%s stands where a zone does, and is none that is known: such times are read without it", p.noZone)
	}
	j.clockDoubts(t, add)
	if t.borrowed.n > 0 {
		add(timeline.WarnTimeBorrowed, []timeline.Evidence{j.at(t.borrowed.line, t.borrowed.offset, "")},
			"errors that no logger wrote and that have no time, such as a panic: %d; each counts at the time of the line before", t.borrowed.n)
	}
	lack := "dates have no year"
	if j.hints.clock {
		lack = "times have no date"
	}
	if t.yearless > 0 && j.years.from != yearGiven {
		add(timeline.WarnYearInferred, nil, "%d %s; it was taken from the %s: they begin on %s%s", t.yearless, lack,
			yearGiver(j.years.from), time.Unix(0, t.first).UTC().Format("2 January 2006"), j.manyYears())
	}
	if t.yearless > 0 && t.wraps.n > 0 && len(j.turns) == 0 {
		add(timeline.WarnYearInferred, []timeline.Evidence{j.at(t.wraps.line, t.wraps.offset, "")},
			"dates without a year go back by months: the file covers more than one year, and years are right for one of them only")
	}
	if t.noYear > 0 {
		add(timeline.WarnYearInferred, nil, "%d %s and nothing tells it, so they stay undated; year: in pir.yaml or --year gives it", t.noYear, lack)
	}
}

// yearGiver says in words what gave the year.
func yearGiver(from string) string {
	switch from {
	case yearIncident:
		return "incident's span"
	case yearNear:
		return "other files"
	case yearFile:
		return "time of the file"
	case yearName:
		return "name of the file"
	case yearHead:
		return "beginning of the file"
	}
	return from
}
