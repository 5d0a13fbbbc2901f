package incident

import (
	"context"
	"io"

	"pir/logs"
	"pir/timeline"
)

// Lines writes every line of the log files among the inputs to w, as one stream
// in the order of time: see logs.Lines for its form. The other inputs help to
// date the logs, and are not written. The Timeline of the result has the rows of
// the sources and the warnings, and nothing else. The error is an *InputError
// for misuse, that of ctx or of w.
func Lines(ctx context.Context, inputs []Input, opt Options, w io.Writer) (*Result, error) {
	plan, err := newPlan(inputs, opt)
	if err != nil {
		return nil, err
	}
	r := &reader{plan: plan, opt: opt, lines: w}
	if err := r.read(ctx); err != nil {
		return nil, err
	}
	in := timeline.Input{Incident: plan.config.Incident, Sources: r.sources, Left: plan.left, Warnings: r.warnings}
	return &Result{Timeline: timeline.Build(in), Config: plan.config.Config}, ctx.Err()
}

// readLogs has logs read the log files, for what they show or line by line.
func (r *reader) readLogs(ctx context.Context, list []logs.File, opt logs.Options) (*logs.Result, error) {
	if r.lines != nil {
		return logs.Lines(ctx, list, opt, r.lines)
	}
	return logs.Scan(ctx, list, opt)
}
