package timeline

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"pir/internal/when"
)

// WriteJSON writes the timeline in the form Schema, indented by two spaces.
// Every key is present: an unknown value is null, an empty list is [].
func (t *Timeline) WriteJSON(w io.Writer) error {
	doc := t.document()
	validText(reflect.ValueOf(&doc).Elem())
	out := bufio.NewWriterSize(w, 1<<16)
	var text bytes.Buffer
	fields := reflect.ValueOf(doc)
	for i := range fields.NumField() {
		name := fields.Type().Field(i).Tag.Get("json")
		out.WriteString([]string{"{\n  ", ",\n  "}[min(i, 1)] + `"` + name + `": `)
		if name == "events" {
			if err := t.writeEvents(out, &text); err != nil {
				return err
			}
			continue
		}
		if err := writeIndented(out, &text, "  ", fields.Field(i).Interface()); err != nil {
			return err
		}
	}
	out.WriteString("\n}\n")
	return out.Flush()
}

// writeEvents writes the events one after the other: all at once they would take
// many times the room that they have in the timeline.
func (t *Timeline) writeEvents(out *bufio.Writer, text *bytes.Buffer) error {
	if len(t.Events) == 0 {
		out.WriteString("[]")
		return nil
	}
	for i := range t.Events {
		e := writeEvent(&t.Events[i])
		validText(reflect.ValueOf(&e).Elem())
		out.WriteString([]string{"[\n    ", ",\n    "}[min(i, 1)])
		if err := writeIndented(out, text, "    ", e); err != nil {
			return err
		}
	}
	out.WriteString("\n  ]")
	return nil
}

