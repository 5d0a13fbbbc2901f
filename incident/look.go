package incident

import (
	"bytes"
	"context"
	"crypto/sha256"
	"runtime"
	"sync"
	"sync/atomic"

	"pir/source"
	"pir/timeline"
)

// looked is what the beginning of a file says. One without a kind is left alone,
// or refused.
type looked struct {
	kind  detected
	ready bool
	left  string // why it is left alone
	fault fault  // why it is refused
}

// lookAll looks at all files of the plan, several at once: each look reads and
// matches for itself. After the end of ctx the files that are left have no look.
func (r *reader) lookAll(ctx context.Context) []looked {
	list := make([]looked, len(r.plan.files))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(list)) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(list) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				list[i] = r.look(r.plan.files[i])
			}
		})
	}
	workers.Wait()
	return list
}

// accept gives the kind of a file. When there is nothing to parse, its row and its
// warning are written here.
func (r *reader) accept(f file, l *looked) (detected, bool) {
	switch {
	case l.ready:
	case l.left != "":
		r.plan.left = append(r.plan.left, timeline.Left{Path: f.cited, Why: l.left})
	default:
		r.reject(f, l.fault.status, l.fault.code, l.fault.why)
	}
	return l.kind, l.ready
}

// look finds out what a file is. It changes nothing.
func (r *reader) look(f file) looked {
	refused := func(status, code, why string) looked { return looked{fault: fault{status, code, why}} }
	if f.fault != nil {
		return looked{fault: *f.fault}
	}
	start, err := head(f.fsys, f.open)
	if err != nil {
		return refused(timeline.StatusFailed, timeline.WarnSourceFailed, reason(err))
	}
	if why := leftAlone(f, start); why != "" {
		return looked{left: why}
	}
	if len(start) == 0 {
		return refused(timeline.StatusEmpty, timeline.WarnSourceEmpty, "the file is empty")
	}
	if f.kind != "" {
		kind := forced(f.kind)
		kind.head = sha256.Sum256(start)
		return looked{kind: kind, ready: true}
	}
	foreign, certain := source.Foreign(start)
	start = bytes.ToValidUTF8(start, []byte("\ufffd"))
	kind := mapped(r.columns(f), len(f.columns) > 0, start)
	if kind.doc == nil && !certain {
		kind = detect(base(f.cited), start, r.plan.config.formats)
	}
	kind.head = sha256.Sum256(start)
	switch {
	case kind.doc != nil || kind.log != "":
		return looked{kind: kind, ready: true}
	case binary(start):
		return refused(timeline.StatusUnrecognised, timeline.WarnBinary, "binary content of no known kind")
	case foreign != "":
		return refused(timeline.StatusUnrecognised, timeline.WarnSourceUnrecognised, "not supported: "+foreign)
	case documentOfRecords(start):
		return refused(timeline.StatusUnrecognised, timeline.WarnSourceUnrecognised,
			"a JSON document of no known kind; if it holds log records, jq -c '.[]' (or jq -c . for one object behind the other) makes lines of them")
	}
	return refused(timeline.StatusUnrecognised, timeline.WarnSourceUnrecognised, "no known kind; kind: (or kind:path) can name it")
}
