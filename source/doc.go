// Package source reads the documents that people have in hand after an
// incident, such as status pages, alerts, pages and notes, and turns their
// records into events.
//
// Formats is the table of what can be read. One file holds one format and its
// row. A parser says where each record stands, what its own fields state, and
// which words are worth mining; what the words state is the business of
// package timeline. A record that cannot be read is a *SyntaxError in the
// sequence and never the end of it.
package source
