// Package merge joins what a writer made of a generated text with what is
// generated now. The text as it was generated last is the base of both.
//
// Tables are merged by rows and cells, everything else by lines. What only one
// side changed is taken from it: a row that the writer added stays, one that he
// deleted stays dropped, one that he reworded stays reworded. What both changed,
// each in its own way, is kept twice, between markers.
package merge
