package timeline

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Build merges everything that was read into one Timeline. The order of the
// lists of in does not matter, and nothing in them is changed. Every event of
// in is in Events, was merged into one that is (its origins are kept and Count
// is raised), or is told in Dropped.
func Build(in Input) *Timeline {
	b := newBuilder(in)
	b.dropped = slices.Clone(in.Dropped)
	fresh, kept := parted(in.Events)
	in.Events = nil // the copies are enough: there may be many
	b.events = mergeEvents(fresh)
	pairs := b.findPairs()
	b.foldCopies()
	b.findActs()
	b.findStorms()
	b.relate()
	for _, p := range pairs {
		b.tellSkew(p)
	}
	b.takeIn(kept)
	b.curate(in.Curation)
	b.markOutside()
	b.collect()
	b.checkTimes()
	b.fold()
	b.tellLinks()
	b.tellNewWords()
	if !in.Whole {
		b.readKept()
	}
	b.findFrames()
	if in.Whole {
		b.holdWhole()
	} else {
		b.climb()
	}
	b.compareLengths()
	t := &Timeline{
		Incident: incidentCopy(in.Incident), Milestones: b.rows, Events: b.events, Dropped: b.dropped,
		Signals: slices.Clone(in.Signals), Series: slices.Clone(in.Series), Bursts: slices.Clone(in.Bursts),
		Sources: slices.Clone(in.Sources), Figures: slices.Clone(in.Figures), Actions: b.actions(),
		Left: slices.Clone(in.Left),
	}
	b.markEvents()
	sortSignals(t.Signals)
	sortSeries(t.Series)
	sortBursts(t.Bursts)
	for i := range t.Sources {
		t.Sources[i].Party = cmp.Or(t.Sources[i].Party, PartyOwn)
	}
	sortSources(t.Sources)
	sortFigures(t.Figures)
	slices.SortFunc(t.Left, func(x, y Left) int {
		return cmp.Or(naturalCompare(x.Path, y.Path), cmp.Compare(x.Why, y.Why))
	})
	t.Events = b.events
	slices.SortFunc(t.Events, func(x, y Event) int { return compareEvents(&x, &y) })
	slices.SortFunc(t.Dropped, func(x, y Dropped) int {
		return cmp.Or(naturalCompare(x.Origin, y.Origin), cmp.Compare(x.ID, y.ID))
	})
	t.Episodes = b.episodes()
	t.From, t.To = b.span()
	t.Phases = b.phases()
	t.Metrics = b.metrics(t)
	b.checkOrder()
	b.checkGaps(t)
	t.Warnings = sortWarnings(append(b.warnings, in.Warnings...))
	if in.Settings.People == PeopleRoles {
		t.hidePeople(in.People)
		t.Warnings = sortWarnings(t.Warnings)
	}
	return t
}

// builder holds what Build has found so far.
type builder struct {
	in       Input
	gap      time.Duration // episode_gap
	reopen   time.Duration
	share    int64 // impact_threshold in millionths
	events   []Event
	dropped  []Dropped
	readings []reading // of our own records
	provider []reading // of upstream records
	windows  []*window
	lengths  []length
	frames   []frame
	rows     []Boundary
	warnings []Warning
	turned   []turnedPhase
	parties  map[string]Party  // of sources, by name
	formats  map[string]string // the same
	acts     []*act
	fusions  []fusion
	copied   map[string]bool   // records of acts that another one tells better, by id
	links    [][2]string       // a row of people, and the machine's record of the same act
	rowOf    map[string]string // the row that a record becomes part of, by their ids
}

func newBuilder(in Input) *builder {
	b := &builder{in: in, gap: in.Settings.EpisodeGap, reopen: in.Settings.Reopen, share: 50_000, parties: map[string]Party{}, formats: map[string]string{}, rowOf: map[string]string{}, copied: map[string]bool{}}
	b.in.Events = nil
	if b.gap <= 0 {
		b.gap = 5 * time.Minute
	}
	if b.reopen <= 0 {
		b.reopen = 24 * time.Hour
	}
	if in.Settings.ImpactThreshold > 0 {
		b.share = int64(in.Settings.ImpactThreshold*1e6 + 0.5)
	}
	for _, s := range in.Sources {
		if s.Party != "" && s.Party != PartyOwn {
			b.parties[s.Name] = s.Party
		}
		b.formats[s.Name] = max(b.formats[s.Name], s.Format)
	}
	return b
}

