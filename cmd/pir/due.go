package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pir/incident"
	"pir/review/document"
	"pir/review/window"
	"pir/timeline"
)

// dueFormats are the outputs of pir due: one row each.
var dueFormats = []struct {
	name  string
	write func(a *app, list []*dueReview, now time.Time) error
}{
	{"text", (*app).writeDueText},
	{"json", (*app).writeDueJSON},
	{"ics", (*app).writeDueICS},
}

func dueCommand(a *app) *cobra.Command {
	var format string
	var published []string
	c := &cobra.Command{
		Use:   "due [flags] [FILE|DIR...]",
		Short: "Tell when the stages of a review are due, and what is late",
		Long: paragraph(`
Tell when the stages of a review are due, how that is reckoned, and what is left
or late. It exits with 3 when a stage is overdue.

A folder stands for the reviews below it, and where an incident has none yet for
the incident; without an argument it is the folder that you are in. X.md and
X.preliminary.md are one review.

When a stage went out stands in the front matter:

  published:
    preliminary: 2025-09-20T09:00:00Z

The window is that of the pir.yaml beside the review, else the one that the
review was drafted with. The present is the clock's, or --now.`),
		Example: example(`
pir due
pir due --now 2024-08-01T12:00Z samples/azure-2024-07-30/review.md
pir due --published preliminary=2024-08-02T09:00Z review.md
pir due --format ics incidents > reviews.ics`),
		RunE: func(cmd *cobra.Command, args []string) error {
			var names []string
			for _, f := range dueFormats {
				names = append(names, f.name)
			}
			if err := oneOf(format, names...); err != nil {
				return misuse(fmt.Errorf("--format: %w", err), "")
			}
			d := &dueRun{app: a, now: a.present()}
			if err := d.readPublished(published); err != nil {
				return err
			}
			if err := d.read(cmd, args); err != nil {
				return err
			}
			for _, f := range dueFormats {
				if f.name == format {
					if err := f.write(a, d.list, d.now); err != nil {
						return err
					}
				}
			}
			return d.late()
		},
	}
	flags := c.Flags()
	flags.SortFlags = false
	flags.StringVar(&format, "format", "text", "`form` of the output: text, json or ics")
	flags.StringArrayVar(&published, "published", nil, "take it that `stage[=time]` went out, without a time now; may be given more than once")
	completeWords(c, "format", []string{"text", "json", "ics"})
	completeWords(c, "published", stageNames())
	return c
}

// present is the time that commands take as now: --now, else the clock's.
func (a *app) present() time.Time {
	if a.settings.now.IsZero() && a.now != nil {
		return a.now().UTC().Truncate(time.Second)
	}
	return a.settings.now
}

// dueRun is one run of the command.
type dueRun struct {
	*app
	now   time.Time
	given map[string]time.Time // from --published
	used  map[string]bool      // those that some window has
	list  []*dueReview
}

// dueReview is a review, or an incident without one, with its stages.
type dueReview struct {
	name     string // of the file or the folder
	timeline *timeline.Timeline
	window   window.Window
	input    window.Input
	stages   []window.Standing
	stage    string // that the review is at; empty where nobody says
	folder   bool   // an incident without a review
}

// readPublished reads --published.
func (d *dueRun) readPublished(args []string) error {
	d.given, d.used = map[string]time.Time{}, map[string]bool{}
	for _, arg := range args {
		stage, text, timed := strings.Cut(arg, "=")
		at, err := parseTime(text, d.settings.zone)
		if err == nil && timed && text == "" {
			err = errors.New("the time is missing")
		}
		if err != nil {
			return misuse(fmt.Errorf("--published %s: %w", arg, err), "")
		}
		if !timed {
			at = d.now
		}
		d.given[stage] = at
	}
	return nil
}

// read reads all that the arguments name.
func (d *dueRun) read(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		args = []string{"."}
	}
	found, err := findReviews(args)
	if err != nil {
		return err
	}
	if len(found.files)+len(found.folders) == 0 {
		return misuse(fmt.Errorf("%s: no review, and no %s", strings.Join(args, ", "), incident.ConfigName), "pir draft -o review.md makes a review")
	}
	for _, name := range found.files {
		if err := d.addReview(name); err != nil {
			return err
		}
	}
	for _, dir := range found.folders {
		if err := d.addFolder(cmd, dir); err != nil {
			return err
		}
	}
	for stage := range d.given {
		if !d.used[stage] {
			return misuse(fmt.Errorf("--published: no window here has a stage %q", stage), "")
		}
	}
	return nil
}

// addReview takes a review.
func (d *dueRun) addReview(name string) error {
	k, err := d.keptReview(name)
	if err != nil {
		return err
	}
	r := &dueReview{name: filepath.ToSlash(name), timeline: reviewTimeline(k.Document), stage: k.Front.Stage}
	r.window, r.input, err = d.windowOf(k.Document, filepath.Dir(name))
	if err != nil {
		return err
	}
	r.input.Reached = k.Front.Stage
	r.input.Published = map[string]time.Time{}
	for _, doc := range append(k.copies, k.Document) {
		takePublished(r.input.Published, doc.Front)
	}
	d.checkStages(r)
	return d.add(r)
}

