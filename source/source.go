package source

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"iter"

	"pir/internal/when"
	"pir/timeline"
)

// Format is one kind of document that can be read: one row of Formats.
type Format struct {
	Name string // as in kind:path
	Doc  string // one line for "pir formats"
	// Recognised says by what in its content, Export how it is got out of where it
	// lies, Lasts how long it is there to be got: one line each.
	Recognised, Export, Lasts string
	// Sniff says how sure it is, 0 (no) to 100 (certain), that the document is
	// of this kind. head is its decompressed beginning, at most 64 KiB, and may
	// stop in the middle of a record; name is its base name.
	Sniff func(name string, head []byte) int
	// Parse yields the document's events in the order of the document. A bad
	// record is yielded as a *SyntaxError and the sequence goes on; any other
	// error ends it.
	Parse func(ctx context.Context, doc Document, opt Options) iter.Seq2[timeline.Event, error]
}

// Document is an input that Parse reads.
type Document struct {
	Name     string                        // path as cited: below the input folder, with slashes
	Open     func() (io.ReadCloser, error) // decompressed content
	Siblings fs.FS                         // folder or archive around it; may be nil
}

// Options are what the user knows about the source.
type Options struct {
	Source    string         // name of the source, copied to each event
	Zone      when.Zone      // zone of times that name none, when the document does not declare one
	Year      int            // year of dates without one; 0 is not known
	Day       string         // date (2006-01-02) of clocks without one, from the incident; may be empty
	Component string         // component of events that name none
	Party     timeline.Party // copied to each event
	Map       map[string]string
	MaxBytes  int64 // largest document in bytes; 0 means 256 MiB
	// LeftOut is told of each record that was read and yields nothing: who joined a
	// channel, and the like. Nil is silent.
	LeftOut func()
}

// SyntaxError is a record that could not be read. It is data: counted and
// reported, never fatal.
type SyntaxError struct {
	Origin  timeline.Origin
	Message string // what is wrong and, where possible, what would be right
	Text    string // the record, cut to 200 bytes
}

// Error gives "path:line: message".
func (e *SyntaxError) Error() string { return fmt.Sprintf("%s: %s", e.Origin, e.Message) }
