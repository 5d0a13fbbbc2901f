// Package incident turns a folder, or any set of files, into one Timeline. It
// is what a user of the library calls first:
//
//	result, err := incident.Load(ctx, []incident.Input{{FS: fsys, Path: "."}}, incident.Options{})
//
// Load reads pir.yaml where there is one, finds out what each file is, has
// source and logs read them, and hands everything to timeline.Build. A file
// that cannot be read is a row of Timeline.Sources and a warning; only misuse
// (a wrong pir.yaml, an input that is not there) is an error.
package incident

import (
	"context"
	"io/fs"
	"time"

	"pir/internal/when"
	"pir/logs"
	"pir/timeline"
)

// Input is one thing to read: a folder with a pir.yaml, a folder without one,
// a file, or a glob.
type Input struct {
	// FS is where Path is opened. It should take names with ".." in them, since
	// pir.yaml may name files beside its folder. Files that are io.ReaderAt can
	// be searched by bisection.
	FS   fs.FS
	Path string // slash-separated; may be a glob
	Kind string // name of the format; empty means that it is detected
	// Name is the name of the source and of the file in citations. Empty means
	// the path below the input folder, or the base name of a file.
	Name string
	// Config says that Path is a pir.yaml, whatever its name.
	Config bool
}

// Options are what the user says beside the inputs. They hold over the
// incident's part of pir.yaml, and under what it says of a single source. The
// zero value is ready to use.
type Options struct {
	Zone *time.Location // zone of times that name none; nil is not said
	Year int            // year of dates without one; 0 is not said
	// From and To are what is looked at, above what pir.yaml says; zero is open.
	// Logs are read there, and rows outside carry timeline.FlagOutside. Documents
	// are read whole: what they say of the milestones does not depend on it.
	From, To time.Time
	// Around narrows the rows in the same way, and nothing else.
	Around [2]time.Time
	// Map says which columns of tables, and which keys of objects, are what to an
	// event (see source.MapKeys). The map of a source in pir.yaml is above it.
	Map map[string]string
	// Layer is given the scalars below settings: in pir.yaml and gives back those
	// that hold, so that a command can put its flags and its environment above
	// them. Nil takes them as they are.
	Layer func(settings map[string]string) map[string]string
	// Vendor names a set of metrics to be reckoned beside ours; empty is none.
	Vendor string
	// People is how people are called: timeline.PeopleNames, which is also what an
	// empty text means, or timeline.PeopleRoles.
	People string
	// Whole has logs read whole, also where a part of them holds what is looked at.
	Whole bool
	// Progress is told how many bytes of logs are done of how many; nil is silent.
	Progress func(done, total int64)
	// Before is what was known of the incident at another time: what it has of
	// files that are not here stands in for them. Nil is nothing.
	Before *timeline.Timeline
	// Spill makes a place on disk for what memory should not hold: the content
	// of packed archives, what Lines puts in order. Nil keeps it in memory.
	Spill func() (logs.Spill, error)
}

// Result is one incident: the timeline, and what pir.yaml says for the review.
type Result struct {
	Timeline *timeline.Timeline
	Config   Config
	Hints    []string // what the user may want to know or do, one sentence each
	StoodIn  []string // paths of files that are not here, and were taken from Options.Before; sorted
}

// Load reads the inputs. The order of the inputs does not change the result.
// The error is an *InputError for misuse, or that of ctx.
func Load(ctx context.Context, inputs []Input, opt Options) (*Result, error) {
	plan, err := newPlan(inputs, opt)
	if err != nil {
		return nil, err
	}
	in, err := plan.gather(ctx)
	if err != nil {
		return nil, err
	}
	t := timeline.Build(in)
	lookAt(t, opt)
	plan.name(t)
	return &Result{Timeline: t, Config: plan.config.Config, Hints: plan.hints, StoodIn: plan.stoodIn}, nil
}

// lookAt marks the rows outside of what the user looks at. The span is what was
// asked for.
func lookAt(t *timeline.Timeline, opt Options) {
	for i := range t.Events {
		e := &t.Events[i]
		outside := before(e.Time, opt.From) || !opt.To.IsZero() && !e.Time.Before(opt.To) ||
			before(e.Time, opt.Around[0]) || after(e.Time, opt.Around[1])
		if outside && !e.Time.IsZero() && !e.HasFlag(timeline.FlagOutside) {
			e.Flags = append(e.Flags, timeline.FlagOutside)
		}
	}
	if !opt.From.IsZero() {
		t.From = opt.From
	}
	if !opt.To.IsZero() {
		t.To = opt.To
	}
	if t.To.Before(t.From) {
		t.To = t.From
	}
}

// gather reads everything that Build merges.
func (p *plan) gather(ctx context.Context) (timeline.Input, error) {
	settings, err := p.settings(p.opt)
	if err != nil {
		return timeline.Input{}, err
	}
	r := &reader{plan: p, opt: p.opt}
	if err := r.read(ctx); err != nil {
		return timeline.Input{}, err
	}
	if p.opt.Before != nil {
		r.standIn(p.opt.Before)
	}
	c := p.config
	r.unmatchedPeople()
	return timeline.Input{
		Incident: c.Incident,
		Events:   p.named(r.events),
		People:   c.people,
		Signals:  r.signals,
		Series:   r.series,
		Bursts:   r.bursts,
		Sources:  r.sources,
		Given:    c.Given,
		Curation: c.curation,
		Figures:  c.figures,
		Actions:  c.actions,
		Left:     r.plan.left,
		Dropped:  r.dropped,
		Warnings: r.warnings,
		Settings: settings,
		Kept:     r.kept,
		Whole:    r.whole(),
	}, ctx.Err()
}

// Unread tells why nothing was read, or "" when at least one source was read
// or was empty, or when pir.yaml itself tells the incident.
func (r *Result) Unread() string {
	sources := r.Timeline.Sources
	if len(sources) == 0 {
		if r.Config.Path == "" {
			return "nothing to read"
		}
		return ""
	}
	for _, s := range sources {
		switch s.Status {
		case timeline.StatusRead, timeline.StatusEmpty:
			return ""
		case timeline.StatusPartly:
			if s.Records == 0 || s.Malformed < s.Records {
				return ""
			}
		}
	}
	if len(sources) == 1 {
		s := sources[0]
		if s.Detail == "" {
			return s.Name + ": not read"
		}
		return s.Name + ": not read: " + s.Detail
	}
	return "none of the sources could be read"
}

// Cut gives the names of the sources that were not read whole.
func (r *Result) Cut() []string {
	var names []string
	for _, s := range r.Timeline.Sources {
		switch s.Status {
		case timeline.StatusRead, timeline.StatusEmpty:
		default:
			names = append(names, s.Name)
		}
	}
	return names
}

// zone is the zone of a source's naive times, the best giver first.
func zone(spec spec, opt Options, c *config) when.Zone {
	switch {
	case spec.zone != nil:
		return when.Zone{Location: spec.zone, From: when.ZoneSource}
	case opt.Zone != nil:
		return when.Zone{Location: opt.Zone, From: when.ZoneFlag}
	case c.zone != nil:
		return when.Zone{Location: c.zone, From: when.ZoneIncident}
	}
	return when.Zone{Location: time.UTC, From: when.ZoneAssumed}
}

// InputError is misuse: a pir.yaml that is wrong, or an input that is not there.
type InputError struct {
	Message string // lower case, names the file and line or the input
	Hint    string // what to do; may be empty
}

// Error gives the message without the hint.
func (e *InputError) Error() string { return e.Message }