// takePublished adds what front matter says of what went out.
func takePublished(out map[string]time.Time, f document.Front) {
	for stage, at := range f.Published {
		out[stage] = at
	}
	if _, timed := out[f.Stage]; !timed && f.Status == "published" && f.Stage != "" {
		out[f.Stage] = time.Time{}
	}
}

// checkStages tells of stages that the window does not know.
func (d *dueRun) checkStages(r *dueReview) {
	known := map[string]bool{}
	var names []string
	for _, rule := range r.window.Stages {
		if !known[rule.Name] {
			names = append(names, rule.Name)
		}
		known[rule.Name] = true
	}
	for _, stage := range sortedKeys(r.input.Published) {
		if !known[stage] {
			d.voice.warning(fmt.Sprintf("%s: published: the window %s has no stage %q; it has: %s", r.name, r.window.Name, stage, strings.Join(names, ", ")))
		}
	}
	if r.stage != "" && !known[r.stage] {
		d.voice.warning(fmt.Sprintf("%s: stage: the window %s has no stage %q; it has: %s", r.name, r.window.Name, r.stage, strings.Join(names, ", ")))
	}
}

// addFolder takes an incident without a review.
func (d *dueRun) addFolder(cmd *cobra.Command, dir string) error {
	result, err := d.load(cmd.Context(), []string{dir}, span{}, "")
	if err != nil {
		return err
	}
	r := &dueReview{name: filepath.ToSlash(dir), timeline: result.Timeline, folder: true}
	if r.window, r.input, err = reviewWindow(result.Config); err != nil {
		return err
	}
	r.input.Published = map[string]time.Time{}
	return d.add(r)
}

// add reckons the stages of a review.
func (d *dueRun) add(r *dueReview) error {
	for _, rule := range r.window.Stages {
		if at, given := d.given[rule.Name]; given {
			r.input.Published[rule.Name], d.used[rule.Name] = at, true
		}
	}
	r.stages = window.Stand(window.Due(r.timeline, r.window, r.input), r.input, d.now)
	d.list = append(d.list, r)
	return nil
}

// late is the error of stages that are overdue; the output has told of them.
func (d *dueRun) late() error {
	for _, r := range d.list {
		for _, st := range r.stages {
			if st.State == window.Overdue {
				return &exitError{status: found}
			}
		}
	}
	return nil
}

// windowOf is the window of a review: that of the pir.yaml beside it or of
// --config, else what its sidecar kept, else the default.
func (a *app) windowOf(d *document.Document, dir string) (window.Window, window.Input, error) {
	w, in, ok := window.Window{}, window.Input{Given: map[string]time.Time{}}, false
	if s := d.Sidecar; s != nil {
		w, in, ok = window.Kept(s.Options, s.Window)
	}
	if c, found, err := a.configOf(dir); err != nil {
		return w, in, err
	} else if found {
		return reviewWindow(c)
	}
	if !ok {
		w, _ = window.Find(defaultWindow)
	}
	return w, in, nil
}

// configOf reads the pir.yaml that --config names, else the one in a folder.
func (a *app) configOf(dir string) (c incident.Config, found bool, err error) {
	name := a.settings.config
	if name == "" {
		name = filepath.Join(dir, incident.ConfigName)
	}
	if _, err := os.Stat(name); a.settings.config == "" && errors.Is(err, fs.ErrNotExist) {
		return c, false, nil
	}
	c, err = incident.ReadConfig(disk{}, filepath.ToSlash(name))
	return c, err == nil, err
}

// reviewTimeline is what due dates count from: the timeline that the review was
// made from, else what its Markdown says.
func reviewTimeline(d *document.Document) *timeline.Timeline {
	t := &timeline.Timeline{Incident: timeline.Incident{ID: d.Facts.ID, Title: d.Facts.Title}}
	if d.Sidecar != nil && d.Sidecar.Timeline != nil {
		made := *d.Sidecar.Timeline
		t = &made
	} else {
		t.Milestones = toldMilestones(d.Facts)
	}
	if s := timeline.Severity(d.Front.Severity); s != "" {
		t.Incident.Severity = s
	}
	if d.Front.Title != "" {
		t.Incident.Title = d.Front.Title
	}
	return t
}

// toldMilestones are the milestones that Markdown names, with the last end of
// impact where it names windows only.
func toldMilestones(f document.Facts) []timeline.Boundary {
	var list []timeline.Boundary
	ended := false
	for _, m := range f.Milestones {
		list = append(list, timeline.Boundary{Name: m.Name, Episode: m.Episode, Time: m.Time, NotAfter: m.NotAfter})
		ended = ended || m.Name == timeline.ImpactEnd
	}
	var last time.Time
	for _, w := range f.Windows {
		if w.End.After(last) {
			last = w.End
		}
	}
	if !ended && !last.IsZero() {
		list = append(list, timeline.Boundary{Name: timeline.ImpactEnd, Time: last})
	}
	return list
}
