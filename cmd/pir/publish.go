package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"pir/review/check"
	"pir/review/edition"
	"pir/site"
)

// publishRun is one run of pir publish.
type publishRun struct {
	*app
	to, out, base, audience      string
	dryRun, prune, force, drafts bool
}

func publishCommand(a *app) *cobra.Command {
	r := &publishRun{app: a}
	var names []string
	for _, t := range site.Targets() {
		names = append(names, t.Name)
	}
	c := &cobra.Command{
		Use:   "publish [flags] --to SITE --out DIR FILE|DIR...",
		Short: "Put reviews on the docs site that is there already",
		Long: paragraph(`
Put finished reviews on a docs site: pages in the right folder with the front
matter and the Markdown of that site, the picture of the incident beside them,
a list of all reviews, an Atom feed and a JSON index. A folder stands for the
reviews below it. A review keeps its address; the stages before it stand below
that, with a page that says what changed.

For customers, as pir render makes it, unless --audience says otherwise. Errors
of pir check stop it, and so does the gate of pir render. A review whose status
is neither approved nor published is a draft: it gets the flag of the site for
that, or stays away where the site has none.

What was published is kept in .pir-manifest.json below --out. Run again, only
what changed is written. A page that was edited on the site is reported and
kept, and the exit status is 3. Files of others are never touched. A run that
was cut off is completed by the next one.`),
		Example: example(`
pir publish reviews --to hugo --out ../docs --base-url https://docs.example.org/
pir publish reviews --to mkdocs --out ../docs --dry-run
pir publish review.md --to gfm --out published --audience internal`),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return misuse(errors.New("publish needs a review, or a folder of them"), "pir publish reviews --to hugo --out ../docs")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return r.run(args) },
	}
	flags := c.Flags()
	flags.SortFlags = false
	flags.StringVar(&r.to, "to", "", "kind of `site`: "+strings.Join(names, ", "))
	flags.StringVar(&r.out, "out", "", "`folder` of the site: that of its settings")
	flags.StringVar(&r.base, "base-url", "", "`address` of the site, for the feed")
	flags.StringVar(&r.audience, "audience", string(edition.Customer), "for `whom`: customer or internal")
	flags.BoolVar(&r.dryRun, "dry-run", false, "say what would change, and write nothing")
	flags.BoolVar(&r.prune, "prune", false, "remove what was published before and is no more")
	flags.BoolVar(&r.force, "force", false, "write over pages that were edited on the site")
	flags.BoolVar(&r.drafts, "drafts", false, "put drafts on sites that have no flag for them")
	completeWords(c, "to", names)
	completeWords(c, "audience", audienceNames())
	return c
}

func (r *publishRun) run(args []string) error {
	var names []string
	for _, t := range site.Targets() {
		names = append(names, t.Name)
	}
	if r.to == "" || r.out == "" {
		return misuse(errors.New("publish needs --to and --out"), "pir publish "+args[0]+" --to "+names[0]+" --out ../docs")
	}
	if err := oneOf(r.to, names...); err != nil {
		return misuse(fmt.Errorf("--to: %w", err), "")
	}
	if err := oneOf(r.audience, audienceNames()...); err != nil {
		return misuse(fmt.Errorf("--audience: %w", err), "")
	}
	target, _ := site.TargetOf(r.to)
	inputs, err := r.inputs(args)
	if err != nil {
		return err
	}
	built, err := site.Build(inputs, target, site.Options{BaseURL: r.base, Audience: edition.Audience(r.audience), Drafts: r.drafts})
	if err != nil {
		return misuse(err, "")
	}
	for _, note := range built.Notes {
		r.voice.warning(note)
	}
	if n := len(built.Refused); n > 0 {
		for _, f := range built.Refused {
			r.voice.failure(fmt.Errorf("%s: %s", f.Name, f.Finding))
		}
		return &exitError{
			status: failed, err: fmt.Errorf("nothing is published, since %s would be seen", counted(n, "thing that should not", "things that should not")),
			hint: "mend the review; pir render shows what customers would read",
		}
	}
	r.fits(target)
	return r.put(target, built.Files)
}

