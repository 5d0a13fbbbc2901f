package logs

import (
	"context"
	"io/fs"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

// File is one log file to be scanned. Rotated parts of one source share Source.
type File struct {
	FS     fs.FS  // where Path is opened; files that are io.ReaderAt can be bisected
	Path   string // path inside FS
	Name   string // path as cited
	Source string // name of the source
	Format string // name of a Format; empty means detect
	Sure   int    // of 100, that Format is right; 0 means that it was not detected but given
	// Own are formats of the user's, tried before the table; see UserFormat.
	Own        []Format
	Component  string
	Party      timeline.Party
	Zone       when.Zone // zone of times that name none
	Year       int       // year of dates without one; 0 is not known
	Skew       time.Duration
	Provenance string
}

// Options steer Scan. The zero value reads everything.
type Options struct {
	From, To time.Time // window; zero is open. A baseline before From is also read
	Anchor   time.Time // a time in the incident, for missing years; zero is not known
	Whole    bool      // read files whole, also where a part of them holds the window
	Workers  int       // 0 means GOMAXPROCS; the result does not depend on it
	// Progress is told how many bytes are done of how many; nil is silent.
	Progress func(done, total int64)
	// Spill makes a place on disk for what Lines should not keep in memory; nil
	// keeps it there.
	Spill func() (Spill, error)
}

// Result is what Scan learnt. Sources has one row per file, in the order given.
type Result struct {
	Sources  []timeline.Source
	Series   []timeline.Series
	Signals  []timeline.Signal
	Bursts   []timeline.Burst
	Events   []timeline.Event // records worth a row of their own (KindLog)
	Warnings []timeline.Warning
}

// Scanner is anything that answers for a set of log files: Scan here, an
// engine elsewhere.
type Scanner func(ctx context.Context, files []File, opt Options) (*Result, error)
