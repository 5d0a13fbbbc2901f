package timeline

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"pir/internal/when"
)

// ReadJSON reads what WriteJSON wrote. A timeline that is read and written
// again gives the same bytes. The error names the line of bad JSON, or the
// schema that is not known here.
func ReadJSON(r io.Reader) (*Timeline, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	var doc docTimeline
	if err := json.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("line %d: %w", lineOfError(data, err), err)
	}
	if doc.Schema != Schema {
		return nil, fmt.Errorf("schema is %q, want %q", doc.Schema, Schema)
	}
	read := reader{}
	t := read.timeline(&doc)
	return t, read.err
}

func lineOfError(data []byte, err error) int {
	offset := int64(len(data))
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	if errors.As(err, &syntax) {
		offset = syntax.Offset
	} else if errors.As(err, &kind) {
		offset = kind.Offset
	}
	return 1 + bytes.Count(data[:min(offset, int64(len(data)))], []byte("\n"))
}

// reader turns the document's texts into values and keeps the first error.
type reader struct{ err error }

func (r *reader) time(s *string) time.Time {
	if s == nil {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339Nano, *s)
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("time %q is not RFC 3339", *s)
	}
	return t.UTC()
}

func (r *reader) precision(s *string) Precision {
	p, ok := when.ParsePrecision(text(s))
	if !ok && r.err == nil {
		r.err = fmt.Errorf("precision %q is not known", *s)
	}
	return p
}

func (r *reader) timeline(d *docTimeline) *Timeline {
	t := &Timeline{
		Incident: Incident{
			ID: text(d.Incident.ID), Title: text(d.Incident.Title), Severity: Severity(text(d.Incident.Severity)),
			Components: d.Incident.Components, Tags: d.Incident.Tags,
			From: r.time(d.Incident.From), To: r.time(d.Incident.To),
		},
		From: r.time(d.Span.From), To: r.time(d.Span.To),
		Milestones: each(d.Milestones, r.milestone),
		Phases: each(d.Phases, func(p *docPhase) Phase {
			return Phase{Name: p.Name, Start: r.time(p.Start), End: r.time(p.End), Includes: p.Includes, Known: p.Known}
		}),
		Episodes: each(d.Episodes, func(e *docEpisode) Episode {
			return Episode{
				N: e.N, Component: text(e.Component), Region: text(e.Region), Start: r.time(e.Start),
				End: r.time(e.End), Level: Level(e.Level), Evidence: each(e.Evidence, readEvidence),
			}
		}),
		Metrics: each(d.Metrics, readMetric),
		Events:  each(d.Events, r.event),
		Signals: each(d.Signals, r.signal),
		Series: each(d.Series, func(s *docSeries) Series {
			return Series{
				Source: s.Source, Component: text(s.Component), Level: text(s.Level), Start: r.time(s.Start),
				Step: span(s.Step), Counts: s.Counts,
			}
		}),
		Bursts:  each(d.Bursts, r.burst),
		Sources: each(d.Sources, r.source),
		Warnings: each(d.Warnings, func(w *docWarning) Warning {
			return Warning{Code: w.Code, Message: w.Message, Evidence: each(w.Evidence, readEvidence)}
		}),
		Actions: each(d.Actions, func(a *docAction) Action {
			return Action{
				ID: text(a.ID), Text: a.Text, Type: text(a.Type), Owner: text(a.Owner), Due: text(a.Due),
				State: text(a.State), Link: text(a.Link), Evidence: each(a.Evidence, readEvidence),
			}
		}),
		Figures: each(d.Figures, func(f *docFigure) Figure {
			return Figure{
				Measure: f.Measure, Value: f.Value, Scope: text(f.Scope), Source: text(f.Source),
				Evidence: each(f.Evidence, readEvidence),
			}
		}),
		Left: each(d.Left, func(l *docLeft) Left { return Left(*l) }),
		Dropped: each(d.Dropped, func(p *docDropped) Dropped {
			return Dropped{ID: p.ID, Title: p.Title, Reason: text(p.Reason), Origin: text(p.Origin), Records: p.Records}
		}),
	}
	if name := text(d.Incident.Display); name != "" {
		loc, err := when.LoadZone(name)
		if err != nil && r.err == nil {
			r.err = fmt.Errorf("display_timezone: %w", err)
		}
		t.Incident.Display = loc
	}
	return t
}

func (r *reader) milestone(d *docMilestone) Boundary {
	return Boundary{
		Name: Milestone(d.Name), Episode: d.Episode, Time: r.time(d.Time), End: r.time(d.End),
		NotBefore: r.time(d.NotBefore), NotAfter: r.time(d.NotAfter), Precision: r.precision(d.Precision),
		By: text(d.By), Scope: Scope(d.Scope), Outcome: text(d.Outcome), Rung: Rung(text(d.Rung)), Rule: text(d.Rule),
		Evidence: each(d.Evidence, readEvidence),
		Alternatives: each(d.Alternatives, func(a *docAlternative) Alternative {
			return Alternative{
				Time: r.time(a.Time), NotBefore: r.time(a.NotBefore), NotAfter: r.time(a.NotAfter),
				Precision: r.precision(a.Precision), Rung: Rung(text(a.Rung)), Rule: text(a.Rule),
				Evidence: each(a.Evidence, readEvidence), Conflict: a.Conflict,
			}
		}),
		Conflict: d.Conflict,
	}
}

