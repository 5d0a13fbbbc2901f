package incident

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"time"

	"pir/internal/container"
	"pir/logs"
	"pir/timeline"
)

// reader collects what the files of a plan hold.
type reader struct {
	plan  *plan
	opt   Options
	lines io.Writer // where the lines of the logs go; nil is nowhere

	late     []waiting // documents that lack a date
	near     time.Time // the day that such documents are read with; zero is none
	nearYear int

	events   []timeline.Event
	signals  []timeline.Signal
	series   []timeline.Series
	bursts   []timeline.Burst
	sources  []timeline.Source
	dropped  []timeline.Dropped
	warnings []timeline.Warning
	kept     []timeline.Boundary // of timelines that were read
	formats  []string            // of the files that were read
}

// read reads the documents first: what they say helps to date the logs.
func (r *reader) read(ctx context.Context) error {
	defer r.plan.close()
	if err := r.plan.expand(ctx); err != nil {
		return err
	}
	var logFiles []logs.File
	var of []file // of logFiles
	seen := copies{}
	looked := r.lookAll(ctx)
	for i, f := range r.plan.files {
		if err := ctx.Err(); err != nil {
			return err
		}
		kind, ready := r.accept(f, &looked[i])
		switch {
		case !ready:
		case r.copied(ctx, seen, f, kind):
		case kind.doc != nil:
			r.formats = append(r.formats, kind.doc.Name)
			r.dated(ctx, f, kind)
		case f.events:
			r.formats = append(r.formats, kind.log)
			if !r.lift(ctx, r.logFile(f, kind)) {
				logFiles, of = append(logFiles, r.logFile(f, kind)), append(of, f)
			}
		default:
			logFiles, of = append(logFiles, r.logFile(f, kind)), append(of, f)
		}
	}
	r.dateLate(ctx)
	joinRotated(of, logFiles)
	for _, f := range logFiles {
		r.formats = append(r.formats, cmp.Or(f.Format, "log"))
	}
	return r.scan(ctx, logFiles)
}

// reject writes the row of a file that is not read, and a warning.
func (r *reader) reject(f file, status, code, detail string) {
	row := r.row(f, "")
	row.Status, row.Detail = status, detail
	if status != timeline.StatusMissing {
		row.SHA256, row.BytesTotal, _ = digest(f.fsys, f.open)
	}
	r.sources = append(r.sources, row)
	r.warn(code, f.cited+": "+detail, timeline.Evidence{Origin: r.origin(f).String(), Quote: r.quote(f)})
}

// row is the beginning of a file's row in the table of sources.
func (r *reader) row(f file, format string) timeline.Source {
	return timeline.Source{
		Name: f.source, Path: f.cited, Format: format, Party: party(f), Skew: f.skew,
		Provenance: f.provenance, Component: f.component,
	}
}

func party(f file) timeline.Party {
	if f.party == "" {
		return timeline.PartyOwn
	}
	return f.party
}

// origin is where a file is named: its row in pir.yaml, or the file itself.
func (r *reader) origin(f file) timeline.Origin {
	if f.node != nil {
		return r.plan.config.origin(f.node)
	}
	return timeline.Origin{Path: f.cited, Byte: -1}
}

func (r *reader) quote(f file) string {
	if f.node != nil {
		return r.plan.config.line(f.node.Line)
	}
	return ""
}

func (r *reader) warn(code, message string, evidence ...timeline.Evidence) {
	r.warnings = append(r.warnings, timeline.Warning{Code: code, Message: message, Evidence: evidence})
}

// columns are those that the user names for a file.
func (r *reader) columns(f file) map[string]string {
	columns := maps.Clone(r.opt.Map)
	if columns == nil {
		columns = map[string]string{}
	}
	maps.Copy(columns, f.columns)
	return columns
}

// lift reads a log as a list of events. It reports whether it did: one that is
// too large is counted like any other log, and told.
func (r *reader) lift(ctx context.Context, f logs.File) bool {
	from, to := r.plan.window()
	result, err := logs.Lift(ctx, f, logs.Options{From: from, To: to, Anchor: r.anchor()})
	if err != nil {
		r.warn(timeline.WarnSourceTruncated, err.Error()+"; it is counted instead", timeline.Evidence{Origin: f.Name})
		return false
	}
	r.take(result)
	return true
}

