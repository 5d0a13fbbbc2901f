package logs

import (
	"fmt"
	"strconv"

	"pir/timeline"
)

// export is what a job knows of a file of documents.
type export struct {
	document *document // nil for a file of lines
	places   *places   // of its records, once they are read
	facts    *exportFacts
	queue    *seenQueue // nil when its records have no ids
}

// open opens the file of the job; of documents the text is their records.
func (j *job) open(hashed bool) (*input, error) {
	in, err := openInput(j.file, hashed)
	if err != nil || j.document == nil {
		return in, err
	}
	u := newUnroller(j.document, in.text)
	j.places, j.facts = u.places, &u.facts
	in.text = &queued{unroller: u, queue: j.queue}
	return in, nil
}

// queued begins to read when the documents in front are read.
type queued struct {
	*unroller
	queue *seenQueue
}

func (q *queued) Read(p []byte) (int, error) {
	if q.seen == nil {
		q.seen = q.queue.wait()
	}
	return q.unroller.Read(p)
}

// appendPlace writes where a line of the text stands.
func (j *job) appendPlace(dst []byte, line, offset int64) []byte {
	if j.document != nil {
		return j.places.appendPlace(dst, line)
	}
	return appendPlace(dst, j.from > 0, line, offset)
}

// exportDoubts adds what is peculiar to exports: records that came twice, and
// answers that stopped at a limit.
func (j *job) exportDoubts(add func(code string, evidence []timeline.Evidence, format string, args ...any)) {
	f := j.facts
	if f == nil {
		return
	}
	kept := f.returned - f.again
	if f.again > 0 {
		add(timeline.WarnRecordDuplicate, nil, "%d of %d entries came before, by %s; they are left out", f.again, f.returned, j.document.idName())
	}
	if f.empty > 0 && f.returned > 0 {
		add(timeline.WarnSourceEmpty, nil, "%d of %d documents hold no entries", f.empty, f.documents)
	}
	const stopped = "the export stopped at its limit"
	switch total := strconv.FormatInt(f.total, 10); {
	case f.numbers():
		add(timeline.WarnSourceTruncated, nil, "the answer to a query for numbers (%s), not for lines: it has samples, and no entries", f.kind)
	case f.total > kept:
		if f.atLeast {
			total = "at least " + total
		}
		add(timeline.WarnSourceTruncated, nil, "%s: it holds %d of the %s entries that were found; what is missing may be in another file, or must be exported again in parts", stopped, kept, total)
	case f.more:
		add(timeline.WarnSourceTruncated, nil, "%s after %d entries: it names a next page; unless that is another file, what is behind it is missing", stopped, kept)
	case f.limit > 0 && f.total != kept:
		add(timeline.WarnSourceTruncated, nil, "%s, as it seems: an answer has exactly %d entries, a usual limit", stopped, f.limit)
	}
}

// numbers reports whether an answer of Loki is to a query for numbers.
func (f *exportFacts) numbers() bool {
	return f.kind == "matrix" || f.kind == "vector" || f.kind == "scalar"
}

// idName says by what records of a document are known again.
func (d *document) idName() string {
	if d.whole {
		return "their time, text and labels"
	}
	return fmt.Sprintf("their %s", d.ids[0])
}
