// Package review makes the review document of a timeline: Markdown with front
// matter, sections, generated blocks and a numbered list of evidence, and the
// sidecar that stands beside it.
//
// New prepares a Page, which is all that templates see. Every text in a Page has
// a type that writes itself escaped, so that a template cannot pass on what an
// input wrote as anything but text. Numbers of citations are given in the order
// of the page.
package review
