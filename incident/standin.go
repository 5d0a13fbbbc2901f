package incident

import (
	"maps"
	"slices"
	"strings"

	"pir/timeline"
)

// standIn puts what a timeline of before holds of files that are not here into
// their places: their rows, what was counted in them, and the milestones that
// they tell of. What pir.yaml no longer names is left out, and so is a file of a
// source that has another one instead.
func (r *reader) standIn(before *timeline.Timeline) {
	here := map[string]bool{}   // files that can be read
	named := map[string]bool{}  // sources there are, read or not
	silent := map[string]bool{} // sources of which no file can be read
	for _, s := range r.sources {
		named[s.Name] = true
		if s.Status != timeline.StatusMissing {
			here[s.Path] = true
		}
	}
	gone := map[string]bool{}
	replaced := r.replaced(before)
	for _, s := range before.Sources {
		was := s.Status == timeline.StatusRead || s.Status == timeline.StatusPartly
		if !was || here[s.Path] || r.plan.config.Path != "" && (!named[s.Name] || replaced[s.Name]) {
			continue
		}
		gone[s.Path], silent[s.Name] = true, true
		r.replaceRow(s)
	}
	if len(gone) == 0 {
		return
	}
	for _, s := range r.sources {
		if here[s.Path] {
			delete(silent, s.Name)
		}
	}
	r.plan.stoodIn = slices.Sorted(maps.Keys(gone))
	in := before.Again()
	for _, e := range in.Events {
		if len(e.Origins) > 0 && gone[e.Origins[0].Path] {
			r.events = append(r.events, e)
		}
	}
	for _, b := range in.Kept {
		if b.Rung != timeline.RungGiven && fromGone(b.Evidence, gone) {
			b.Alternatives = slices.DeleteFunc(slices.Clone(b.Alternatives), func(a timeline.Alternative) bool { return !fromGone(a.Evidence, gone) })
			r.kept = append(r.kept, b)
		}
	}
	r.warnings = append(r.warnings, only(before.Warnings, func(w timeline.Warning) bool {
		path, _, found := strings.Cut(w.Message, ": ")
		return found && gone[path]
	})...)
	r.signals = append(r.signals, only(in.Signals, func(s timeline.Signal) bool { return silent[s.Source] })...)
	r.series = append(r.series, only(in.Series, func(s timeline.Series) bool { return silent[s.Source] })...)
	r.bursts = append(r.bursts, only(in.Bursts, func(b timeline.Burst) bool { return silent[b.Source] })...)
}

// replaced are the sources that have a file which they had not before.
func (r *reader) replaced(before *timeline.Timeline) map[string]bool {
	list := map[string]bool{}
	for _, s := range r.sources {
		had := slices.ContainsFunc(before.Sources, func(x timeline.Source) bool { return x.Name == s.Name && x.Path == s.Path })
		if s.Status != timeline.StatusMissing && !had {
			list[s.Name] = true
		}
	}
	return list
}

// fromGone reports whether evidence is from a file that is not here.
func fromGone(list []timeline.Evidence, gone map[string]bool) bool {
	return len(list) > 0 && gone[timeline.ParseOrigin(list[0].Origin).Path]
}

func only[T any](list []T, fits func(T) bool) []T {
	var out []T
	for _, x := range list {
		if fits(x) {
			out = append(out, x)
		}
	}
	return out
}

// replaceRow puts the row of a file that was read before in the place of the one
// that says it is missing, or adds it, and takes back the warning.
func (r *reader) replaceRow(s timeline.Source) {
	missing := func(x timeline.Source) bool {
		return x.Status == timeline.StatusMissing && x.Name == s.Name
	}
	if at := slices.IndexFunc(r.sources, missing); at >= 0 {
		path := r.sources[at].Path
		r.warnings = slices.DeleteFunc(r.warnings, func(w timeline.Warning) bool {
			return w.Code == timeline.WarnSourceMissing && strings.HasPrefix(w.Message, path+": ")
		})
		r.sources[at] = s
		return
	}
	r.sources = append(r.sources, s)
}
