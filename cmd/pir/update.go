package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pir/incident"
	"pir/internal/textdiff"
	"pir/review"
	"pir/review/document"
	"pir/review/window"
	"pir/timeline"
)

// updateRun is one run of pir update.
type updateRun struct {
	*app
	stage, template string
	dry             bool
	name            string // of the review
	target          string // the file that it is, links followed
	review          kept
	window          window.Window
	result          *incident.Result // nil where the sidecar is all there is
}

func updateCommand(a *app) *cobra.Command {
	r := &updateRun{app: a}
	c := &cobra.Command{
		Use:   "update [flags] FILE [input...]",
		Short: "Bring new evidence into a review, and keep what people wrote",
		Long: paragraph(`
Bring new evidence into the generated blocks of a review, and keep what people
wrote: outside of the blocks all of it, and inside of them every row that was
added, reworded or taken out. A cell that both the evidence and a person changed
is kept twice, between markers, and the exit status is 3. While markers of a
conflict stand in a review nothing is written. The numbers of
citations go on to stand for the same evidence.

The evidence is that of the inputs; without any, of the pir.yaml beside the
review, or else what its .pir.json kept. Files that are not here any more are
taken from there too.

Sentences that hold a value which has changed are listed; they are yours to
change.

--stage promotes the review: the stage before is kept as FILE.STAGE.md, what
changed since is told below the banner, and the sections that the new stage asks
for are added.`),
		Example: example(`
pir update review.md
pir update review.md --dry-run
pir update review.md --stage final
pir update review.md new-alerts.json`),
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return r.run(cmd.Context(), args) },
	}
	flags := c.Flags()
	flags.SortFlags = false
	flags.StringVar(&r.stage, "stage", "", "promote the review to `stage`")
	flags.StringVar(&r.template, "template", "", "template `set` or a folder of templates (default: that of the review)")
	flags.BoolVar(&r.dry, "dry-run", false, "show what would change, and write nothing")
	completeWords(c, "stage", stageNames())
	completeWords(c, "template", review.Templates())
	return c
}

func (r *updateRun) run(ctx context.Context, args []string) error {
	if err := r.open(args[0]); err != nil {
		return err
	}
	t, opt, err := r.evidence(ctx, args[1:])
	if err != nil {
		return err
	}
	before := r.review.Front.Stage
	if before == "" {
		before = opt.Stage
	}
	opt.Stage = before
	if r.stage != "" {
		if err := r.checkStage(before); err != nil {
			return err
		}
		opt.Stage = r.stage
	}
	promoted := opt.Stage != before
	u, err := review.Update(r.review.Document, t, review.UpdateOptions{Options: opt, Since: r.since(before, promoted)})
	var marker *review.MarkerError
	var conflict *review.ConflictError
	switch {
	case errors.As(err, &conflict):
		err := fmt.Errorf("%s:%d: %w", r.name, conflict.Line, conflict)
		return &exitError{status: failed, err: err, hint: "keep one of the two texts there, take out the lines with the markers, and run it again; nothing was written"}
	case errors.As(err, &marker):
		err := fmt.Errorf("%s:%d: %s", r.name, marker.Fault.Line, marker.Fault.Message)
		return &exitError{status: failed, err: err, hint: "mend the markers; nothing was written"}
	case err != nil:
		return misuse(err, "")
	}
	if r.dry {
		err = r.show(u)
	} else {
		err = r.write(u, before, promoted)
	}
	if err != nil {
		return err
	}
	return r.report(u)
}

// open reads the review and finds the file that it is.
func (r *updateRun) open(name string) (err error) {
	if name == "-" {
		return misuse(errors.New("update changes a file; the standard input is none"), "")
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return misuse(fmt.Errorf("%s is a folder", name), "name the review: "+filepath.Join(name, "review.md"))
	}
	r.name, r.target = name, name
	if info, err := os.Lstat(name); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if r.target, err = filepath.EvalSymlinks(name); err != nil {
			return err
		}
	}
	r.review, err = r.keptReview(r.target)
	return err
}

// beside is the pir.yaml of the review: beside its name, or else beside the file
// that a link leads to. It is empty where there is none.
func (r *updateRun) beside() string {
	for _, name := range []string{r.name, r.target} {
		config := filepath.Join(filepath.Dir(name), incident.ConfigName)
		if _, err := os.Stat(config); err == nil {
			return config
		}
	}
	return ""
}

