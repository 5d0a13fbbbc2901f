package source

import (
	"bytes"
	"context"
	"iter"
	"slices"
	"strconv"
	"time"

	"pir/timeline"
)

var timelineFormat = Format{
	Name:       "pir",
	Doc:        "a timeline that pir wrote: pir timeline --format json or jsonl; its rows keep their sources and ids",
	Recognised: "\"schema\": \"pir.timeline/1\" at the start, or rows with timestamp_desc, zone_from and origins",
	Export:     "pir timeline --format json DIR > timeline.json",
	Lasts:      "as long as you keep it",
	Sniff:      sniffTimeline,
	Parse:      parseTimeline,
}

// sniffTimeline knows the schema of the JSON, and of rows the keys that stand
// in front of every event.
func sniffTimeline(_ string, head []byte) int {
	head = bytes.TrimLeft(head, " \t\r\n")
	schema, found := bytes.CutPrefix(head, []byte("{"))
	if rest, keyed := bytes.CutPrefix(bytes.TrimLeft(schema, " \t\r\n"), []byte(`"schema":`)); found && keyed &&
		bytes.HasPrefix(bytes.TrimLeft(rest, " "), []byte(`"`+timeline.Schema+`"`)) {
		return 100
	}
	line, _, _ := bytes.Cut(head, []byte("\n"))
	for _, key := range []string{`{"message":`, `,"timestamp_desc":`, `,"timestamp":`, `,"id":"e`, `,"zone_from":`, `,"origins":[`} {
		if !bytes.Contains(line, []byte(key)) {
			return 0
		}
	}
	return 100
}

// parseTimeline yields the rows as they are: what the user says of a source does
// not hold for rows that were read already.
func parseTimeline(ctx context.Context, doc Document, opt Options) iter.Seq2[timeline.Event, error] {
	return sequence(ctx, doc, opt, func(s *sink, data []byte) {
		if !bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte(`{"message":`)) {
			s.timeline(data)
			return
		}
		number := 0
		for line := range bytes.Lines(data) {
			number++
			if line = bytes.TrimSpace(line); len(line) == 0 {
				continue
			}
			e, err := timeline.ReadRow(line)
			if err != nil {
				s.bad(timeline.LineOrigin(s.path, number), string(line), "no row of a timeline: %s", err)
				continue
			}
			s.row(e, timeline.LineOrigin(s.path, number))
		}
	})
}

func (s *sink) timeline(data []byte) {
	t, err := timeline.ReadJSON(bytes.NewReader(data))
	if err != nil {
		s.bad(timeline.LineOrigin(s.path, 1), "", "no timeline: %s", err)
		return
	}
	for i, e := range t.Again().Events {
		s.row(e, timeline.PointerOrigin(s.path, "/events/"+strconv.Itoa(i)))
	}
}

// keptKinds are the kinds that rows can have.
var keptKinds = []timeline.Kind{
	timeline.KindStatus, timeline.KindAlert, timeline.KindPage, timeline.KindAck, timeline.KindChat, timeline.KindChange,
	timeline.KindTicket, timeline.KindLog, timeline.KindNote, timeline.KindComms, timeline.KindDecision,
}

// row yields a row as it is. What no row of ours has, since somebody wrote to
// the file, becomes what it can be.
func (s *sink) row(e timeline.Event, here timeline.Origin) {
	if s.stopped() {
		return
	}
	if !slices.Contains(keptKinds, e.Kind) {
		e.Kind = timeline.KindNote
	}
	if len(e.Origins) == 0 {
		e.Origins = []timeline.Origin{here}
	}
	if y := e.Time.Year(); y < 1970 || y > 2200 {
		e.Time, e.End = time.Time{}, time.Time{}
	}
	e.Title = oneLine(e.Title)
	s.done = !s.yield(e, nil)
}