func readEvidence(d *docEvidence) Evidence {
	return Evidence{ID: text(d.ID), Origin: d.Origin, Quote: d.Quote}
}

func readMetric(d *docMetric) Metric {
	m := Metric{
		Name: d.Name, Unit: d.Unit, Known: d.Known, From: Milestone(text(d.From)), To: Milestone(text(d.To)),
		AtMost: number(d.AtMost), AtLeast: number(d.AtLeast), Value: number(d.Seconds),
		Detail: each(d.Detail, func(p *docPart) MetricPart { return MetricPart(*p) }),
	}
	if d.Value != nil {
		m.Value = *d.Value
	}
	return m
}

func (r *reader) event(d *docEvent) Event {
	e := Event{
		ID: d.ID, Time: r.time(d.Time), End: r.time(d.End), TimeText: text(d.TimeText),
		Precision: r.precision(d.Precision), Observed: r.time(d.Observed), ZoneFrom: ZoneFrom(text(d.ZoneFrom)),
		Source: d.Source, Origins: each(d.Origins, func(s *string) Origin { return ParseOrigin(*s) }),
		Kind: Kind(text(d.Kind)), Milestone: Milestone(text(d.Milestone)), Severity: Severity(text(d.Severity)),
		Components: d.Components, Regions: d.Regions, Actor: text(d.Actor), Title: d.Title, Body: text(d.Body),
		URL: text(d.URL), Group: text(d.Group), Count: d.Count, Party: Party(d.Party), Flags: d.Flags,
		Topic: Topic(text(d.Topic)), Doubt: text(d.Doubt),
		Times: d.Times, Merged: d.Merged, Related: d.Related,
	}
	e.Approx = e.HasFlag(FlagApprox)
	r.basis(&e, d.Basis)
	return e
}

func (r *reader) signal(d *docSignal) Signal {
	return Signal{
		ID: d.ID, Source: d.Source, Component: text(d.Component), Pattern: d.Pattern, Level: text(d.Level),
		Change: text(d.Change), Count: d.Count, Baseline: d.Baseline, BaselineRate: d.BaseRate, Rate: d.Rate,
		About: d.About, Ratio: number(d.Ratio), First: r.time(d.First), Peak: r.time(d.Peak), Last: r.time(d.Last),
		Sample: text(d.Sample), Origin: ParseOrigin(text(d.Origin)),
	}
}

func (r *reader) burst(d *docBurst) Burst {
	b := Burst{
		ID: d.ID, Source: d.Source, Component: text(d.Component), Level: text(d.Level),
		Start: r.time(d.Start), StartNotBefore: r.time(d.StartNotBefore), StartNotAfter: r.time(d.StartNotAfter),
		End: r.time(d.End), EndNotBefore: r.time(d.EndNotBefore), EndNotAfter: r.time(d.EndNotAfter),
		OpenStart: d.RateBefore == nil, RateBefore: number(d.RateBefore), Rate: d.Rate, RateAfter: number(d.RateAfter), BaselineRate: d.Baseline,
		Ratio: number(d.Ratio), Rule: text(d.Rule), EndRule: text(d.EndRule), Failed: d.Failed, Total: d.Total,
		Peak: r.time(d.Peak), PeakRate: d.PeakRate,
	}
	if d.First != nil {
		b.First = readEvidence(d.First)
	}
	if d.Last != nil {
		b.Last = readEvidence(d.Last)
	}
	return b
}

func (r *reader) source(d *docSource) Source {
	return Source{
		Name: d.Name, Path: d.Path, Format: text(d.Format), Status: d.Status, Party: Party(d.Party),
		SHA256: text(d.SHA256), BytesTotal: d.BytesTotal, BytesRead: d.BytesRead, Records: d.Records,
		InWindow: d.InWindow, Outside: d.Outside, Continuation: d.Continuation, Undated: d.Undated,
		Malformed: d.Malformed, OutOfOrder: d.OutOfOrder, First: r.time(d.First), Last: r.time(d.Last),
		Skew: span(d.Skew), ZoneFrom: ZoneFrom(text(d.ZoneFrom)), YearFrom: text(d.YearFrom),
		Provenance: text(d.Provenance), Component: text(d.Component), Detail: text(d.Detail),
	}
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func number(f *float64) float64 {
	if f == nil {
		return 0
	}
	return *f
}

// span is the reverse of seconds.
func span(s float64) time.Duration {
	if s < 0 {
		return -span(-s)
	}
	return time.Duration(s*1000+0.5) * time.Millisecond
}
