package incident

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"pir/internal/container"
	"pir/internal/when"
	"pir/source"
	"pir/timeline"
)

// maxDocument is the largest document in bytes of its content.
const maxDocument = 256 << 20

// maxFaults is how many bad records of one document get a warning of their
// own. The row of the source counts them all.
const maxFaults = 100

// document reads one document to its end, or as far as it goes.
func (r *reader) document(ctx context.Context, f file, kind detected) {
	row := r.row(f, kind.doc.Name)
	sum, size, err := digest(f.fsys, f.open)
	if err != nil {
		r.reject(f, timeline.StatusFailed, timeline.WarnSourceFailed, reason(err))
		return
	}
	row.SHA256, row.BytesTotal, row.BytesRead = sum, size, size
	naive := zone(f.spec, r.opt, r.plan.config)
	opt := source.Options{
		Source: f.source, Zone: naive, Year: r.documentYear(f), Day: r.day(naive.Location),
		Component: f.component, Party: f.party, MaxBytes: maxDocument, Map: r.columns(f),
	}
	t := &tally{reader: r, file: f, row: row, sure: sureness(kind)}
	opt.LeftOut = func() { t.leftOut++ }
	doc := source.Document{Name: f.cited, Open: t.open, Siblings: prefixFS{f.fsys, path.Dir(f.open)}}
	for event, err := range kind.doc.Parse(ctx, doc, opt) {
		var bad *source.SyntaxError
		switch {
		case err == nil:
			t.event(event)
		case errors.As(err, &bad):
			t.fault(bad)
		default:
			t.broken = err
		}
		if t.broken != nil {
			break
		}
	}
	if kind.doc.Name == "pir" && t.broken == nil {
		t.again()
	}
	t.finish()
}

// open opens the content of the document, decompressed and as UTF-8.
func (t *tally) open() (io.ReadCloser, error) {
	f, err := t.file.fsys.Open(t.file.open)
	if err != nil {
		return nil, err
	}
	content, packed, err := container.Reader(f)
	if err != nil {
		f.Close()
		return nil, err
	}
	t.packed = packed
	t.check = &textCheck{r: container.Limit(container.Text(content), maxDocument)}
	return &documentReader{Reader: t.check, content: content, file: f}, nil
}

// documentReader closes both the decompression and the file.
type documentReader struct {
	io.Reader
	content io.Closer
	file    io.Closer
}

// Close gives the first error.
func (d *documentReader) Close() error { return errors.Join(d.content.Close(), d.file.Close()) }

// documentYear is the year of dates without one: also that of the incident's
// given start.
func (r *reader) documentYear(f file) int {
	if year := r.year(f); year != 0 {
		return year
	}
	if from, _ := r.plan.window(); !from.IsZero() {
		return from.Year()
	}
	return r.nearYear
}

// day is the civil date of the incident's given start; "" when there is none.
func (r *reader) day(loc *time.Location) string {
	from, _ := r.plan.window()
	switch {
	case !from.IsZero():
		return from.In(loc).Format(time.DateOnly)
	case !r.near.IsZero():
		return r.near.Format(time.DateOnly)
	}
	return ""
}

// tally counts what a document holds.
type tally struct {
	*reader
	file    file
	row     timeline.Source
	sure    string            // how sure the kind is
	packed  string            // compression; empty is none
	leftOut int               // records that have no row
	broken  error             // what ended the document before its end
	check   *textCheck        // what was read last
	last    []timeline.Origin // of the event before
}

func (t *tally) event(e timeline.Event) {
	from, to := t.plan.window()
	shift(&e, t.file.skew)
	switch {
	case e.Party == "":
		e.Party = t.row.Party
	case t.file.party == "": // the document says whose it is, as a provider's status page does
		t.row.Party = e.Party
	}
	n := t.newRecords(&e)
	t.row.Records += n
	switch {
	case e.Time.IsZero():
		t.row.Undated += n
	case before(e.Time, from), after(e.Time, to):
		t.row.Outside += n
	default:
		t.row.InWindow += n
	}
	t.span(e)
	if e.HasFlag(timeline.FlagOutOfOrder) {
		t.row.OutOfOrder++
	}
	t.row.ZoneFrom = weaker(t.row.ZoneFrom, e.ZoneFrom)
	if len(t.events) == cap(t.events) {
		t.events = slices.Grow(t.events, max(len(t.events), 64)) // rows are large: they are moved seldom
	}
	t.events = append(t.events, e)
}

// newRecords counts the records that an event stands for and that no event just
// before it stood for: a record may tell of two acts, as an alert that fired and
// cleared, and an act may have several records, as a counter that was exported
// twice.
func (t *tally) newRecords(e *timeline.Event) int64 {
	n := int64(0)
	for _, o := range e.Origins {
		if !slices.Contains(t.last, o) {
			n++
		}
	}
	if len(e.Origins) == 0 {
		n = 1
	}
	t.last = e.Origins
	return n
}

