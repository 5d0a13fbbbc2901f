package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pir/internal/when"
	"pir/timeline"
)

// timelineFormats are the outputs of pir timeline: one row each.
var timelineFormats = []struct {
	name  string
	write func(a *app, w io.Writer, t *timeline.Timeline) error
}{
	{"table", writeTable},
	{"json", func(_ *app, w io.Writer, t *timeline.Timeline) error { return t.WriteJSON(w) }},
	{"jsonl", rowsWriter((*timeline.Timeline).WriteRows)},
	{"csv", rowsWriter((*timeline.Timeline).WriteCSV)},
	{"markdown", writeMarkdown},
	{"mermaid", writeMermaid},
	{"svg", writeSVG},
	{"html", writeHTML},
	{coverageFormat, writeCoverage},
	{suggestFormat, func(_ *app, w io.Writer, t *timeline.Timeline) error { return t.Suggest(w) }},
}

// The forms that flags of their own ask for.
const (
	coverageFormat = "coverage"
	suggestFormat  = "suggest"
)

// rowsWriter tells how many rows a form leaves out.
func rowsWriter(write func(*timeline.Timeline, io.Writer) (left int, err error)) func(*app, io.Writer, *timeline.Timeline) error {
	return func(a *app, w io.Writer, t *timeline.Timeline) error {
		left, err := write(t, w)
		if left > 0 && err == nil {
			a.voice.warning(counted(left, "row has no time and is", "rows have no time and are") +
				" left out: no other program could place such a row; --format json has all")
		}
		return err
	}
}

// schemaFormat tells the shape of the JSON, and reads no input.
const schemaFormat = "schema"

func timelineCommand(a *app) *cobra.Command {
	var format, from, to, around, margin string
	var lines, coverage, suggest bool
	c := &cobra.Command{
		Use:   "timeline [flags] [input...]",
		Short: "Show the merged timeline",
		Long: paragraph(`
Show the merged timeline: the milestones with the evidence for each, the phases,
the figures, and every row with the file and line that it comes from.`),
		Example: example(`
pir timeline samples/checkout-rollback
pir timeline --tz Europe/Paris notes.md alerts.json 'logs/*.gz'
pir timeline --around 2024-07-30T13:58Z --margin 30m samples/azure-2024-07-30
pir timeline --format json samples/azure-2024-07-30
pir timeline --format csv samples/checkout-rollback > timesketch.csv
pir timeline --format html samples/azure-2024-07-30 > timeline.html
pir timeline --format svg --width 390 samples/checkout-rollback > phone.svg
pir timeline --lines 'logs/*.gz' > merged.log`),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf(format, formatNames()...); err != nil {
				return misuse(fmt.Errorf("--format: %w", err), "")
			}
			if format == schemaFormat {
				return timeline.WriteSchema(a.out)
			}
			if around == "" && cmd.Flags().Changed("margin") {
				return misuse(errors.New("--margin goes with --around"), "")
			}
			within, err := a.spanFlags(from, to, around, margin)
			if err != nil {
				return err
			}
			if lines {
				if err := linesAlone(cmd, coverage, suggest); err != nil {
					return err
				}
				return a.lines(cmd.Context(), args, within)
			}
			if err := a.checkPicture(cmd, format); err != nil {
				return err
			}
			if format, err = ownForm(cmd, format, coverage, suggest); err != nil {
				return err
			}
			result, err := a.load(cmd.Context(), args, within, "")
			if err != nil {
				return err
			}
			if err := a.writeTimeline(format, result.Timeline); err != nil {
				return err
			}
			return a.whole(result)
		},
	}
	flags := c.Flags()
	flags.SortFlags = false
	flags.StringVar(&format, "format", "table", "`form` of the output: "+strings.Join(formatNames(), ", "))
	flags.StringVar(&from, "from", "", "look at what is not before `time`: logs are read from there")
	flags.StringVar(&to, "to", "", "look at what is before `time`: logs are read to there")
	flags.StringVar(&around, "around", "", "show the rows around `time`")
	flags.StringVar(&margin, "margin", "1h", "how far around, a `duration`")
	flags.BoolVar(&coverage, "coverage", false, "what became of each source, and nothing else")
	flags.BoolVar(&suggest, "suggest", false, "milestones for pir.yaml with the words that speak for them, and nothing else")
	flags.BoolVar(&lines, "lines", false, "every line of the logs in the order of time, and nothing else")
	completeWords(c, "format", formatNames())
	a.pictureFlags(c)
	return c
}

// ownForm is the form that a flag asks for which has one of its own.
func ownForm(cmd *cobra.Command, format string, coverage, suggest bool) (string, error) {
	given := cmd.Flags().Changed("format")
	switch {
	case coverage && given:
		return "", misuse(errors.New("--coverage is a table; --format json has it as sources"), "")
	case suggest && given:
		return "", misuse(errors.New("--suggest writes a part of a pir.yaml, without --format"), "")
	case coverage && suggest:
		return "", misuse(errors.New("--coverage and --suggest are asked for one by one"), "")
	case coverage:
		return coverageFormat, nil
	case suggest:
		return suggestFormat, nil
	}
	return format, nil
}

// linesAlone is an error where --lines stands beside another form.
func linesAlone(cmd *cobra.Command, coverage, suggest bool) error {
	switch {
	case cmd.Flags().Changed("format"):
		return misuse(errors.New("--lines has a form of its own, without --format"), "")
	case coverage || suggest:
		return misuse(errors.New("--lines writes lines and nothing else; ask for --coverage and --suggest in a run of their own"), "")
	}
	return nil
}

func formatNames() []string {
	var names []string
	for _, f := range timelineFormats {
		if f.name != coverageFormat && f.name != suggestFormat {
			names = append(names, f.name)
		}
	}
	return append(names, schemaFormat)
}

func completeWords(c *cobra.Command, flag string, words []string) {
	err := c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
	if err != nil {
		panic(err) // the flag does not exist: a slip of the program
	}
}

func (a *app) spanFlags(from, to, around, margin string) (span, error) {
	d, err := when.ParseSpan(margin)
	if err != nil || d <= 0 {
		return span{}, misuse(fmt.Errorf("--margin: %q is no duration like 30m or 1h", margin), "")
	}
	return a.parseSpan(from, to, around, d)
}

// writeTimeline writes to the standard output. All errors that the work itself
// can have are behind it: what is left are those of writing.
func (a *app) writeTimeline(format string, t *timeline.Timeline) error {
	out := bufio.NewWriterSize(a.out, 64<<10)
	for _, f := range timelineFormats {
		if f.name != format {
			continue
		}
		if err := f.write(a, out, t); err != nil {
			return err
		}
	}
	return out.Flush()
}

// writeTable draws the table for a person.
func writeTable(a *app, w io.Writer, t *timeline.Timeline) error {
	tab := a.table(w, t)
	tab.draw()
	return tab.err
}

// writeCoverage draws what became of the sources.
func writeCoverage(a *app, w io.Writer, t *timeline.Timeline) error {
	tab := a.table(w, t)
	tab.head()
	tab.coverage(false)
	return tab.err
}

func (a *app) table(w io.Writer, t *timeline.Timeline) *table {
	tab := &table{
		printer: printer{w: w}, t: t, width: a.tableWidth(),
		style: styleFor(a.settings.color, a.columns() > 0, a.env),
		zone:  t.Incident.Display, within: a.within,
	}
	if tab.zone == time.UTC {
		tab.zone = nil
	}
	return tab
}
