package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"pir/incident"
)

func formatsCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "formats [NAME]",
		Short: "List what can be read",
		Long: paragraph(`
List the kinds of documents and logs that can be read, and how each is
recognised. What a file is is found out from its content; kind:path, or kind: in
pir.yaml, says it. With a name, tell how to export it and how long it lasts.`),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return misuse(errors.New("formats takes one name at most"), "pir formats notes")
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return kindNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			p := &printer{w: a.out}
			for _, k := range incident.Kinds() {
				switch {
				case len(args) == 0:
					p.kindRow(k, a.tableWidth())
				case args[0] == k.Name:
					p.kind(k, a.tableWidth())
					return p.err
				}
			}
			if len(args) > 0 {
				return misuse(fmt.Errorf("unknown format %q", args[0]), "pir formats lists them")
			}
			return p.err
		},
	}
}

func kindNames() []string {
	var names []string
	for _, k := range incident.Kinds() {
		names = append(names, k.Name)
	}
	return names
}

// kindRow lists a kind, and by what it is recognised.
func (p *printer) kindRow(k incident.Kind, width int) {
	const indent = 14 + 2 + 8 + 2
	for i, text := range []string{k.Doc, "by " + k.Recognised} {
		for j, line := range wrap(text, width-indent, 9) {
			if i == 0 && j == 0 {
				p.line("%s  %s  %s", pad(k.Name, 14), pad(sort(k), 8), line)
				continue
			}
			p.line("%s%s", strings.Repeat(" ", indent), line)
		}
	}
}

// kind tells all of one.
func (p *printer) kind(k incident.Kind, width int) {
	p.line("%s (%s)", k.Name, sort(k))
	for _, row := range [][2]string{
		{"what", k.Doc}, {"recognised by", k.Recognised}, {"export", k.Export}, {"lasts", k.Lasts},
	} {
		for i, line := range wrap(row[1], width-18, 9) {
			name := row[0]
			if i > 0 {
				name = ""
			}
			p.line("  %s  %s", pad(name, 14), line)
		}
	}
}

// sort is what a kind is read as.
func sort(k incident.Kind) string {
	if k.Log {
		return "log"
	}
	return "document"
}
