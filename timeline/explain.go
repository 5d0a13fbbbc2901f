package timeline

import "io"

// Explain writes, as text, where a milestone, phase, metric, event, signal,
// burst or figure comes from: for a milestone every rung of its ladder with
// each candidate and why the chosen one won. An unknown name is an error that
// tells the nearest one.
func (t *Timeline) Explain(w io.Writer, what string) error { return nil }
