// Package check reads a review and reports what its readers would stumble over,
// by rules that have stable names.
//
// The rules are a table. A rule looks at the page and reports findings, each with
// its place. What a rule cannot judge it leaves alone: a page without a stage has
// no sections that it lacks, and a fact that nobody states contradicts nothing.
//
// A writer who knows better says so on the page, with a reason:
//
//	<!-- pir:ignore blame: the name is that of the team's own script -->
//	<!-- pir:ignore-file counterfactual: this page quotes a court -->
//
// The first hides findings of the rule in the next block, the second on the
// whole page.
package check
