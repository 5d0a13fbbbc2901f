package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pir/review/diff"
)

// diffForms are the forms of a diff, by name.
var diffForms = []struct {
	name  string
	write func(*diffRun, *diff.Diff) error
}{
	{"text", (*diffRun).text},
	{"markdown", func(r *diffRun, d *diff.Diff) error { return r.print(d.Markdown()) }},
	{"html", func(r *diffRun, d *diff.Diff) error { return d.WriteHTML(r.out) }},
	{"json", func(r *diffRun, d *diff.Diff) error { return d.WriteJSON(r.out) }},
	{"unified", func(r *diffRun, d *diff.Diff) error { return d.WriteUnified(r.out) }},
}

// diffRun is one run of pir diff.
type diffRun struct {
	*app
	format, failOn string
	facts          bool
	driver         bool // called by git
}

func diffCommand(a *app) *cobra.Command {
	r := &diffRun{app: a}
	c := &cobra.Command{
		Use:   "diff [flags] [OLD] NEW",
		Short: "Tell what changed between two reviews",
		Long: paragraph(`
Tell what changed between two reviews: facts first (milestones, windows of
impact, figures, rows of the timeline, action items, evidence), then the prose.
How a page is wrapped, aligned or escaped is no change.

A review is a file, - for the standard input, or REV:path for a file of a
commit, as git names it. Where both have their .pir.json beside them, that
decides what the facts are; else the Markdown does. Without OLD, NEW is compared
with the last stage that was published: X.preliminary.md beside X.md.

The exit status is 0 where nothing changed and 3 where something did; with
--fail-on it is 3 only for changes of those types (pir help changes), or of the
groups facts and prose.

git calls pir diff itself, with seven arguments, where it is its diff driver
(see the README); then the status is 0.`),
		Example: example(`
pir diff statement.md preliminary.md
pir diff HEAD~1:review.md review.md
pir diff --facts review.md
pir diff --format html old.md new.md > changes.html
pir diff --fail-on milestone_moved,evidence_lost old.md new.md`),
		RunE: func(cmd *cobra.Command, args []string) error { return r.run(cmd.Context(), args) },
	}
	flags := c.Flags()
	flags.SortFlags = false
	flags.StringVar(&r.format, "format", "text", "`form` of the output: "+strings.Join(diffFormNames(), ", "))
	flags.BoolVar(&r.facts, "facts", false, "what matters in at most five lines, and nothing else")
	flags.StringVar(&r.failOn, "fail-on", "", "`types` of changes, with commas, for which the exit status is 3; facts and prose are groups")
	completeWords(c, "format", diffFormNames())
	return c
}

func diffFormNames() []string {
	var names []string
	for _, f := range diffForms {
		names = append(names, f.name)
	}
	return append(names, schemaFormat)
}

// run compares what the arguments name.
func (r *diffRun) run(ctx context.Context, args []string) error {
	if err := oneOf(r.format, diffFormNames()...); err != nil {
		return misuse(fmt.Errorf("--format: %w", err), "")
	}
	if r.facts && r.format != "text" {
		return misuse(errors.New("--facts is text; the other forms have all changes"), "")
	}
	types, err := typesOf(r.failOn)
	if err != nil {
		return misuse(fmt.Errorf("--fail-on: %w", err), "pir help changes lists the types")
	}
	if r.format == schemaFormat {
		return diff.WriteSchema(r.out)
	}
	frugal()
	old, new, err := r.sides(ctx, args)
	if err != nil {
		return err
	}
	d := diff.Compare(old, new)
	for _, note := range d.Coarse {
		r.voice.warning("compared less finely: " + note)
	}
	if err := r.write(d); err != nil {
		return err
	}
	if r.driver {
		return nil
	}
	for _, c := range d.Changes {
		if types == nil || slices.Contains(types, c.Type) {
			return &exitError{status: found}
		}
	}
	return nil
}

// frugal has garbage collected earlier where a comparison takes much memory: two
// pages of 10 MB in which everything is like everything would take 1 GiB. A
// limit of the user's, GOMEMLIMIT, holds.
func frugal() {
	const enough = 512 << 20
	if debug.SetMemoryLimit(-1) == math.MaxInt64 {
		debug.SetMemoryLimit(enough)
	}
}

func (r *diffRun) write(d *diff.Diff) error {
	out := r.out
	buffer := bufio.NewWriterSize(out, 64<<10)
	r.out = buffer
	err := r.form(d)
	r.out = out
	return cmp.Or(err, buffer.Flush())
}

// form writes the diff in the form that was asked for.
func (r *diffRun) form(d *diff.Diff) error {
	if r.facts {
		return r.brief(d)
	}
	for _, f := range diffForms {
		if f.name == r.format {
			return f.write(r, d)
		}
	}
	return nil
}

func (r *diffRun) print(text string) error {
	_, err := io.WriteString(r.out, text)
	return err
}

// typesOf reads the types of --fail-on; nil is all of them.
func typesOf(list string) ([]diff.Type, error) {
	var out []diff.Type
	for _, name := range strings.Split(list, ",") {
		name = strings.TrimSpace(name)
		if name == "" {
			continue
		}
		n := len(out)
		for _, k := range diff.Kinds() {
			if string(k.Type) == name || k.Group == name {
				out = append(out, k.Type)
			}
		}
		if len(out) == n {
			return nil, fmt.Errorf("unknown type of change %q", name)
		}
	}
	return out, nil
}

// changesPage is the help page about the types of changes, made from their table.
func changesPage() string {
	lines := []string{"What pir diff tells, in the order in which it tells it:"}
	group := ""
	for _, k := range diff.Kinds() {
		if k.Group != group {
			group = k.Group
			lines = append(lines, "", group)
		}
		lines = append(lines, "  "+pad(string(k.Type), 20)+" "+k.Doc)
	}
	return strings.Join(append(lines, "",
		"--fail-on takes these names, and the two groups."), "\n")
}
