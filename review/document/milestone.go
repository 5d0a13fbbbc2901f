package document

import (
	"strings"
	"sync"

	"pir/timeline"
)

// milestoneNames are the words by which a milestone is known, in lower case and
// without marks: ours first, then those of others.
func milestoneNames() map[timeline.Milestone][]string {
	return map[timeline.Milestone][]string{
		timeline.Trigger:           {"trigger", "triggered", "triggered at"},
		timeline.Cause:             {"cause in place", "cause introduced", "introduced", "change introduced"},
		timeline.ImpactStart:       {"impact started", "impact started at", "impact start", "impact began", "start of impact", "customer impact started", "customer impact began", "incident start", "incident started", "incident began", "start", "start time", "started", "started at", "began", "began at", "time started", "first impact", "outage start", "outage started", "incident start time"},
		timeline.Detected:          {"detected", "detected at", "detection", "detection time", "time detected", "first detected", "date detected", "incident detected", "time of detection"},
		timeline.Acknowledged:      {"acknowledged", "acknowledged at", "time acknowledged", "first acknowledged"},
		timeline.Declared:          {"declared", "declared at", "incident declared", "time declared", "reported", "reported at"},
		timeline.Engaged:           {"responders engaged", "engaged", "engaged at", "mobilized", "mobilised"},
		timeline.FirstUpdate:       {"first update", "first public update", "first status update", "first post", "first communication", "first comms"},
		timeline.Identified:        {"cause identified", "identified", "identified at", "root cause identified", "time identified"},
		timeline.MitigationStart:   {"mitigation started", "mitigation start", "mitigation began", "mitigating"},
		timeline.PartialMitigation: {"partly mitigated", "partially mitigated", "partial mitigation"},
		timeline.Mitigated:         {"main impact mitigated", "mitigated", "mitigated at", "fixed", "fixed at", "time mitigated", "mitigation", "mitigation time", "stabilized", "stabilised"},
		timeline.ImpactEnd:         {"fully mitigated", "impact ended", "impact ended at", "impact end", "end of impact", "customer impact ended", "incident end", "incident ended", "end", "end time", "ended", "ended at", "recovered", "recovered at", "service restored", "restored", "outage end", "outage ended", "incident end time", "fully recovered"},
		timeline.Resolved:          {"resolved", "resolved at", "time resolved", "resolution time", "incident resolved", "date resolved"},
		timeline.Closed:            {"closed", "closed at"},
	}
}

// milestoneByName gives the milestone of each name; the first that has it.
var milestoneByName = sync.OnceValue(func() map[string]timeline.Milestone {
	by := map[string]timeline.Milestone{}
	names := milestoneNames()
	for _, m := range timeline.Milestones {
		for _, n := range names[m] {
			if _, taken := by[n]; !taken {
				by[n] = m
			}
		}
	}
	return by
})

// milestoneOf gives the milestone that a plain name stands for.
func milestoneOf(plain string) (timeline.Milestone, bool) {
	m, ok := milestoneByName()[plain]
	return m, ok
}

// markOf reads the name of a milestone as a row of ours has it: "Detected by a
// monitor", "Mitigation started (Europe; failed)", "Impact started, episode 2".
func markOf(text string) (m Milestone, ok bool) {
	label := strings.TrimSpace(text)
	if open := strings.LastIndex(label, " ("); open > 0 && strings.HasSuffix(label, ")") {
		for _, part := range strings.Split(label[open+2:len(label)-1], "; ") {
			switch part {
			case timeline.OutcomeWorked, timeline.OutcomePartial, timeline.OutcomeFailed:
				m.Outcome = part
			default:
				m.Scope = part
			}
		}
		label = label[:open]
	}
	if head, n, found := strings.Cut(label, ", episode "); found {
		label, m.Episode = head, atoi(n)
	}
	m.Label = label
	head, _, _ := strings.Cut(label, " by ")
	for _, name := range []string{label, head} {
		if m.Name, ok = milestoneOf(plainHeading(name)); ok {
			return m, true
		}
	}
	return m, false
}

// atoi reads a small number; 0 for anything else.
func atoi(s string) int {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' || n > 1<<20 {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// metricNames are the words by which a metric is known.
func metricNames() map[string][]string {
	return map[string][]string{
		"time_to_detect":       {"time to detect", "ttd", "mttd", "detection time", "time to detection"},
		"time_to_acknowledge":  {"time to acknowledge", "tta", "mtta"},
		"time_to_identify":     {"time to identify the cause", "time to identify", "tti"},
		"time_to_mitigate":     {"time to mitigate the main impact", "time to mitigate", "ttm", "mttm", "time to mitigation"},
		"time_to_recover":      {"time to recover fully", "time to recover", "time to recovery", "time to restore"},
		"time_to_resolve":      {"time to resolve", "ttr", "mttr", "time to resolution"},
		"time_to_first_update": {"time to first update", "time to first communication"},
		"impact_duration":      {"time with impact", "duration", "impact duration", "duration of impact", "total duration", "incident duration", "outage duration", "downtime", "total downtime", "length of impact", "customer impact duration"},
		"updates":              {"updates", "status updates", "number of updates"},
		"longest_silence":      {"longest silence"},
	}
}

// metricByName gives the metric of each name. No two have the same.
var metricByName = sync.OnceValue(func() map[string]string {
	by := map[string]string{}
	for name, words := range metricNames() {
		by[strings.ReplaceAll(name, "_", " ")] = name
		for _, w := range words {
			by[w] = name
		}
	}
	return by
})

func metricOf(plain string) (string, bool) {
	name, ok := metricByName()[plain]
	return name, ok
}
