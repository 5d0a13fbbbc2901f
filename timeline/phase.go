package timeline

import "time"

// phaseNames are the phases in the order of an incident's life. Phase i lasts
// from bound i to bound i+1 of phaseBounds.
func phaseNames() []string {
	return []string{"latent", "undetected", "triage", "diagnosis", "mitigation", "recovery", "validation", "review"}
}

// bound is where one phase ends and the next begins.
type bound struct {
	name string // the milestone, or the two that may give it
	time time.Time
	unit time.Duration
}

// turnedPhase is a phase whose end is before its start.
type turnedPhase struct {
	name, start, end string
	early            time.Duration
}

func (b *builder) phaseBounds() []bound {
	of := func(m Milestone) bound {
		row, _ := lookup(b.rows, m)
		return bound{name: string(m), time: row.Time, unit: max(row.Precision.Unit(), time.Second)}
	}
	first := func(x, y bound) bound {
		if x.time.IsZero() || (!y.time.IsZero() && y.time.Before(x.time)) {
			return y
		}
		return x
	}
	triaged := first(of(Acknowledged), of(Declared))
	return []bound{
		of(Cause), of(ImpactStart), of(Detected), triaged, first(of(Identified), b.effectiveAttempt()), of(Mitigated),
		of(ImpactEnd), of(Resolved), of(Closed),
	}
}

// effectiveAttempt is the attempt that led to mitigated: the last one before
// it that is not known to have failed.
func (b *builder) effectiveAttempt() bound {
	mitigated, _ := lookup(b.rows, Mitigated)
	end, _ := lookup(b.rows, ImpactEnd)
	limit := mitigated.Time
	if limit.IsZero() {
		limit = end.Time
	}
	best := bound{name: string(MitigationStart)}
	for i := range b.rows {
		row := &b.rows[i]
		if row.Name != MitigationStart || !row.Known() || row.Outcome == OutcomeFailed {
			continue
		}
		if !limit.IsZero() && row.Time.After(limit) {
			continue
		}
		if best.time.IsZero() || row.Outcome == OutcomeWorked || row.Time.After(best.time) {
			best.time, best.unit = row.Time, max(row.Precision.Unit(), time.Second)
		}
		if row.Outcome == OutcomeWorked {
			break
		}
	}
	return best
}

// phases tile the incident where bounds are known and in order. A phase whose
// end is not known merges into the next one, which lists it; a phase with no
// known bound on one side has no times; out of order it has none either.
func (b *builder) phases() []Phase {
	bounds, names := b.phaseBounds(), phaseNames()
	b.settleDiagnosis(bounds)
	last := -1 // the last bound that is known
	for i := range bounds {
		if !bounds[i].time.IsZero() {
			last = i
		}
	}
	var out []Phase
	var waiting []string
	start := -1
	for i := range bounds {
		if i > 0 {
			p := Phase{Name: names[i-1]}
			switch {
			case bounds[i].time.IsZero() && i < last && start >= 0:
				waiting = append(waiting, p.Name) // its end is not known: the next one takes it in
			case bounds[i].time.IsZero() || start < 0:
				out = append(out, unknownPhases(append(waiting, p.Name))...)
				waiting = nil
			default:
				p.Includes, waiting = waiting, nil
				if bounds[i].time.Before(bounds[start].time) {
					b.turned = append(b.turned, turnedPhase{p.Name, bounds[start].name, bounds[i].name, bounds[start].time.Sub(bounds[i].time)})
				} else {
					p.Start, p.End, p.Known = bounds[start].time, bounds[i].time, true
				}
				out = append(out, p)
			}
		}
		if !bounds[i].time.IsZero() {
			start = i
		}
	}
	return out
}

// settleDiagnosis drops an end of diagnosis after mitigated: who mitigates
// first and understands later has no bound there.
func (b *builder) settleDiagnosis(bounds []bound) {
	const diagnosed, mitigated = 4, 5
	if bounds[mitigated].time.IsZero() || !bounds[diagnosed].time.After(bounds[mitigated].time) {
		return
	}
	bounds[diagnosed] = b.effectiveAttempt()
}

func unknownPhases(names []string) []Phase {
	var out []Phase
	for _, n := range names {
		out = append(out, Phase{Name: n})
	}
	return out
}
