package incident

import (
	"context"
	"crypto/sha256"
	"io"

	"pir/internal/container"
	"pir/timeline"
)

// copies are the files that were read, by the digest of their beginnings.
type copies map[[sha256.Size]byte][]file

// copied reports whether the content of a file was read already: under another
// name or spelling, by a link, or packed beside the plain file. To count it
// twice would make two errors of one. The bodies of webhooks are delivered more
// than once, which is no copy but a fact.
func (r *reader) copied(ctx context.Context, seen copies, f file, kind detected) bool {
	if kind.doc != nil && (kind.doc.Name == "alertmanager" || kind.doc.Name == "grafana") {
		return false
	}
	for _, first := range seen[kind.head] {
		if !sameContent(ctx, first, f) {
			continue
		}
		why := "the same content as " + first.cited + "; it is read once"
		if first.cited == f.cited {
			why = "named twice; it is read once"
		}
		r.plan.left = append(r.plan.left, timeline.Left{Path: f.cited, Why: why})
		r.warn(timeline.WarnSourceDuplicate, f.cited+": "+why,
			timeline.Evidence{Origin: r.origin(f).String(), Quote: r.quote(f)}, timeline.Evidence{Origin: first.cited})
		return true
	}
	seen[kind.head] = append(seen[kind.head], f)
	return false
}

// sameContent compares two files without their compression, to the end. Files
// that cannot be read to the end are not the same.
func sameContent(ctx context.Context, a, b file) bool {
	x, ok := contentSum(ctx, a)
	if !ok {
		return false
	}
	y, ok := contentSum(ctx, b)
	return ok && x == y
}

// contentSum is the digest of the content of a file.
func contentSum(ctx context.Context, f file) (sum [sha256.Size]byte, ok bool) {
	file, err := f.fsys.Open(f.open)
	if err != nil {
		return sum, false
	}
	defer file.Close()
	r, _, err := container.Reader(file)
	if err != nil {
		return sum, false
	}
	defer r.Close()
	h := sha256.New()
	if _, err := io.Copy(h, &interrupted{ctx: ctx, r: r}); err != nil {
		return sum, false
	}
	return [sha256.Size]byte(h.Sum(nil)), true
}
