// Package document is a review as people keep it: Markdown that anybody may
// have written or edited, with the sidecar beside it.
//
// Parse reads any Markdown. The bytes are kept, and everything that is read from
// them carries its place in them, so that a change is a splice and a review that
// nobody changed is written as it was, byte for byte. What a review says is read
// twice: as sections and blocks of prose, and as facts: milestones, windows of
// impact, measures, rows of the timeline, action items, claims.
package document
