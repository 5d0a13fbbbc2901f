package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"pir/incident"
)

func formatsCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "formats [NAME]",
		Short: "List what can be read",
		Long: paragraph(`
List the kinds of documents and logs that can be read. What a file is is found
out from its content; kind:path, or kind: in pir.yaml, says it.`),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return misuse(errors.New("formats takes one name at most"), "pir formats notes")
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			var names []string
			for _, k := range incident.Kinds() {
				names = append(names, k.Name)
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			p := &printer{w: a.out}
			shown := 0
			for _, k := range incident.Kinds() {
				if len(args) == 0 || args[0] == k.Name {
					p.line("%s  %s  %s", pad(k.Name, 14), pad(sort(k), 8), k.Doc)
					shown++
				}
			}
			if shown == 0 {
				return misuse(fmt.Errorf("unknown format %q", args[0]), "pir formats lists them")
			}
			return p.err
		},
	}
}

// sort is what a kind is read as.
func sort(k incident.Kind) string {
	if k.Log {
		return "log"
	}
	return "document"
}
