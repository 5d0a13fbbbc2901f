package logs

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

// job is a file to be read, as far as it is known before it is read.
type job struct {
	index  int
	file   File
	window window
	whole  bool   // no part of it is enough
	parser Parser // nil when the file is not read
	export        // of a file of documents
	years  yearSpan

	format   string
	sure     int
	packed   string // compression
	encoding string
	size     int64
	from     int64       // where reading begins; above 0 lines cannot be counted
	aside    string      // why it need not be read at all; empty says nothing
	span     [2]int64    // of a file that is set aside, in nanoseconds
	first    when.Fields // first time in the head; zero when there is none
	hints    yearHints

	hours    []hourAgain // learnt by a first reading, as are the others
	turns    []yearTurn
	turnBase int

	status  string // set when the file is not read
	code    string // of the warning that says so
	problem string
}

// prepare looks at the beginning of a file: what it is, whether it can be
// read, what tells its years.
func prepare(index int, f File, w window) *job {
	if f.Zone.Location == nil {
		f.Zone.Location = time.UTC
	}
	if f.Zone.From == "" {
		f.Zone.From = when.ZoneAssumed
	}
	j := &job{index: index, file: f, window: w}
	head, err := j.readHead()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		j.give(timeline.StatusMissing, timeline.WarnSourceMissing, "there is no such file")
	case err != nil && len(head) == 0:
		j.give(timeline.StatusFailed, timeline.WarnSourceFailed, errorText(err))
	case len(head) == 0:
		j.give(timeline.StatusEmpty, timeline.WarnSourceEmpty, "the file is empty")
	default:
		j.choose(head)
	}
	return j
}

// give ends the job before it begins.
func (j *job) give(status, code, problem string) { j.status, j.code, j.problem = status, code, problem }

// errorText is the message of an error without the path that fs puts in front:
// the warning names the file as the user does.
func errorText(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// readHead reads the beginning of the text. An error may come with some bytes.
func (j *job) readHead() ([]byte, error) {
	in, err := openInput(j.file, false)
	if err != nil {
		return nil, err
	}
	defer in.close()
	head := make([]byte, HeadSize)
	n, err := io.ReadFull(in.text, head)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	j.size, j.packed, j.encoding = in.size, in.packed.Format, in.decoded.Encoding()
	j.hints.gzip = in.packed.ModTime
	j.hints.file = in.modTime
	return head[:n], err
}

// choose takes the format that the user gave, or the one that the head shows.
func (j *job) choose(head []byte) {
	j.format, j.sure = j.file.Format, cmp.Or(j.file.Sure, 100)
	if j.format == "" {
		j.format, j.sure = detect(j.file.formats(), path.Base(j.file.Path), head)
	}
	f, ok := find(j.file.formats(), j.format)
	switch {
	case ok:
	case j.file.Format != "":
		j.give(timeline.StatusFailed, timeline.WarnSourceFailed,
			fmt.Sprintf("there is no log format %q; \"pir formats\" lists them", j.file.Format))
		return
	case looksBinary(head):
		j.give(timeline.StatusUnrecognised, timeline.WarnBinary, "binary data, no log")
		return
	default:
		j.give(timeline.StatusUnrecognised, timeline.WarnSourceUnrecognised,
			"no log format fits; KIND:PATH or kind: in pir.yaml forces one")
		return
	}
	head = stripEscapes(nil, head)
	j.parser = f.New(head)
	if j.document = documentOf(j.format); j.document != nil {
		head = j.document.lines(head)
	}
	if d, ok := j.parser.(dayTeller); ok {
		j.hints.head = d.day()
	}
	j.settleDays()
	p, rec := j.parser.Fork(), Record{}
	for line := range headLines(head) {
		if p.Parse(line, false, &rec) == KindRecord && rec.Timed {
			j.first = rec.Time
			j.hints.clock = rec.Time.Month == 0 && !rec.Time.IsEpoch
			break
		}
	}
}

// settleYears gives each job the span in which its dates without a year lie.
// A file whose dates have their years helps the others.
func settleYears(jobs []*job, opt Options) {
	var neighbour time.Time
	for _, j := range jobs {
		if j.first.Year == 0 && !j.first.IsEpoch || j.parser == nil {
			continue
		}
		f := j.first
		if ns, ok := when.NewResolver(j.file.Zone, 0).Unix(&f); ok {
			neighbour = time.Unix(0, ns).UTC()
			break
		}
	}
	anchor := opt.Anchor
	switch {
	case !anchor.IsZero():
	case !opt.From.IsZero():
		anchor = opt.From
	case !opt.To.IsZero():
		anchor = opt.To
	}
	for _, j := range jobs {
		j.hints.given, j.hints.first = j.file.Year, j.first
		j.hints.path, j.hints.zone = j.file.Path, j.file.Zone.Location
		j.hints.anchor, j.hints.neighbour = anchor.UTC(), neighbour
		if anchor.IsZero() {
			j.hints.anchor = time.Time{}
		}
		j.years = j.hints.settle()
	}
}