func incidentCopy(in Incident) Incident {
	in.Components = slices.Clone(in.Components)
	in.Tags = slices.Clone(in.Tags)
	in.From, in.To = plainTime(in.From), plainTime(in.To)
	return in
}

func (b *builder) warn(code, message string, evidence ...Evidence) {
	b.warnings = append(b.warnings, Warning{Code: code, Message: message, Evidence: evidence})
}

// cite makes the evidence of an event; an empty quote means its title.
func (b *builder) cite(e *Event, quote string) Evidence {
	if quote == "" {
		quote = cmp.Or(e.Title, e.Raw)
	}
	return Evidence{ID: b.rowID(e.ID), Origin: e.firstOrigin().String(), Quote: shortened(quote)}
}

// quoteBytes is how much of a record is quoted.
const quoteBytes = 300

// shortened makes a quote one line and cuts it at a rune.
func shortened(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if len(s) > 4*quoteBytes {
		s = s[:4*quoteBytes]
	}
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= quoteBytes {
		return strings.ToValidUTF8(s, "")
	}
	return strings.ToValidUTF8(s[:quoteBytes], "") + "…"
}

// markEvents marks each event with the first milestone that it is the chosen
// evidence of.
func (b *builder) markEvents() {
	first := map[string]Milestone{}
	for i := range b.rows {
		row := &b.rows[i]
		if !row.Known() {
			continue
		}
		for _, e := range row.Evidence {
			if _, seen := first[e.ID]; !seen && e.ID != "" {
				first[e.ID] = row.Name
			}
		}
	}
	for i := range b.events {
		b.events[i].Milestone = first[b.events[i].ID]
	}
}

// actions are those of pir.yaml and those that notes name, in the order of
// where they stand. One that has no id gets one from its event, so that it
// keeps it when lines are inserted above.
func (b *builder) actions() []Action {
	list := make([]Action, 0, len(b.in.Actions))
	for _, a := range b.in.Actions {
		a.Evidence = slices.Clone(a.Evidence)
		list = append(list, a)
	}
	for i := range b.events {
		e := &b.events[i]
		if e.Topic != TopicAction || e.Action == nil {
			continue
		}
		a := *e.Action
		a.ID = cmp.Or(a.ID, "a"+strings.TrimPrefix(e.ID, "e")[:6])
		a.Text = cmp.Or(a.Text, e.Title)
		a.Evidence = append(slices.Clone(a.Evidence), b.cite(e, ""))
		list = append(list, a)
	}
	slices.SortFunc(list, func(x, y Action) int {
		return cmp.Or(slices.CompareFunc(x.Evidence, y.Evidence, compareEvidence),
			naturalCompare(x.ID, y.ID), cmp.Compare(x.Text, y.Text), cmp.Compare(x.Owner, y.Owner),
			cmp.Compare(x.Due, y.Due), cmp.Compare(x.State, y.State), cmp.Compare(x.Type, y.Type), cmp.Compare(x.Link, y.Link))
	})
	return list
}

// span is what pir.yaml gives, else from the first to the last milestone of
// the incident (a cause may be years old and a review weeks late: they do not
// count), else from the first to the last row.
func (b *builder) span() (from, to time.Time) {
	for i := range b.rows {
		row := &b.rows[i]
		if row.Name != Cause && row.Name != Closed {
			from, to = earlier(from, row.Time), later(to, row.Time)
		}
	}
	for _, f := range b.frames {
		from, to = earlier(from, f.start), later(to, f.end)
		for _, s := range f.stretches {
			if s.End.IsZero() {
				to = later(to, plainTime(s.EndNotBefore))
			}
		}
	}
	if from.IsZero() || from.Equal(to) {
		for i := range b.events {
			from, to = earlier(from, b.events[i].Time), later(to, b.events[i].Time)
		}
	}
	if from.IsZero() {
		for _, s := range b.in.Series {
			from = earlier(from, plainTime(s.Start))
			to = later(to, plainTime(s.Start.Add(time.Duration(len(s.Counts))*s.Step)))
		}
	}
	if from.IsZero() {
		for _, s := range b.in.Sources {
			from, to = earlier(from, plainTime(s.First)), later(to, plainTime(s.Last))
		}
	}
	if t := plainTime(b.in.Incident.From); !t.IsZero() {
		from = t
	}
	if t := plainTime(b.in.Incident.To); !t.IsZero() {
		to = t
	}
	return from, later(from, to)
}
