package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"pir/incident"
	"pir/review"
	"pir/review/window"
)

func draftCommand(a *app) *cobra.Command {
	var stage, template, output string
	c := &cobra.Command{
		Use:   "draft [flags] [input...]",
		Short: "Write a new review",
		Long: paragraph(`
Write a new review, made from the timeline of the inputs.

The review is Markdown. Blocks between <!-- pir:begin NAME --> and
<!-- pir:end NAME --> were written by pir; all else is yours. Beside X.md stands
X.pir.json: the facts that the review was made from, with the words they were
read from. Keep both.`),
		Example: example(`
pir draft samples/checkout-rollback
pir draft samples/azure-2024-07-30 --stage preliminary -o review.md`),
		RunE: func(cmd *cobra.Command, args []string) error {
			if output != "" {
				if err := checkOutput(output); err != nil {
					return err
				}
				if err := refuseExisting(output, sidecarOf(output)); err != nil {
					return err
				}
			}
			result, err := a.load(cmd.Context(), args, span{}, "")
			if err != nil {
				return err
			}
			r, err := a.review(result, stage, template)
			if err != nil {
				return err
			}
			if err := a.writeReview(r, output); err != nil {
				return err
			}
			return a.whole(result)
		},
	}
	flags := c.Flags()
	flags.SortFlags = false
	flags.StringVarP(&output, "output", "o", "", "write to `file`, with its .pir.json beside it; an existing one is refused")
	flags.StringVar(&stage, "stage", "", "`stage` of the review window (default: its first)")
	flags.StringVar(&template, "template", "", "template `set` or a folder of templates (default: that of pir.yaml, or azure)")
	completeWords(c, "stage", stageNames())
	completeWords(c, "template", review.Templates())
	return c
}

// review makes the review of what was loaded. Flags are above pir.yaml.
func (a *app) review(result *incident.Result, stage, template string) (*review.Review, error) {
	c := result.Config
	opt := review.Options{
		Stage: stage, Template: c.Template, Owner: c.Owner, Banner: c.Banner, Version: release, Now: a.settings.now,
		ConfigSHA256: c.SHA256,
	}
	w, in, err := reviewWindow(c)
	if err != nil {
		return nil, err
	}
	opt.Own, opt.Given, opt.Holidays = &w, in.Given, in.Holidays
	if opt.Redact, opt.Patterns, err = redaction(c); err != nil {
		return nil, err
	}
	if template != "" {
		opt.Template = template
	}
	if err := checkNames(c, template); err != nil {
		return nil, err
	}
	if isFolder(opt.Template) {
		opt.TemplateDir, opt.Template = os.DirFS(opt.Template), filepath.Base(opt.Template)
	}
	r, err := review.New(result.Timeline, opt)
	if err != nil {
		return nil, misuse(err, "")
	}
	return r, nil
}

// checkNames looks at the names that pir.yaml gives, and tells its line.
func checkNames(c incident.Config, template string) error {
	if c.Template != "" && template == "" && !isFolder(c.Template) && !slices.Contains(review.Templates(), c.Template) {
		return misuse(fmt.Errorf("%s: unknown template set %q; there are: %s", c.TemplateAt, c.Template, strings.Join(review.Templates(), ", ")), "")
	}
	return nil
}

// windowNames are those of the review windows.
func windowNames() []string {
	var names []string
	for _, w := range window.Presets() {
		names = append(names, w.Name)
	}
	return names
}

// stageNames are those of the stages of all review windows.
func stageNames() []string {
	var names []string
	for _, w := range window.Presets() {
		for _, s := range w.Stages {
			if !slices.Contains(names, s.Name) {
				names = append(names, s.Name)
			}
		}
	}
	return names
}

// isFolder reports whether a template is named by its folder. A bare word is
// the name of a set.
func isFolder(name string) bool {
	if !strings.ContainsAny(name, `/\.`) {
		return false
	}
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// writeReview writes a review to the standard output, or to a file with its
// sidecar beside it. A file is there whole or not at all.
func (a *app) writeReview(r *review.Review, output string) error {
	if output == "" {
		_, err := a.out.Write(r.Markdown())
		return err
	}
	if err := renameio.WriteFile(sidecarOf(output), r.Sidecar(), 0o644); err != nil {
		return fmt.Errorf("write %s: %w", output, err)
	}
	if err := renameio.WriteFile(output, r.Markdown(), 0o644); err != nil {
		os.Remove(sidecarOf(output)) // a sidecar alone would refuse the next try
		return fmt.Errorf("write %s: %w", output, err)
	}
	lines := bytes.Count(r.Markdown(), []byte("\n"))
	if !a.settings.quiet {
		fmt.Fprintf(a.err, "wrote %s (%s) and %s\n", output, counted(lines, "line", "lines"), sidecarOf(output))
	}
	return nil
}

// sidecarOf is the name of the JSON beside a review.
func sidecarOf(name string) string {
	return strings.TrimSuffix(name, filepath.Ext(name)) + ".pir.json"
}

// checkOutput refuses names that could not work out, before anything is read.
func checkOutput(name string) error {
	folder := filepath.Dir(name)
	info, err := os.Stat(folder)
	switch {
	case strings.HasSuffix(name, ".pir.json"):
		return misuse(fmt.Errorf("--output: %s is the name of the facts beside a review", name), "name the review: "+strings.TrimSuffix(name, ".pir.json")+".md")
	case errors.Is(err, fs.ErrNotExist):
		return misuse(fmt.Errorf("--output: there is no folder %s", folder), "mkdir "+folder)
	case err == nil && !info.IsDir():
		return misuse(fmt.Errorf("--output: %s is no folder", folder), "")
	}
	return nil
}

// refuseExisting keeps what people wrote: a draft never overwrites.
func refuseExisting(names ...string) error {
	for _, name := range names {
		_, err := os.Lstat(name)
		switch {
		case err == nil:
			return misuse(fmt.Errorf("%s: the file exists, and a draft overwrites nothing", name),
				"choose another name, or move it away")
		case !errors.Is(err, fs.ErrNotExist):
			return misuse(err, "")
		}
	}
	return nil
}