// evidence gives the timeline that the review is to be made from, and the
// options.
func (r *updateRun) evidence(ctx context.Context, inputs []string) (*timeline.Timeline, review.Options, error) {
	d := r.review.Document
	opt := review.Again(d)
	opt.Version, opt.Now = release, r.settings.now
	if len(inputs) == 0 && r.settings.config == "" {
		if beside := r.beside(); beside != "" {
			inputs = []string{beside}
		} else if d.Sidecar == nil {
			err := fmt.Errorf("%s: there is no %s beside it, and no %s", r.name, incident.ConfigName, filepath.Base(sidecarOf(r.target)))
			return nil, opt, misuse(err, "name the evidence: pir update "+r.name+" INPUT")
		}
	}
	var before *timeline.Timeline
	if d.Sidecar != nil {
		before = d.Sidecar.Timeline
	}
	if len(inputs) == 0 && r.settings.config == "" {
		r.voice.warning(fmt.Sprintf("no %s beside %s: the evidence is what %s kept", incident.ConfigName, r.name, filepath.Base(sidecarOf(r.target))))
		return before, opt, r.asBefore(&opt)
	}
	var err error
	r.before = before
	if r.result, err = r.load(ctx, inputs, span{}, ""); err != nil {
		return nil, opt, err
	}
	if n := len(r.result.StoodIn); n > 0 {
		r.voice.warning(fmt.Sprintf("not here, and taken from %s: %s", filepath.Base(sidecarOf(r.target)), listed(r.result.StoodIn)))
	}
	if r.nothingNew() {
		return before, opt, r.asBefore(&opt)
	}
	if err := r.configured(&opt); err != nil {
		return nil, opt, err
	}
	opt.ConfigSHA256 = r.result.Config.SHA256
	return r.result.Timeline, opt, nil
}

// listed names a few of a list.
func listed(names []string) string {
	const few = 5
	if len(names) > few {
		return strings.Join(names[:few], ", ") + fmt.Sprintf(" and %d more", len(names)-few)
	}
	return strings.Join(names, ", ")
}

// nothingNew reports whether files are missing, and all others, pir.yaml among
// them, are as they were: then the review is to be what it is.
func (r *updateRun) nothingNew() bool {
	d := r.review.Document
	if d.Sidecar == nil || len(r.result.StoodIn) == 0 || r.result.Config.SHA256 != d.Sidecar.Config {
		return false
	}
	files := func(t *timeline.Timeline) []string {
		var list []string
		for _, s := range t.Sources {
			list = append(list, s.Name+"\x00"+s.Path+"\x00"+s.SHA256)
		}
		slices.Sort(list)
		return list
	}
	return slices.Equal(files(r.result.Timeline), files(d.Sidecar.Timeline))
}

// asBefore takes the window and the templates that the review was made with.
func (r *updateRun) asBefore(opt *review.Options) error {
	if opt.Own != nil {
		r.window = *opt.Own
	} else {
		r.window, _ = window.Find(defaultWindow)
	}
	return r.templates(opt)
}

// configured takes what pir.yaml says.
func (r *updateRun) configured(opt *review.Options) error {
	c := r.result.Config
	if c.Path == "" {
		return r.asBefore(opt)
	}
	w, in, err := reviewWindow(c)
	if err != nil {
		return err
	}
	r.window, opt.Own, opt.Given, opt.Holidays = w, &w, in.Given, in.Holidays
	opt.Owner, opt.Banner = c.Owner, c.Banner
	if opt.Redact, opt.Patterns, err = redaction(c); err != nil {
		return err
	}
	if opt.Template == "" {
		opt.Template = c.Template
	}
	return r.templates(opt)
}

// templates finds the template set: that of the flag, else of the review.
func (r *updateRun) templates(opt *review.Options) error {
	named := r.template
	if named == "" && r.result != nil && filepath.Base(r.result.Config.Template) == opt.Template && isFolder(r.result.Config.Template) {
		named = r.result.Config.Template
	}
	if named != "" {
		opt.Template = named
	}
	if isFolder(opt.Template) {
		opt.TemplateDir, opt.Template = os.DirFS(opt.Template), filepath.Base(opt.Template)
	} else if opt.Template != "" && !slices.Contains(review.Templates(), opt.Template) {
		return misuse(fmt.Errorf("the review was made with the template set %q, which does not come with pir", opt.Template), "name its folder: --template DIR")
	}
	return nil
}