// logFile hands a file to logs. A row tells how sure its kind is, or that the
// user gave it.
func (r *reader) logFile(f file, kind detected) logs.File {
	return logs.File{
		FS: f.fsys, Path: f.open, Name: f.cited, Source: f.source, Format: kind.log, Sure: kind.sure,
		Component: f.component, Party: party(f), Zone: zone(f.spec, r.opt, r.plan.config),
		Year: r.year(f), Skew: f.skew, Provenance: f.provenance,
		Own: r.plan.config.formats,
	}
}

// year is that of dates without one, as far as the user named it.
func (r *reader) year(f file) int {
	if f.year != 0 {
		return f.year
	}
	return r.opt.Year
}

// scan has logs read the log files.
func (r *reader) scan(ctx context.Context, list []logs.File) error {
	if len(list) == 0 {
		return nil
	}
	from, to := r.plan.window()
	result, err := r.readLogs(ctx, list, logs.Options{
		From: from, To: to, Anchor: r.anchor(), Whole: r.opt.Whole, Progress: r.opt.Progress, Spill: r.opt.Spill,
	})
	if err != nil {
		return err
	}
	r.take(result)
	r.tellParts(result.Sources)
	return nil
}

// tellParts says that logs were not read whole, and what that leaves unseen.
func (r *reader) tellParts(sources []timeline.Source) {
	parts := 0
	for _, s := range sources {
		if s.Status == timeline.StatusRead && s.BytesRead > 0 && s.BytesRead < s.BytesTotal {
			parts++
		}
	}
	if parts > 0 {
		r.plan.hints = append(r.plan.hints, fmt.Sprintf(
			"of %d logs only the part was read that holds the span: a line far out of its order elsewhere is not seen; --strict reads them whole", parts))
	}
}

// take keeps what a reading of logs gave.
func (r *reader) take(result *logs.Result) {
	r.events = append(r.events, result.Events...)
	r.signals = append(r.signals, result.Signals...)
	r.series = append(r.series, result.Series...)
	r.bursts = append(r.bursts, result.Bursts...)
	r.sources = append(r.sources, result.Sources...)
	r.warnings = append(r.warnings, result.Warnings...)
}

// anchor is a time in the incident: its given start, else the median of the
// documents' events.
func (r *reader) anchor() time.Time {
	if from, _ := r.plan.window(); !from.IsZero() {
		return from
	}
	var times []time.Time
	for _, e := range r.events {
		if !e.Time.IsZero() {
			times = append(times, e.Time)
		}
	}
	if len(times) == 0 {
		return time.Time{}
	}
	slices.SortFunc(times, time.Time.Compare)
	return times[len(times)/2]
}

// digest gives the SHA-256 and the size of a file as it is stored. A file that
// is larger than a document may be has no sum here: to read it all for nothing
// but that would take its time.
func digest(fsys fs.FS, name string) (sum string, size int64, err error) {
	info, err := fs.Stat(fsys, name)
	switch {
	case err != nil:
		return "", 0, err
	case !info.Mode().IsRegular():
		return "", 0, nil
	case info.Size() > maxDocument:
		return "", info.Size(), nil
	}
	f, err := fsys.Open(name)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	size, err = io.Copy(h, container.Limit(f, maxDocument))
	return hex.EncodeToString(h.Sum(nil)), size, err
}

// documentOfRecords reports whether a head is JSON that may hold log records: a
// list of objects, or objects over several lines.
func documentOfRecords(head []byte) bool {
	head = bytes.TrimSpace(head)
	list, ok := bytes.CutPrefix(head, []byte("["))
	if ok {
		return bytes.HasPrefix(bytes.TrimSpace(list), []byte("{"))
	}
	return bytes.HasPrefix(head, []byte("{\n")) || bytes.HasPrefix(head, []byte("{\r\n"))
}
