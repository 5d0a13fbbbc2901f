package main

import (
	"embed"
	"strings"

	"github.com/spf13/cobra"

	"pir/timeline"
)

//go:embed help/*.txt
var helpTexts embed.FS

// topics are the help pages that are about no command, in order.
var topics = []struct {
	name, short string
	text        func() string
}{
	{"inputs", "What can be named as an input, and how times get their zone", page("inputs")},
	{"config", "The keys of pir.yaml", page("config")},
	{"evidence", "How a milestone gets its time", page("evidence")},
	{"warnings", "What the codes of warnings mean", warningsPage},
	{"changes", "What kinds of changes pir diff tells", changesPage},
	{"rules", "What pir check looks for", rulesPage},
	{"exit", "The exit statuses", page("exit")},
}

func topicCommands() []*cobra.Command {
	var list []*cobra.Command
	for _, t := range topics {
		list = append(list, &cobra.Command{Use: t.name, Short: t.short, Long: t.text()})
	}
	return list
}

func page(name string) func() string {
	return func() string {
		data, err := helpTexts.ReadFile("help/" + name + ".txt")
		if err != nil {
			return err.Error()
		}
		return strings.TrimSpace(string(data))
	}
}

// warningsPage is made from the table that the warnings come from.
func warningsPage() string {
	lines := []string{"Every doubt about the result is a warning with a code:", ""}
	for _, c := range timeline.WarningCodes() {
		lines = append(lines, pad(c.Code, 22)+c.Meaning)
	}
	return strings.Join(append(lines, "",
		"Like warnings are folded into one line; --format json has each, with its evidence."), "\n")
}
