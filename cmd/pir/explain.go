package main

import (
	"bytes"
	"errors"

	"github.com/spf13/cobra"
)

func explainCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "explain WHAT [input...]",
		Short: "Tell why a milestone has its time, or where anything comes from",
		Long: paragraph(`
Tell where something in the timeline or in the review comes from.

WHAT is a milestone (its ladder of evidence is shown: every candidate, and why
the chosen one won), a phase, a metric, or the id of an event, signal or burst.`),
		Example: example(`
pir explain mitigated samples/azure-2024-07-30
pir explain time_to_detect samples/checkout-rollback`),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return misuse(errors.New("explain needs a word: what to explain"), "pir explain mitigated DIR")
			}
			return nil
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveDefault
			}
			return milestoneNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			result, err := a.load(cmd.Context(), args[1:], span{}, "")
			if err != nil {
				return err
			}
			var text bytes.Buffer
			if err := result.Timeline.Explain(&text, args[0]); err != nil {
				return misuse(err, "a milestone, a metric, or an id from pir timeline --format json")
			}
			if _, err := a.out.Write(text.Bytes()); err != nil {
				return err
			}
			return a.whole(result)
		},
	}
}
