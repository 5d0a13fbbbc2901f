package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"pir/timeline"
)

func versionCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Tell the version of the program and of its JSON",
		Args:  noArguments,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(a.out, "pir %s (%s)\n", release, timeline.Schema)
			return err
		},
	}
}