// inputs reads all reviews with the copies of their stages. An error that pir
// check finds in one stops all.
func (r *publishRun) inputs(args []string) ([]site.Input, error) {
	list, err := findReviews(args)
	if err != nil {
		return nil, err
	}
	if len(list.files) == 0 {
		return nil, misuse(fmt.Errorf("%s: no review", strings.Join(args, ", ")), "pir draft -o review.md makes a review")
	}
	var inputs []site.Input
	errorsFound := 0
	edit := renderRun{app: r.app, audience: r.audience}
	for _, name := range list.files {
		k, err := r.keptReview(name)
		if err != nil {
			return nil, err
		}
		pages, err := r.checkPages([]string{name}, check.Options{})
		if err != nil {
			return nil, err
		}
		for _, f := range pages[0].Findings {
			if f.Rule.Severity == check.Error {
				errorsFound++
				r.voice.failure(fmt.Errorf("%s:%d:%d: %s (%s %s)", name, f.Line, f.Column, f.Message, f.Rule.ID, f.Rule.Name))
			}
		}
		opt, err := edit.editionOptions(k.Document, filepath.Dir(name))
		if err != nil {
			return nil, err
		}
		inputs = append(inputs, site.Input{Review: k.Document, Copies: k.copies, Edition: opt})
	}
	if errorsFound > 0 {
		return nil, &exitError{status: failed, err: fmt.Errorf("nothing is published, since pir check finds %s", counted(errorsFound, "error", "errors")), hint: "mend them, or say on the page why they stand (pir help rules)"}
	}
	return inputs, nil
}

// fits says what the site needs once, and whether the folder seems to be that of
// such a site.
func (r *publishRun) fits(t site.Target) {
	known := len(t.Config) == 0
	for _, name := range t.Config {
		if _, err := os.Stat(filepath.Join(r.out, name)); err == nil {
			known = true
		}
	}
	if !known {
		r.voice.warning(fmt.Sprintf("%s has no %s: is it the folder of the site?", r.out, strings.Join(t.Config, " or ")))
	}
	if _, err := os.Stat(filepath.Join(r.out, manifestName)); err != nil && t.Hint != "" {
		r.voice.hint(t.Name + ": " + t.Hint)
	}
}

// tellPublished says what was done, one line for each file that changes.
func (r *publishRun) tellPublished(p *publishPlan) {
	if r.settings.quiet {
		return
	}
	verb := map[bool]string{false: "", true: "would be "}[r.dryRun]
	written, removed := 0, 0
	for _, s := range p.steps {
		word := map[action]string{create: "new", replace: "changed", remove: "removed"}[s.action]
		if word == "" {
			continue
		}
		if s.action == remove {
			removed++
		} else {
			written++
		}
		fmt.Fprintf(r.err, "%s%s: %s\n", verb, word, visible(s.path))
	}
	for _, s := range p.steps {
		switch s.action {
		case edited:
			r.voice.warning(s.path + " was edited on the site, and is kept")
		case foreign:
			r.voice.warning(s.path + " is there already and was not published by pir; it is kept")
		case stale:
			r.voice.warning(s.path + " is no more among the reviews; --prune removes it")
		}
	}
	if written+removed == 0 {
		fmt.Fprintf(r.err, "%s: nothing changed\n", r.out)
		return
	}
	fmt.Fprintf(r.err, "%s: %s\n", r.out, cmp.Or(joinWords(countedIf(written, verb+"written"), countedIf(removed, verb+"removed")), "nothing"))
}

func countedIf(n int, what string) string {
	if n == 0 {
		return ""
	}
	return counted(n, "file", "files") + " " + what
}

func joinWords(list ...string) string {
	var kept []string
	for _, w := range list {
		if w != "" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, ", ")
}
