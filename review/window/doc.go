// Package window reckons when the stages of a review are due. The rules are
// data; nothing here reads a clock.
//
// A date that follows from what is known is given with the milestone that it
// counts from. Where that milestone has no more than an upper bound the date is
// marked "at the latest"; where nothing is known there is no date, and a
// sentence that says why.
package window
