package main

import (
	"context"
	"os"

	"pir/incident"
)

// lines writes every line of the logs in the order of time.
func (a *app) lines(ctx context.Context, args []string, within span) error {
	inputs, err := a.inputs(ctx, args)
	if err != nil {
		return err
	}
	result, err := a.read(ctx, func(opt incident.Options) (*incident.Result, error) {
		opt.From, opt.To = within.from, within.to
		if !within.aroundFrom.IsZero() {
			opt.From, opt.To = within.aroundFrom, within.aroundTo
		}
		return incident.Lines(ctx, inputs, opt, a.out)
	})
	if err != nil {
		return err
	}
	return a.whole(result)
}

// spillFile makes a temporary file for what memory should not hold. Its name is
// gone at once where the system allows that, else with the other ones at the end.
func (a *app) spillFile() (*os.File, error) {
	f, err := os.CreateTemp("", "pir-*")
	if err != nil {
		return nil, err
	}
	if os.Remove(f.Name()) != nil {
		a.spooled = append(a.spooled, f.Name())
	}
	return f, nil
}
