// Package timeline is the domain: what is known of one incident, on one clock.
//
// Build merges what was read (events, log bursts, what pir.yaml gives) into a
// Timeline: milestones with their evidence, phases, episodes of impact, metrics
// and warnings. It reads no files and no clock, and the order of its inputs does
// not matter.
//
// How a milestone gets its time. Every place that says something of it is a
// candidate on one rung of a ladder (Ladder). The best rung with a time wins,
// and every other candidate is kept as an alternative. A bound ("by 14:10", the
// time of a post) never becomes a time. Candidates that are further apart than
// they are precise are a conflict and a warning; nothing is averaged, moved or
// guessed, and what nothing tells of is not known.
//
// Times that people state in prose are mined clause by clause with a table of
// phrases (phrases.go). What the logs measure comes in as bursts (measured.go).
//
// One act is one row, whoever told of it (act.go): copies of a record in two
// sources, one step that a tool tells in its log and in a webhook, the page and
// the message that an alert set off. A row keeps every origin; what its records
// state of milestones is read before they are joined, so that each time is cited
// where it stands. What people write by hand is never joined with what a machine
// recorded, only linked (related.go).
//
// The order of Events is: instant; then the finer precision; then the place in
// an incident's life (cause before detection before acknowledgement); then the
// kind; then source name; then the place in the source. Rows without a time come
// last.
package timeline
