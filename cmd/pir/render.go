package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"pir/incident"
	"pir/internal/redact"
	"pir/review/document"
	"pir/review/edition"
)

// renderRun is one run of pir render.
type renderRun struct {
	*app
	audience, format, output, mapping string
}

func renderCommand(a *app) *cobra.Command {
	r := &renderRun{app: a}
	c := &cobra.Command{
		Use:   "render [flags] FILE",
		Short: "Write an edition of a review for customers or insiders",
		Long: paragraph(`
Write an edition of a finished review, as Markdown, as one page of HTML that
needs nothing else, or as text to paste into a mail or a status page.

Customers see no parts between <!-- pir:internal --> and <!-- /pir:internal -->,
no rows of the timeline whose records are chat, pages, tickets, logs or notes,
unless a milestone rests on them, or that pir.yaml marks internal: true; no
evidence, no ids, no comments; roles for names; and placeholders for keys,
addresses and numbers: [email-1] is the same one everywhere. Insiders see all
but comments, keys, tokens and passwords.

At the end a gate looks at what is to be written. Where it finds anything,
nothing is written, rule and place are told, and the exit status is 1.

People and their roles, rows marked internal, and what else is masked are those
of the pir.yaml beside the review (pir help config).`),
		Example: example(`
pir render samples/checkout-rollback/review.md
pir render review.md --format html -o review.customer.html
pir render review.md --audience internal --format text`),
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return r.run(args[0]) },
	}
	flags := c.Flags()
	flags.SortFlags = false
	flags.StringVar(&r.audience, "audience", string(edition.Customer), "for `whom`: customer or internal")
	flags.StringVar(&r.format, "format", "markdown", "`form` of the output: "+strings.Join(edition.Formats(), ", "))
	flags.StringVarP(&r.output, "output", "o", "", "write to `file`")
	flags.StringVar(&r.mapping, "mapping", "", "write what the placeholders stand for to `file`, for the house alone")
	completeWords(c, "audience", audienceNames())
	completeWords(c, "format", edition.Formats())
	return c
}

func audienceNames() []string {
	var names []string
	for _, a := range edition.Audiences() {
		names = append(names, string(a))
	}
	return names
}

func (r *renderRun) run(name string) error {
	if err := oneOf(r.audience, audienceNames()...); err != nil {
		return misuse(fmt.Errorf("--audience: %w", err), "")
	}
	if err := oneOf(r.format, edition.Formats()...); err != nil {
		return misuse(fmt.Errorf("--format: %w", err), "")
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return misuse(fmt.Errorf("%s is a folder", name), "name the review: "+filepath.Join(name, "review.md"))
	}
	for _, file := range []string{r.output, r.mapping} {
		if file != "" && (sameName(file, name) || sameName(file, sidecarOf(name))) {
			return misuse(fmt.Errorf("%s is the review itself", file), "choose another name")
		}
	}
	d, err := r.readReview(name)
	if err != nil {
		return err
	}
	opt, err := r.editionOptions(d, filepath.Dir(name))
	if err != nil {
		return err
	}
	e, found := edition.New(d, opt)
	if len(found) == 0 {
		var out []byte
		if out, found = e.Write(r.format); len(found) == 0 {
			return r.write(e, out)
		}
	}
	return r.refuse(name, found)
}

// editionOptions are those of the pir.yaml beside a review; without one nobody's
// role is known.
func (r *renderRun) editionOptions(d *document.Document, dir string) (edition.Options, error) {
	opt := edition.Options{Audience: edition.Audience(r.audience)}
	name := r.settings.config
	if name == "" {
		name = filepath.Join(dir, incident.ConfigName)
		if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
			return opt, nil
		}
	}
	c, err := incident.ReadConfig(disk{}, filepath.ToSlash(name))
	if err != nil {
		return opt, err
	}
	for _, p := range c.Redaction.People {
		opt.People = append(opt.People, redact.Person{Name: p.Match, Role: p.Role})
	}
	opt.Hidden = c.Redaction.Internal
	_, opt.Own, err = redaction(c)
	return opt, err
}

// redaction is what pir.yaml says about what is masked.
func redaction(c incident.Config) (string, []redact.Rule, error) {
	var rules []redact.Rule
	for _, p := range c.Redaction.Patterns {
		rule, err := redact.Own(p.Name, p.Match)
		if err != nil {
			return "", nil, misuse(fmt.Errorf("%s: match: %w", p.At, err), "")
		}
		rules = append(rules, rule)
	}
	return c.Redaction.Drafts, rules, nil
}

// write writes the edition, and what the placeholders stand for where that is
// asked for.
func (r *renderRun) write(e *edition.Edition, out []byte) error {
	for _, note := range e.Notes {
		r.voice.warning(note)
	}
	if r.mapping != "" {
		var b bytes.Buffer
		for _, m := range e.Mapping() {
			fmt.Fprintf(&b, "%s\t%s\t%q\n", m.Placeholder, m.Rule, m.Value)
		}
		if err := privateFile(r.mapping, b.Bytes()); err != nil {
			return err
		}
	}
	if r.output == "" {
		_, err := r.out.Write(out)
		return err
	}
	if err := r.replace(r.output, out); err != nil {
		return err
	}
	if !r.settings.quiet {
		fmt.Fprintf(r.err, "wrote %s (for %s)\n", r.output, map[string]string{"customer": "customers", "internal": "insiders"}[r.audience])
	}
	return nil
}

// privateFile writes a file that nobody else may read.
func privateFile(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return misuse(fmt.Errorf("--mapping: %s exists", name), "choose another name, or move it away")
	}
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// refuse tells what the gate found: rule and place, never the value.
func (r *renderRun) refuse(name string, found []edition.Finding) error {
	for _, f := range found {
		r.voice.failure(fmt.Errorf("%s: %s", name, f))
	}
	return &exitError{
		status: failed, err: fmt.Errorf("%s: nothing is written, since %s would be seen", name, counted(len(found), "thing that should not", "things that should not")),
		hint: "mend the review; what belongs to insiders goes between <!-- pir:internal --> and <!-- /pir:internal -->, each on a line of its own",
	}
}

// sameName reports whether two names are of one file.
func sameName(a, b string) bool {
	x, err := os.Stat(a)
	y, other := os.Stat(b)
	return err == nil && other == nil && os.SameFile(x, y) || filepath.Clean(a) == filepath.Clean(b)
}
