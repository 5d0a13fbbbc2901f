package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pir/review"
	"pir/review/check"
	"pir/review/document"
	"pir/review/window"
)

// checkSchema is the version of the JSON of pir check.
const checkSchema = "pir.check/1"

// checkFormats are the outputs of pir check: one row each.
var checkFormats = []struct {
	name  string
	write func(a *app, pages []check.Page) error
}{
	{"text", (*app).writeCheckText},
	{"json", (*app).writeCheckJSON},
	{"sarif", (*app).writeSARIF},
}

func checkCommand(a *app) *cobra.Command {
	var format string
	var rules, disabled []string
	c := &cobra.Command{
		Use:   "check [flags] FILE|DIR...",
		Short: "Look for what readers of a review would stumble over",
		Long: paragraph(`
Look for what readers of a review would stumble over: conflicts that were left,
prompts without an answer, facts that contradict each other, actions without an
owner, words that blame, links that lead nowhere. "pir help rules" lists the rules.
It exits with 3 when it finds something.

Any Markdown can be checked; what a stage requires is checked of reviews that
name their stage. A folder stands for the reviews below it.

A comment on the page hides findings, with a reason: of the next block, or with
ignore-file of the whole page.

  <!-- pir:ignore blame: these are the words of the law -->`),
		Example: example(`
pir check samples/checkout-rollback/review.md
pir check --disable counterfactual,zone reviews
pir check --format sarif review.md > review.sarif`),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return misuse(errors.New("check needs a review: a file, a folder, or - for the standard input"), "pir check review.md")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if err := oneOf(format, "text", "json", "sarif"); err != nil {
				return misuse(fmt.Errorf("--format: %w", err), "")
			}
			if err := errors.Join(knownRules("--rules", rules), knownRules("--disable", disabled)); err != nil {
				return misuse(err, "pir help rules lists them")
			}
			pages, err := a.checkPages(args, check.Options{Only: rules, Disabled: disabled})
			if err != nil {
				return err
			}
			count := 0
			for _, p := range pages {
				count += len(p.Findings)
			}
			for _, f := range checkFormats {
				if f.name == format {
					err = f.write(a, pages)
				}
			}
			if err == nil && count > 0 {
				err = &exitError{status: found}
			}
			return err
		},
	}
	flags := c.Flags()
	flags.SortFlags = false
	flags.StringVar(&format, "format", "text", "`form` of the output: text, json or sarif")
	flags.StringSliceVar(&rules, "rules", nil, "look for these `rules` only, by id or name")
	flags.StringSliceVar(&disabled, "disable", nil, "leave these `rules` out")
	completeWords(c, "format", []string{"text", "json", "sarif"})
	completeWords(c, "rules", ruleNames())
	completeWords(c, "disable", ruleNames())
	return c
}

// knownRules gives an error that names a rule that there is not. The names are
// put as the table has them.
func knownRules(flag string, names []string) error {
	for i, name := range names {
		r, known := check.Find(strings.TrimSpace(name))
		if !known {
			return fmt.Errorf("%s: there is no rule %q", flag, name)
		}
		names[i] = r.ID
	}
	return nil
}

func ruleNames() []string {
	var names []string
	for _, r := range check.Rules() {
		names = append(names, r.Name)
	}
	return names
}

// checkPages checks all that the arguments name.
func (a *app) checkPages(args []string, opt check.Options) ([]check.Page, error) {
	list, err := findReviews(args)
	if err != nil {
		return nil, err
	}
	if len(list.files) == 0 {
		return nil, misuse(fmt.Errorf("%s: no review", strings.Join(args, ", ")), "pir draft -o review.md makes a review")
	}
	var pages []check.Page
	for _, name := range list.files {
		d, err := a.readReview(name)
		if err != nil {
			return nil, err
		}
		dir := filepath.Dir(name)
		of := opt
		if d.Front.Stage != "" {
			w, _, err := a.windowOf(d, dir)
			if err != nil {
				return nil, err
			}
			of.Window = &w
		}
		if of.Sections, err = a.sectionsOf(d, dir); err != nil {
			return nil, err
		}
		if name != "-" {
			of.Exists = func(path string) bool {
				_, err := os.Stat(filepath.Join(dir, filepath.FromSlash(path)))
				return err == nil
			}
		}
		pages = append(pages, check.Page{Document: d, Findings: check.Check(d, of)})
	}
	return pages, nil
}