// writeIndented writes a value as JSON whose lines behind the first one begin
// with the prefix.
func writeIndented(out *bufio.Writer, text *bytes.Buffer, prefix string, v any) error {
	text.Reset()
	enc := json.NewEncoder(text)
	enc.SetEscapeHTML(false)
	enc.SetIndent(prefix, "  ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := out.Write(bytes.TrimSuffix(text.Bytes(), []byte("\n")))
	return err
}

// validText makes every text of a document valid UTF-8. The encoder would do
// the same, but spell U+FFFD in another way than for text that holds it.
func validText(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			validText(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			validText(v.Field(i))
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Int64 {
			return
		}
		for i := range v.Len() {
			validText(v.Index(i))
		}
	case reflect.String:
		if s := v.String(); !utf8.ValidString(s) {
			v.SetString(strings.ToValidUTF8(s, "\uFFFD"))
		}
	}
}

// document is the timeline as it is written, without its events.
func (t *Timeline) document() docTimeline {
	return docTimeline{
		Schema: Schema,
		Incident: docIncident{
			ID: known(t.Incident.ID), Title: known(t.Incident.Title), Severity: known(t.Incident.Severity),
			Components: filled(t.Incident.Components), Tags: filled(t.Incident.Tags),
			From: exact(t.Incident.From), To: exact(t.Incident.To), Display: zoneName(t.Incident.Display),
		},
		Span:       docSpan{From: exact(t.From), To: exact(t.To)},
		Milestones: each(t.Milestones, writeMilestone),
		Phases:     each(t.Phases, writePhase),
		Episodes:   each(t.Episodes, writeEpisode),
		Metrics:    each(t.Metrics, writeMetric),
		Signals:    each(t.Signals, writeSignal),
		Series:     each(t.Series, writeSeries),
		Bursts:     each(t.Bursts, writeBurst),
		Sources:    each(t.Sources, writeSource),
		Warnings: each(t.Warnings, func(w *Warning) docWarning {
			return docWarning{Code: w.Code, Message: w.Message, Evidence: each(w.Evidence, writeEvidence)}
		}),
		Actions: each(t.Actions, func(a *Action) docAction {
			return docAction{
				ID: known(a.ID), Text: a.Text, Type: known(a.Type), Owner: known(a.Owner), Due: known(a.Due),
				State: known(a.State), Link: known(a.Link), Evidence: each(a.Evidence, writeEvidence),
			}
		}),
		Figures: each(t.Figures, func(f *Figure) docFigure {
			return docFigure{
				Measure: f.Measure, Value: f.Value, Scope: known(f.Scope), Source: known(f.Source),
				Evidence: each(f.Evidence, writeEvidence),
			}
		}),
		Left: each(t.Left, func(l *Left) docLeft { return docLeft(*l) }),
		Dropped: each(t.Dropped, func(d *Dropped) docDropped {
			return docDropped{ID: d.ID, Title: d.Title, Reason: known(d.Reason), Origin: known(d.Origin), Records: d.Records}
		}),
	}
}

func writeMilestone(b *Boundary) docMilestone {
	return docMilestone{
		Name: string(b.Name), Episode: b.Episode,
		Time: instant(b.Time, b.Precision), NotBefore: exact(b.NotBefore), NotAfter: exact(b.NotAfter),
		Precision: known(b.Precision.String()), By: known(b.By),
		Scope:   docScope{Components: filled(b.Scope.Components), Regions: filled(b.Scope.Regions)},
		Outcome: known(b.Outcome), Rung: known(b.Rung), Rule: known(b.Rule),
		Evidence: each(b.Evidence, writeEvidence),
		Alternatives: each(b.Alternatives, func(a *Alternative) docAlternative {
			return docAlternative{
				Time: instant(a.Time, a.Precision), NotBefore: exact(a.NotBefore), NotAfter: exact(a.NotAfter),
				Precision: known(a.Precision.String()), Rung: known(a.Rung), Rule: known(a.Rule),
				Evidence: each(a.Evidence, writeEvidence), Conflict: a.Conflict,
			}
		}),
		Conflict: b.Conflict, End: instant(b.End, b.Precision),
	}
}

func writeEvidence(e *Evidence) docEvidence {
	return docEvidence{ID: known(e.ID), Origin: e.Origin, Quote: e.Quote}
}

func writePhase(p *Phase) docPhase {
	d := docPhase{Name: p.Name, Start: exact(p.Start), End: exact(p.End), Includes: filled(p.Includes), Known: p.Known}
	if p.Known {
		s := seconds(p.End.Sub(p.Start))
		d.Seconds = &s
	}
	return d
}

func writeEpisode(e *Episode) docEpisode {
	return docEpisode{
		N: e.N, Component: known(e.Component), Region: known(e.Region), Start: exact(e.Start), End: exact(e.End),
		Level: string(e.Level), Evidence: each(e.Evidence, writeEvidence),
	}
}

func writeMetric(m *Metric) docMetric {
	d := docMetric{
		Name: m.Name, Known: m.Known, From: known(m.From), To: known(m.To), AtMost: nonzero(m.AtMost),
		AtLeast: nonzero(m.AtLeast), Unit: m.Unit,
		Detail: each(m.Detail, func(p *MetricPart) docPart { return docPart{Name: p.Name, Value: finite(p.Value)} }),
	}
	if m.Known {
		v := finite(m.Value)
		if m.Unit == UnitSeconds {
			d.Seconds = &v
		} else {
			d.Value = &v
		}
	}
	return d
}

func writeEvent(e *Event) docEvent {
	return docEvent{
		ID: e.ID, Time: instant(e.Time, e.Precision), End: instant(e.End, e.Precision), TimeText: known(e.TimeText),
		Precision: known(e.Precision.String()), Observed: exact(e.Observed), ZoneFrom: known(e.ZoneFrom),
		Source: e.Source, Origins: each(e.Origins, func(o *Origin) string { return o.String() }),
		Kind: known(e.Kind), Milestone: known(e.Milestone), Severity: known(e.Severity),
		Components: filled(e.Components), Regions: filled(e.Regions), Actor: known(e.Actor), Title: e.Title,
		Body: known(e.Body), URL: known(e.URL), Group: known(e.Group), Count: e.Count, Party: string(e.Party),
		Flags: filled(e.Flags), Topic: known(e.Topic), Doubt: known(e.Doubt),
		Times: e.Times, Merged: filled(e.Merged), Related: filled(e.Related),
		Basis: writeBasis(e),
	}
}

func writeSignal(s *Signal) docSignal {
	return docSignal{
		ID: s.ID, Source: s.Source, Component: known(s.Component), Pattern: s.Pattern, Level: known(s.Level),
		Change: known(s.Change), Count: s.Count, BaseRate: finite(s.BaselineRate), Rate: finite(s.Rate),
		Ratio: nonzero(s.Ratio), First: exact(s.First), Peak: exact(s.Peak), Last: exact(s.Last),
		Sample: known(s.Sample), Origin: known(s.Origin.String()), Baseline: s.Baseline, About: s.About,
	}
}

func writeSeries(s *Series) docSeries {
	counts := s.Counts
	if counts == nil {
		counts = []int64{}
	}
	return docSeries{
		Source: s.Source, Component: known(s.Component), Level: known(s.Level), Start: exact(s.Start),
		Step: seconds(s.Step), Counts: counts,
	}
}

func writeBurst(b *Burst) docBurst {
	return docBurst{
		ID: b.ID, Source: b.Source, Component: known(b.Component), Level: known(b.Level),
		Start: exact(b.Start), StartNotBefore: exact(b.StartNotBefore), StartNotAfter: exact(b.StartNotAfter),
		End: exact(b.End), EndNotBefore: exact(b.EndNotBefore), EndNotAfter: exact(b.EndNotAfter),
		RateBefore: unless(b.OpenStart, b.RateBefore), Rate: finite(b.Rate), RateAfter: unless(b.End.IsZero(), b.RateAfter),
		Ratio: nonzero(b.Ratio), Rule: known(b.Rule), Baseline: finite(b.BaselineRate),
		Failed: b.Failed, Total: b.Total, Peak: exact(b.Peak), PeakRate: finite(b.PeakRate),
		First: cited(b.First), Last: cited(b.Last), EndRule: known(b.EndRule),
	}
}

func writeSource(s *Source) docSource {
	return docSource{
		Name: s.Name, Path: s.Path, Format: known(s.Format), Status: s.Status, Party: string(s.Party),
		SHA256: known(s.SHA256), BytesTotal: s.BytesTotal, BytesRead: s.BytesRead, Records: s.Records,
		InWindow: s.InWindow, Outside: s.Outside, Continuation: s.Continuation, Undated: s.Undated,
		Malformed: s.Malformed, OutOfOrder: s.OutOfOrder, First: exact(s.First), Last: exact(s.Last),
		Skew: seconds(s.Skew), ZoneFrom: known(s.ZoneFrom), Provenance: known(s.Provenance),
		Component: known(s.Component), YearFrom: known(s.YearFrom), Detail: known(s.Detail),
	}
}

// each maps a list; the result is never nil, so that JSON has [] and not null.
func each[T, D any](list []T, write func(*T) D) []D {
	out := make([]D, 0, len(list))
	for i := range list {
		out = append(out, write(&list[i]))
	}
	return out
}

// known gives null for the empty text.
func known[S ~string](s S) *string {
	if s == "" {
		return nil
	}
	text := string(s)
	return &text
}

func filled(list []string) []string {
	if list == nil {
		return []string{}
	}
	return slices.Clone(list)
}

func cited(e Evidence) *docEvidence {
	if e == (Evidence{}) {
		return nil
	}
	d := writeEvidence(&e)
	return &d
}

// finite keeps what JSON cannot write out of it.
func finite(f float64) float64 {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	return f
}

// unless gives null where a number is not known.
func unless(unknown bool, f float64) *float64 {
	if f = finite(f); unknown {
		return nil
	}
	return &f
}

func nonzero(f float64) *float64 {
	if f = finite(f); f == 0 {
		return nil
	}
	return &f
}

// seconds goes through whole milliseconds, so that the same duration is the
// same number on every processor.
func seconds(d time.Duration) float64 { return float64(d.Milliseconds()) / 1000 }

// instant writes a time with the digits of its precision.
func instant(t time.Time, p Precision) *string {
	if p == when.Unknown {
		return exact(t)
	}
	return known(when.Format(plainTime(t), p))
}

// exact writes a time with as few digits as hold it.
func exact(t time.Time) *string {
	t = plainTime(t)
	p := when.Second
	switch ns := t.Nanosecond(); {
	case ns == 0:
	case ns%1e6 == 0:
		p = when.Millisecond
	case ns%1e3 == 0:
		p = when.Microsecond
	default:
		p = when.Nanosecond
	}
	return known(when.Format(t, p))
}

func zoneName(loc *time.Location) *string {
	if loc == nil {
		return nil
	}
	return known(loc.String())
}