// checkStage refuses stages that the window has not, and a way back.
func (r *updateRun) checkStage(before string) error {
	var names []string
	for _, s := range r.window.Stages {
		if !slices.Contains(names, s.Name) {
			names = append(names, s.Name)
		}
	}
	to, from := slices.Index(names, r.stage), slices.Index(names, before)
	switch {
	case to < 0:
		return misuse(fmt.Errorf("--stage: window %q has no stage %q; it has: %s", r.window.Name, r.stage, strings.Join(names, ", ")), "")
	case to < from:
		return misuse(fmt.Errorf("--stage: %s is at the stage %s, and does not go back to %s", r.name, before, r.stage),
			"what it was is in "+copyName(r.target, r.stage)+", if it was ever promoted")
	}
	return nil
}

// since is the last stage before the one that the review is to have: the review
// itself when it is promoted, else the latest copy of an earlier stage.
func (r *updateRun) since(before string, promoted bool) *document.Document {
	if promoted {
		return r.review.Document
	}
	for i := len(r.window.Stages) - 1; i >= 0; i-- {
		name := r.window.Stages[i].Name
		if name == before {
			continue
		}
		for _, c := range r.review.copies {
			if filepath.Clean(filepath.FromSlash(c.Name)) == filepath.Clean(copyName(r.target, name)) && c.Front.Stage == name {
				return c
			}
		}
	}
	return nil
}

// copyName is the file that a stage of a review is kept in.
func copyName(name, stage string) string {
	ext := filepath.Ext(name)
	return strings.TrimSuffix(name, ext) + "." + stage + ext
}

// show prints what would change.
func (r *updateRun) show(u *review.Updated) error {
	var b strings.Builder
	line := 1
	for _, p := range textdiff.Lines(string(r.review.Source), string(u.Markdown)).Pieces {
		sign := map[textdiff.Op]string{textdiff.Delete: "-", textdiff.Insert: "+"}[p.Op]
		if sign == "-" || sign == "+" && !strings.HasSuffix(b.String(), "\x00") {
			fmt.Fprintf(&b, "@@ %s:%d\n", r.name, line)
		}
		for text := range strings.Lines(p.Text) {
			if sign != "" {
				b.WriteString(sign + visible(strings.TrimRight(text, "\r\n")) + "\n")
			}
			if sign != "+" {
				line++
			}
		}
		if sign == "-" {
			b.WriteByte(0) // what is inserted for it belongs to it
		}
	}
	_, err := r.out.Write([]byte(strings.ReplaceAll(b.String(), "\x00", "")))
	return err
}

// report tells on stderr what the writer should look at; the status is 3 where
// there is something to decide.
func (r *updateRun) report(u *review.Updated) error {
	at := func(list []review.UpdatedPlace, format string) {
		for _, p := range list {
			r.voice.warning(fmt.Sprintf("%s:%d: "+format, r.name, p.Line, strings.Join(strings.Fields(p.Text), " ")))
		}
	}
	at(u.Conflicts, "you and the evidence changed this: %s")
	at(u.Differ, "%s")
	at(u.Kept, "the evidence has this no more; it stays because you changed it: %s")
	at(u.Lost, "%s")
	at(u.Stale, "%s")
	for _, note := range u.Notes {
		r.voice.warning(r.name + ": " + note)
	}
	if n := len(u.Conflicts); n > 0 {
		err := fmt.Errorf("%s: %s between markers, for you to decide", r.name, counted(n, "change is", "changes are"))
		return &exitError{status: found, err: err}
	}
	if n := len(u.Differ); n > 0 {
		err := fmt.Errorf("%s: %s as before, for you to decide", r.name, counted(n, "block stays", "blocks stay"))
		return &exitError{status: found, err: err}
	}
	if r.result != nil {
		return r.whole(r.result)
	}
	return nil
}

// same reports whether a file has the bytes.
func sameFile(name string, data []byte) (bool, error) {
	there, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && bytes.Equal(there, data), err
}
