package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pir/incident"
	"pir/timeline"
)

func newCommand(a *app) *cobra.Command {
	var from []string
	var copied bool
	c := &cobra.Command{
		Use:   "new DIR [flags]",
		Short: "Begin an incident: write its pir.yaml, tell what to export",
		Long: paragraph(`
Begin an incident: write DIR/pir.yaml for what lies in DIR, and for the exports
that --from names. Each file is named there as what it was recognised as, files
that are no sources with the reason. All other keys are there to be filled in.

Then it tells what to export yet, in the order in which it is gone.

Files stay where they are, and are named from DIR; with --copy they are copied
into DIR. Nothing is overwritten.`),
		Example: example(`
pir new incidents/payments
pir new incidents/payments --from ~/Downloads/export --from alerts.json
pir new incidents/payments --from slack-export.zip --copy`),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] == "" {
				return misuse(errors.New("new needs one word: the folder to make"), "pir new DIR --from EXPORTS")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			n := &newFolder{app: a, dir: args[0]}
			if copied && len(from) == 0 {
				return misuse(errors.New("--copy goes with --from"), "")
			}
			return n.run(cmd.Context(), from, copied)
		},
	}
	flags := c.Flags()
	flags.SortFlags = false
	flags.StringArrayVar(&from, "from", nil, "a folder, an archive or a file with `exports`; may be given more than once")
	flags.BoolVar(&copied, "copy", false, "copy the exports into DIR")
	return c
}

// newFolder is the making of one.
type newFolder struct {
	*app
	dir  string // as the user names it
	home string // the same, absolute
}

func (n *newFolder) run(ctx context.Context, from []string, copied bool) error {
	if n.settings.config != "" {
		return misuse(errors.New("--config does not go with new, which writes one"), "")
	}
	if err := n.check(); err != nil {
		return err
	}
	inputs, err := n.inputs(from)
	if err != nil {
		return err
	}
	opt := incident.Options{Zone: n.settings.zone, Year: n.settings.year, Map: n.settings.columns, Spill: n.spill}
	survey, err := incident.Survey(ctx, inputs, opt)
	if err != nil {
		return n.plain(ctx, err)
	}
	if len(from) > 0 && !holdsSource(survey) {
		return &exitError{
			status: failed, err: fmt.Errorf("%s: nothing that can be read", strings.Join(from, ", ")),
			hint: "pir formats lists what can be read; kind:path says what a file is",
		}
	}
	var done copies
	if copied {
		if survey, err = n.copyIn(ctx, survey, inputs, opt, &done); err != nil {
			done.undo()
			return n.plain(ctx, err)
		}
	}
	made, err := n.scaffold(ctx, survey)
	if err != nil {
		done.undo()
		return err
	}
	if err := n.write(made.Text); err != nil {
		done.undo()
		return err
	}
	return n.tell(made, len(done.files))
}

// check refuses a folder that has a pir.yaml, before anything is read.
func (n *newFolder) check() error {
	home, err := filepath.Abs(n.dir)
	if err != nil {
		return err
	}
	n.home = home
	switch info, err := os.Stat(n.dir); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return &exitError{status: failed, err: err}
	case !info.IsDir():
		return &exitError{status: failed, err: fmt.Errorf("%s: a file of this name exists", n.dir), hint: "choose another name"}
	}
	if _, err := os.Lstat(n.config()); err == nil {
		return n.taken()
	}
	return nil
}

func (n *newFolder) config() string { return filepath.Join(n.dir, incident.ConfigName) }

// taken is the error of a pir.yaml that is there.
func (n *newFolder) taken() error {
	return &exitError{
		status: failed, err: fmt.Errorf("%s: the file exists, and new overwrites nothing", n.config()),
		hint: "pir timeline " + shellWord(n.dir) + " reads it; to begin anew move it away, or name another folder",
	}
}

// inputs are the exports, and the folder itself where it is there.
func (n *newFolder) inputs(from []string) ([]incident.Input, error) {
	var list []incident.Input
	for _, arg := range from {
		kind, name := incident.SplitKind(arg)
		if name == "" || name == "-" {
			return nil, misuse(fmt.Errorf("--from: %q is no file that can be named in a %s", arg, incident.ConfigName), "save it as a file first")
		}
		whole, err := filepath.Abs(name)
		if err != nil {
			return nil, err
		}
		info, err := os.Stat(name)
		switch {
		case err != nil && !strings.ContainsAny(name, "*?[{"):
			return nil, misuse(fmt.Errorf("--from: %s: no such file or folder", arg), "")
		case err == nil && !info.IsDir() && !info.Mode().IsRegular():
			return nil, misuse(fmt.Errorf("--from: %s: a pipe or a device, which can be read only once", arg), "save it as a file first")
		}
		list = append(list, incident.Input{FS: disk{}, Path: filepath.ToSlash(whole), Kind: kind})
	}
	if _, err := os.Stat(n.dir); err == nil {
		list = append(list, incident.Input{FS: disk{}, Path: filepath.ToSlash(n.home)})
	}
	return list, nil
}

func holdsSource(s *incident.Surveyed) bool {
	for _, f := range s.Files {
		if f.Why == "" {
			return true
		}
	}
	return false
}

// plain is an error as it is told: an interruption as one.
func (n *newFolder) plain(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return errInterrupted
	}
	return err
}

