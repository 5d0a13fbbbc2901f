// Package chart draws an incident: one picture as SVG, a diagram as Mermaid, and
// the rows that say the same in words.
//
// The SVG is made by hand with presentation attributes alone: no style, no
// script, no reference to anything outside, so that it survives MDX, sanitisers
// and an img element. It has a ground of its own, and is readable on any page.
// What is not known is not drawn as zero: where a log has no records the panel is
// hatched, and without any series there is no panel, and a note says so.
//
// Coordinates are whole tenths of a pixel, reckoned with integers: the same
// timeline gives the same bytes on every machine.
package chart
