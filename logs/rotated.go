package logs

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"pir/internal/when"
)

// Stem is the name that the parts of a rotated log have in common:
// app.log for app.log, app.log.1, app.log.2.gz, app.log-20260714 and
// app.log.2026-07-14.zst. Packing, numbers and dates are cut off its end, and
// nothing else.
func Stem(name string) string {
	for _, ext := range []string{".gz", ".zst", ".bz2", ".xz", ".lz4", ".tgz"} {
		name = strings.TrimSuffix(name, ext)
	}
	for {
		end := strings.TrimRight(name, "0123456789")
		digits := len(name) - len(end)
		switch {
		case digits == 0 || digits > 14 || len(end) < 2:
			return name
		case end[len(end)-1] != '.' && end[len(end)-1] != '-' && end[len(end)-1] != '_':
			return name
		}
		base := end[strings.LastIndexByte(end, '/')+1:]
		if !strings.Contains(strings.TrimRight(base, "0123456789.-_"), ".") && digits < 3 && !strings.HasSuffix(end, ".") {
			return name // web-1 is a name of its own
		}
		name = strings.TrimRight(end, ".-_")
	}
}

// skipRotated spares packed parts of a rotated log that end before the
// baseline begins: a part ends where the next one starts.
func skipRotated(jobs []*job) {
	type start struct {
		job *job
		ns  int64
	}
	parts := map[string][]start{}
	var names []string
	for _, j := range jobs {
		if j.parser == nil || j.whole || !j.window.limited() {
			continue
		}
		f := j.first
		j.years.complete(&f)
		ns, ok := when.NewResolver(j.file.Zone, 0).Unix(&f)
		if !ok || f == (when.Fields{}) {
			continue
		}
		name := j.file.Source + "\x00" + Stem(j.file.Path)
		if parts[name] == nil {
			names = append(names, name)
		}
		parts[name] = append(parts[name], start{j, ns + int64(j.file.Skew)})
	}
	for _, name := range names {
		list := parts[name]
		slices.SortStableFunc(list, func(a, b start) int { return cmp.Compare(a.ns, b.ns) })
		for i := 0; i+1 < len(list); i++ {
			j, next := list[i].job, list[i+1]
			if j.packed != "" && next.ns < j.window.base-stopSlack {
				j.parser, j.span = nil, [2]int64{list[i].ns, next.ns}
				j.aside = "not read: it ends before the window, where " + next.job.file.Name + " begins at " +
					time.Unix(0, next.ns).UTC().Format(time.RFC3339)
			}
		}
	}
}
