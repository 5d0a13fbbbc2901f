package logs

import (
	"bytes"

	"pir/internal/when"
)

// dater reads lines of one file and tells their times. It belongs to one
// goroutine.
type dater struct {
	job      *job
	parser   Parser
	resolver *when.Resolver
	rec      Record
	plain    []byte // a line without escape sequences
	escapes  bool   // lines may have some
}

func newDater(j *job) dater {
	return dater{job: j, parser: j.parser.Fork(), resolver: when.NewResolver(j.file.Zone, 0), escapes: true}
}

// parse reads a line into d.rec. The line as it was read is returned.
func (d *dater) parse(line []byte, cut bool) (Kind, []byte) {
	line = trimLine(line)
	if d.escapes && bytes.IndexByte(line, 0x1b) >= 0 {
		d.plain = stripEscapes(d.plain[:0], line)
		line = d.plain
	}
	return d.parser.Parse(line, cut, &d.rec), line
}

// instant works out the time of the record, which stands at offset, in
// nanoseconds. yearless says that its date has no year of its own.
func (d *dater) instant(offset int64) (ns int64, yearless, ok bool) {
	f := &d.rec.Time
	if !d.rec.Timed {
		return 0, false, false
	}
	if yearless = f.Year == 0 && !f.IsEpoch; yearless {
		d.job.years.complete(f)
		f.Year += d.job.turned(offset)
	}
	ns, ok = d.resolver.Unix(f)
	if later := d.resolver.Later(); later != 0 && d.job.second(ns, offset) {
		ns += later
	}
	return ns + int64(d.job.file.Skew), yearless, ok
}