// scaffold makes the text, and tells the doubts about what was read for it.
func (n *newFolder) scaffold(ctx context.Context, survey *incident.Surveyed) (*incident.Scaffolded, error) {
	today := n.settings.now
	if today.IsZero() && n.now != nil {
		today = n.now()
	}
	var made *incident.Scaffolded
	_, err := n.read(ctx, func(opt incident.Options) (result *incident.Result, err error) {
		made, err = incident.Scaffold(ctx, survey, incident.ScaffoldOptions{
			Options: opt, FS: disk{}, Dir: filepath.ToSlash(n.home), Place: n.place, Today: today,
		})
		if err != nil {
			return nil, err
		}
		t := made.Result.Timeline
		t.Warnings = slices.DeleteFunc(t.Warnings, func(w timeline.Warning) bool { return slices.Contains(toldLater, w.Code) })
		return made.Result, nil
	})
	return made, err
}

// toldLater are the doubts about what the sources come to. They are told when
// that is shown: much of it goes when a person has looked at pir.yaml.
var toldLater = []string{
	timeline.WarnConflict, timeline.WarnOrderUnusual, timeline.WarnOrderImpossible,
	timeline.WarnReopened, timeline.WarnGap, timeline.WarnSkewEstimated,
}

// place is how a file is named from the folder. Where a link on the way would
// lead elsewhere the name is absolute.
func (n *newFolder) place(name string) string {
	name = filepath.FromSlash(name)
	near, err := filepath.Rel(n.home, name)
	if err != nil {
		return filepath.ToSlash(name)
	}
	if near == ".." || strings.HasPrefix(near, ".."+string(filepath.Separator)) {
		far, err := filepath.Rel(resolved(n.home), resolved(name))
		if err != nil || far != near {
			return filepath.ToSlash(name)
		}
	}
	return filepath.ToSlash(near)
}

// resolved follows the links in the folders of a name, as far as they exist.
func resolved(name string) string {
	dir, base := filepath.Split(filepath.Clean(name))
	dir = filepath.Clean(dir)
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		return filepath.Join(real, base)
	}
	if dir == name || dir == filepath.Dir(dir) {
		return name
	}
	return filepath.Join(resolved(dir), base)
}

// write makes the folder and the file, whole or not at all, and never over one
// that is there.
func (n *newFolder) write(text []byte) error {
	if err := os.MkdirAll(n.dir, 0o755); err != nil {
		return fmt.Errorf("make %s: %w", n.dir, err)
	}
	err := placeNew(n.config(), func(f *os.File) error {
		_, err := f.Write(text)
		return err
	})
	if errors.Is(err, fs.ErrExist) {
		return n.taken()
	}
	return err
}

// tell prints what was made and what to do next.
func (n *newFolder) tell(made *incident.Scaffolded, copied int) error {
	p := &printer{w: n.out}
	t := made.Result.Timeline
	p.line("wrote %s", visible(n.config()))
	if copied > 0 {
		p.line("  copied    %s", counted(copied, "file", "files"))
	}
	p.line("  incident  %s (%s)", visible(made.ID), made.IDFrom)
	if made.Title != "" {
		p.line("  title     %s", visible(made.Title))
	}
	aside := ""
	if made.Aside > 0 {
		aside = "; " + counted(made.Aside, "file is none", "files are none") + ", see there"
	}
	p.line("  sources   %s%s", count(made.Sources), aside)
	if span := readSpan(t); span != "" {
		p.line("  evidence  %s", span)
	}
	if made.Todo > 0 {
		p.line("  to do     %s in it %s for you", counted(made.Todo, "place", "places"), waits(made.Todo))
	}
	dir := visible(shellWord(n.dir))
	p.line("")
	p.line("Next:")
	rows := [][2]string{
		{"pir timeline " + dir, "what is known so far"},
		{"pir timeline --suggest " + dir, "milestones to put into pir.yaml"},
		{"pir draft -o " + visible(shellWord(filepath.Join(n.dir, "review.md"))) + " " + dir, "the first review"},
	}
	wide := 0
	for _, row := range rows {
		wide = max(wide, width(row[0]))
	}
	for _, row := range rows {
		p.line("  %s  %s", pad(row[0], wide), row[1])
	}
	p.exports(made.Next, n.tableWidth())
	return p.err
}

func waits(places int) string {
	if places == 1 {
		return "waits"
	}
	return "wait"
}

// readSpan tells how many events there are and when.
func readSpan(t *timeline.Timeline) string {
	if t.From.IsZero() {
		return ""
	}
	text := counted(len(t.Events), "event", "events") + ", " + t.From.UTC().Format("2006-01-02 15:04") + " to "
	if t.To.UTC().Format(time.DateOnly) != t.From.UTC().Format(time.DateOnly) {
		text += t.To.UTC().Format(time.DateOnly) + " "
	}
	return text + t.To.UTC().Format("15:04") + " UTC"
}

// exports lists what to get, what is gone first at the top.
func (p *printer) exports(list []incident.Export, width int) {
	if len(list) == 0 {
		return
	}
	p.line("")
	p.line("Export next what you have of these; what is gone first comes first:")
	for _, e := range list {
		kinds := strings.Join(append([]string{e.Name}, e.Others...), ", ")
		for i, row := range []string{e.What + " (" + kinds + "): " + e.Lasts, e.Export} {
			indent := "  "
			if i > 0 {
				indent = "      "
			}
			for _, line := range wrap(row, width-len(indent), 9) {
				p.line("%s%s", indent, line)
				if i == 0 {
					indent = "    "
				}
			}
		}
	}
	p.line("Put each into the folder, and name it under sources: in pir.yaml. \"pir formats\"")
	p.line("tells of each of the words in brackets.")
}

// shellWord is a word as a shell reads it back, and no flag.
func shellWord(word string) string {
	if strings.HasPrefix(word, "-") {
		word = "./" + word
	}
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./+,:@%"
	if word != "" && strings.Trim(word, plain) == "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
