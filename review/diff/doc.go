// Package diff says what changed between two reviews, as typed changes: facts
// first, then prose.
package diff
