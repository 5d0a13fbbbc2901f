package logs

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"pir/internal/container"
	"pir/timeline"
)

// The bounds of Lift: what is larger is counted and mined, not listed.
const (
	MaxLiftBytes   = 64 << 20 // of content
	MaxLiftRecords = 50_000
)

// liftedTitle is how much of a record's message is its title, in bytes, and
// liftedBytes how much of the record is kept.
const (
	liftedTitle = 500
	liftedBytes = 16 << 10
)

// TooLargeError says that a file holds more than Lift takes.
type TooLargeError struct{ Name, Why string }

// Error names the file and the limit.
func (e *TooLargeError) Error() string { return e.Name + ": " + e.Why }

// Lift reads a small log file as a list of events, one for each record, in the
// order of the file: deploys that a program logs, the records of an audit. A
// line that goes on with a record is in the body of its event. The result has
// the row of the file and its warnings. The error is a *TooLargeError, or that
// of ctx.
func Lift(ctx context.Context, f File, opt Options) (*Result, error) {
	jobs, err := prepareAll(ctx, []File{f}, opt)
	if err != nil {
		return nil, err
	}
	j := jobs[0]
	result := &Result{}
	if j.parser == nil {
		row, warning := j.unread()
		result.Sources, result.Warnings = []timeline.Source{row}, []timeline.Warning{warning}
		return result, nil
	}
	in, err := j.open(true)
	if err != nil {
		j.give(timeline.StatusFailed, timeline.WarnSourceFailed, errorText(err))
		row, warning := j.unread()
		return &Result{Sources: []timeline.Source{row}, Warnings: []timeline.Warning{warning}}, nil
	}
	defer in.close()
	data, readErr := io.ReadAll(container.Limit(in.text, MaxLiftBytes))
	if len(data) == MaxLiftBytes {
		return nil, &TooLargeError{j.file.Name, fmt.Sprintf("larger than %d MiB, the limit for logs read as events", MaxLiftBytes>>20)}
	}
	l := &lifter{counter: &counter{dater: newDater(j), t: newTally(j.file.Component), days: daysOf(j.parser)}, result: result}
	l.each(chunk{data: data}, l.line)
	if len(result.Events) > MaxLiftRecords {
		return nil, &TooLargeError{j.file.Name, fmt.Sprintf("more than %d records, the limit for logs read as events", MaxLiftRecords)}
	}
	out := &outcome{tally: l.t, bytesRead: in.raw.n, checksum: in.checksum(false), err: readErr}
	result.Sources = []timeline.Source{j.row(out)}
	result.Warnings = j.doubts(out)
	return result, ctx.Err()
}

// lifter makes events of the records of a file.
type lifter struct {
	*counter
	result *Result
}

// line takes one physical line.
func (l *lifter) line(line []byte, offset int64) {
	if len(l.result.Events) > MaxLiftRecords {
		return
	}
	before := l.t.continuation
	records := l.t.malformed + l.t.continuation + l.t.lead
	ns, dated := l.classify(line, false, offset)
	text := string(trimLine(line[:min(len(line), liftedBytes)]))
	switch {
	case l.t.continuation > before && len(l.result.Events) > 0:
		e := &l.result.Events[len(l.result.Events)-1]
		if len(e.Raw)+len(text) < liftedBytes {
			e.Raw += "\n" + text
			e.Body = strings.TrimPrefix(e.Body+"\n"+text, "\n")
		}
		return
	case l.t.malformed+l.t.continuation+l.t.lead > records:
		return // counted, and quoted in the warning
	}
	l.result.Events = append(l.result.Events, l.event(ns, dated, text))
}

// event is the record that was read last.
func (l *lifter) event(ns int64, dated bool, text string) timeline.Event {
	f := &l.job.file
	e := timeline.Event{
		Kind: timeline.KindLog, Source: f.Source, Party: f.Party, Raw: text,
		Origins: []timeline.Origin{l.job.origin(l.t.lines, 0)},
	}
	if dated {
		e.Time = timeOf(ns)
		e.Precision = l.rec.Time.Precision()
		e.ZoneFrom = l.resolver.ZoneFrom(&l.rec.Time)
		e.Doubt = l.resolver.Doubt(&l.rec.Time)
	}
	message := strings.ToValidUTF8(string(bytes.TrimSpace(l.rec.Message)), "\ufffd")
	if message == "" {
		message = strings.ToValidUTF8(text, "\ufffd")
	}
	if e.Title = message; len(message) > liftedTitle {
		e.Title, e.Body = strings.ToValidUTF8(message[:liftedTitle], "")+"…", message
	}
	component := string(l.rec.Component)
	if component == "" {
		component = f.Component
	}
	if component != "" {
		e.Components = []string{component}
	}
	return e
}
