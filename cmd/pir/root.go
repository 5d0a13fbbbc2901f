package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"pir/timeline"
)

// app is one run of the program.
type app struct {
	world
	voice    *voice
	viper    *viper.Viper
	settings settings
	within   span     // what the user looks at
	picture  picture  // how a picture is asked for
	begun    bool     // a command was found, with its flags and arguments in order
	spooled  []string // files to remove at the end
	spilling sync.Mutex
	before   *timeline.Timeline // what stands in for files that are not here
	replace  func(name string, data []byte) error
}

func newApp(w world) *app {
	return &app{world: w, voice: &voice{w: w.err}, viper: viper.New(), replace: replaceFile}
}

// clean removes what the run left in the temporary folder.
func (a *app) clean() {
	for _, name := range a.spooled {
		os.Remove(name)
	}
}

// commands are all commands, in the order of the help.
func commands(a *app) []*cobra.Command {
	return []*cobra.Command{
		newCommand(a),
		timelineCommand(a),
		explainCommand(a),
		draftCommand(a),
		updateCommand(a),
		renderCommand(a),
		publishCommand(a),
		checkCommand(a),
		dueCommand(a),
		diffCommand(a),
		formatsCommand(a),
		versionCommand(a),
	}
}

func rootCommand(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "pir",
		Short: "Make a post-incident review out of logs, alerts, pages, status posts and notes",
		Long: paragraph(`
Make a post-incident review out of logs, alerts, pages, status posts and notes.

An input is a folder that holds a pir.yaml, a folder without one, a file (what
it is is found out; kind:path says it), a glob, or - for the standard input.
Without an input, ./pir.yaml is read.`),
		Example: example(`
pir timeline samples/checkout-rollback
pir explain mitigated samples/azure-2024-07-30
pir draft samples/azure-2024-07-30 --stage preliminary -o review.md`),
		Args:          unknownCommand,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetIn(a.in)
	addSettings(root.PersistentFlags())
	root.SetUsageTemplate(usage)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return misuse(plainFlagError(err), cmd.CommandPath()+" --help")
	})
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		a.begun = true
		return a.configure(cmd.Root().PersistentFlags())
	}
	root.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	root.SuggestionsMinimumDistance = 2
	cobra.EnableCommandSorting = false
	for _, c := range commands(a) {
		root.AddCommand(c)
	}
	for _, c := range topicCommands() {
		root.AddCommand(c)
	}
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "help":
			c.RunE, c.Run = helpFor(root), nil
		case "completion":
			c.Args = unknownShell
			c.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		}
	}
	return root
}

// usage is the layout of the help. Commands stand in the order of the table.
const usage = `Usage:{{if and .Runnable (not .HasAvailableSubCommands)}}
  {{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} COMMAND [flags] [input...]{{end}}{{if .HasExample}}

Examples:
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

Commands:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasHelpSubCommands}}

Topics, for "pir help":{{range .Commands}}{{if .IsAdditionalHelpTopicCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

Shared flags:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
`

// helpFor shows the page of a command or a topic, and refuses what is neither.
func helpFor(root *cobra.Command) func(*cobra.Command, []string) error {
	return func(_ *cobra.Command, args []string) error {
		c, rest, err := root.Find(args)
		if err != nil || len(rest) > 0 {
			return misuse(fmt.Errorf("unknown help topic %q", strings.Join(args, " ")), "pir help lists the commands and topics")
		}
		c.InitDefaultHelpFlag()
		return c.Help()
	}
}

// unknownShell refuses a shell that there is no completion for.
func unknownShell(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	return misuse(fmt.Errorf("no completion for %q; there is one for %s", args[0], strings.Join(names, ", ")), "")
}

// unknownCommand refuses a word that is no command. A path is a likely slip.
func unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := "pir help lists the commands"
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		hint = "did you mean " + strings.Join(near, " or ") + "?"
	} else if _, err := os.Stat(args[0]); err == nil {
		hint = "pir timeline " + args[0]
	}
	return misuse(fmt.Errorf("unknown command %q", args[0]), hint)
}

// noArguments refuses arguments.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return misuse(fmt.Errorf("%s takes no argument, got %q", cmd.Name(), args[0]), "")
}

// plainFlagError drops the quoting of the flag library's own words.
func plainFlagError(err error) error {
	text := err.Error()
	if rest, found := strings.CutPrefix(text, "invalid argument "); found {
		if value, rest, found := strings.Cut(rest, " for "); found {
			flag, why, _ := strings.Cut(rest, " flag: ")
			flag = strings.Trim(flag, `"`)
			if i := strings.LastIndex(why, ": "); i >= 0 {
				why = why[i+2:]
			}
			return fmt.Errorf("%s: %s: %s", flag, value, why)
		}
	}
	return errors.New(text)
}

// paragraph takes the line breaks off the ends of a text.
func paragraph(text string) string { return strings.Trim(text, "\n") }

// example indents the lines of an example as the help shows them.
func example(text string) string {
	return "  " + strings.ReplaceAll(paragraph(text), "\n", "\n  ")
}