// sectionsOf finds the template set of a review: that of the sidecar, else of the
// pir.yaml beside it. Nil is one that is not known.
func (a *app) sectionsOf(d *document.Document, dir string) (func(window.Form) []string, error) {
	set := ""
	if d.Sidecar != nil {
		set = d.Sidecar.Template.Set
	}
	c, found, err := a.configOf(dir)
	if err != nil {
		return nil, err
	}
	if found && (set == "" || filepath.Base(c.Template) == set) {
		set = c.Template
	}
	var folder fs.FS
	if isFolder(set) {
		folder = os.DirFS(set)
	} else if !slices.Contains(review.Templates(), set) {
		return nil, nil
	}
	return func(form window.Form) []string {
		list, err := review.SetSections(set, folder, form)
		if err != nil {
			return nil // the set is a folder that changed; nothing is left out
		}
		return list
	}, nil
}

// levelColors are the colors of severities.
var levelColors = map[check.Severity]string{check.Error: "red", check.Warning: "yellow", check.Note: "cyan"}

// writeCheckText writes a line for each finding, as editors and terminals know
// to follow: path:line:column.
func (a *app) writeCheckText(pages []check.Page) error {
	p := &printer{w: a.out}
	paint := styleFor(a.settings.color, a.columns() > 0, a.env)
	found, files := 0, 0
	for _, page := range pages {
		for _, f := range page.Findings {
			p.line("%s:%d:%d: %s: %s %s", visible(page.Name), f.Line, f.Column,
				paint.paint(levelColors[f.Rule.Severity], string(f.Rule.Severity)), visible(f.Message), paint.paint("dim", "("+f.Rule.ID+" "+f.Rule.Name+")"))
		}
		if len(page.Findings) > 0 {
			files++
		}
		found += len(page.Findings)
	}
	if found > 0 && !a.settings.quiet {
		fmt.Fprintf(a.err, "%s in %s\n", counted(found, "finding", "findings"), counted(files, "review", "reviews"))
	}
	return p.err
}

// findingJSON is a finding in JSON. Lines and columns count from 1; a column is
// a character; start and end are bytes of the file.
type findingJSON struct {
	Path      string         `json:"path"`
	Line      int            `json:"line"`
	Column    int            `json:"column"`
	EndLine   int            `json:"end_line"`
	EndColumn int            `json:"end_column"`
	Start     int            `json:"start"`
	End       int            `json:"end"`
	Rule      string         `json:"rule"`
	Name      string         `json:"name"`
	Severity  check.Severity `json:"severity"`
	Message   string         `json:"message"`
	Help      string         `json:"help"`
}

func (a *app) writeCheckJSON(pages []check.Page) error {
	rows := []findingJSON{}
	for _, p := range pages {
		for _, f := range p.Findings {
			rows = append(rows, findingJSON{
				p.Name, f.Line, f.Column, f.EndLine, f.EndColumn, f.Start, f.End,
				f.Rule.ID, f.Rule.Name, f.Rule.Severity, f.Message, f.Rule.Help,
			})
		}
	}
	e := json.NewEncoder(a.out)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	return e.Encode(struct {
		Schema   string        `json:"schema"`
		Findings []findingJSON `json:"findings"`
	}{checkSchema, rows})
}

func (a *app) writeSARIF(pages []check.Page) error {
	data, err := check.SARIF(pages, release)
	if err != nil {
		return err
	}
	_, err = a.out.Write(data)
	return err
}

// rulesPage is made from the table of rules.
func rulesPage() string {
	lines := []string{"pir check looks for these:", ""}
	for _, r := range check.Rules() {
		lines = append(lines, strings.TrimSpace(r.ID+"  "+pad(r.Name, 18)+pad(string(r.Severity), 9)+stagesOf(r)))
		for _, line := range append(wrap(r.Doc+".", 72, 9), wrap("> "+r.Help, 72, 9)...) {
			lines = append(lines, "        "+line)
		}
	}
	return strings.Join(append(lines, "",
		"An error is wrong, a warning makes a reader stumble, a note is worth a second",
		"look. Ids and names stay what they are. --rules and --disable take either.", "",
		"A comment hides findings, with a reason:", "",
		"  <!-- pir:ignore blame: why -->                  in the next block",
		"  <!-- pir:ignore blame, counterfactual: why -->  of both rules",
		"  <!-- pir:ignore-file zone: why -->              on the whole page", "",
		"Code and what stands in quotation marks or in a quotation is not checked for",
		"words, and neither are the blocks that pir generated."), "\n")
}

func stagesOf(r check.Rule) string {
	if r.Closed {
		return "stages that leave nothing open"
	}
	if len(r.Stages) == 0 {
		return ""
	}
	var names []string
	for _, f := range r.Stages {
		names = append(names, string(f))
	}
	return "stages: " + strings.Join(names, ", ")
}