// span widens the row's first and last times.
func (t *tally) span(e timeline.Event) {
	if e.Time.IsZero() {
		return
	}
	if t.row.First.IsZero() || e.Time.Before(t.row.First) {
		t.row.First = e.Time
	}
	for _, at := range []time.Time{e.Time, e.End} {
		if at.After(t.row.Last) {
			t.row.Last = at
		}
	}
}

func (t *tally) fault(bad *source.SyntaxError) {
	t.row.Records++
	t.row.Malformed++
	if t.row.Malformed <= maxFaults {
		t.warn(timeline.WarnRecordMalformed, bad.Error(),
			timeline.Evidence{Origin: bad.Origin.String(), Quote: bad.Text})
	}
}

// finish gives the row its status and writes the warnings of the whole.
func (t *tally) finish() {
	row := &t.row
	read := row.Records - row.Malformed
	switch {
	case t.broken != nil && read == 0:
		row.Status, row.Detail = timeline.StatusFailed, reason(t.broken)
		t.warn(timeline.WarnSourceFailed, row.Path+": "+row.Detail, timeline.Evidence{Origin: row.Path})
	case t.broken != nil:
		row.Status = timeline.StatusPartly
		row.Detail = fmt.Sprintf("cut short after %d records: %s", row.Records, reason(t.broken))
		t.warn(timeline.WarnSourceTruncated, row.Path+": "+row.Detail, timeline.Evidence{Origin: row.Path})
	case row.Malformed > 0 && read == 0:
		row.Status, row.Detail = timeline.StatusFailed, "no record could be read"
	case row.Malformed > 0:
		row.Status = timeline.StatusPartly
		row.Detail = fmt.Sprintf("%d of %d records could not be read", row.Malformed, row.Records)
	default:
		row.Status = timeline.StatusRead
	}
	parts := []string{t.sure}
	for _, part := range []string{t.packed, row.Detail, leftOutText(t.leftOut)} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if row.Status != timeline.StatusFailed {
		row.Detail = strings.Join(parts, "; ")
	}
	if more := row.Malformed - maxFaults; more > 0 {
		t.warn(timeline.WarnRecordMalformed, fmt.Sprintf("%s: %d more records could not be read", row.Path, more),
			timeline.Evidence{Origin: row.Path})
	}
	if c := t.check; c != nil && c.bad > 0 {
		at := timeline.LineOrigin(row.Path, c.first).String()
		t.warn(timeline.WarnEncoding, at+": "+bytesOf(c.bad)+" no UTF-8", timeline.Evidence{Origin: at})
	}
	t.sources = append(t.sources, *row)
}

// leftOutText tells how many records have no row.
func leftOutText(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 more record left out: who joined or left, or the like"
	}
	return fmt.Sprintf("%d more records left out: who joined or left, and the like", n)
}

// sureness is how sure the kind of a document is, in the words of the logs.
func sureness(kind detected) string {
	if kind.sure == 0 {
		return "format given"
	}
	return fmt.Sprintf("%d %% sure", kind.sure)
}

func bytesOf(n int) string {
	if n == 1 {
		return "1 byte is"
	}
	return fmt.Sprintf("%d bytes are", n)
}

func before(t, bound time.Time) bool { return !bound.IsZero() && t.Before(bound) }
func after(t, bound time.Time) bool  { return !bound.IsZero() && t.After(bound) }

// zoneRanks are the givers of zones, the surest first.
var zoneRanks = []when.ZoneFrom{
	when.ZoneRecord, when.ZoneDocument, when.ZoneSource, when.ZoneFlag, when.ZoneIncident, when.ZoneAssumed,
}

// weaker gives the giver that is less sure; the row of a document tells its
// weakest.
func weaker(a, b when.ZoneFrom) when.ZoneFrom {
	if slices.Index(zoneRanks, b) > slices.Index(zoneRanks, a) {
		return b
	}
	return a
}

// shift adds the skew of a source to the times of its events, as logs does.
func shift(e *timeline.Event, skew time.Duration) {
	if skew == 0 {
		return
	}
	for _, t := range []*time.Time{&e.Time, &e.End, &e.Observed, &e.Said} {
		*t = shifted(*t, skew)
	}
	e.Claims = slices.Clone(e.Claims)
	for i := range e.Claims {
		c := &e.Claims[i]
		for _, t := range []*time.Time{&c.Time, &c.NotBefore, &c.NotAfter, &c.End, &c.Said} {
			*t = shifted(*t, skew)
		}
	}
}

func shifted(t time.Time, skew time.Duration) time.Time {
	if t.IsZero() {
		return t
	}
	return t.Add(skew)
}
