package main

import (
	"bytes"
	"fmt"
	"sort"
	"time"
)

// record is one line of the portal's log.
type record struct {
	at    time.Time
	level string
	text  string // the rest of the JSON object
}

// portalLog is the log of a service behind the edge, as JSON lines. It suffers
// while the edge is at its worst, and is well from then on.
func portalLog() []byte {
	d := &dice{state: 1145}
	var out bytes.Buffer
	for t := logStart; t.Before(logEnd); t = t.Add(time.Minute) {
		list := portalMinute(t, d)
		sort.SliceStable(list, func(i, j int) bool { return list[i].at.Before(list[j].at) })
		for _, r := range list {
			fmt.Fprintf(&out, "{\"time\":\"%s\",\"level\":\"%s\",\"service\":\"portal\",%s}\n",
				r.at.Format("2006-01-02T15:04:05.000Z"), r.level, r.text)
		}
	}
	return out.Bytes()
}

// portalMinute gives the records of one minute, not yet in order.
func portalMinute(t time.Time, d *dice) []record {
	var list []record
	add := func(level, text string) {
		list = append(list, record{t.Add(time.Duration(d.below(60000)) * time.Millisecond), level, text})
	}
	atWorst := within(t, impactStart, mainEnd)
	for range d.between(6, 9) {
		add("info", usual(d))
	}
	if d.chance(120) == 1 {
		add("warn", fmt.Sprintf(`"region":"%s","msg":"slow query","ms":%d`, d.pick(portalRegions), 10*d.between(210, 600)))
	}
	if !atWorst && !quiet(t) && !within(t, mainEnd, mainEnd.Add(8*time.Minute)) && d.chance(300) == 1 {
		add("error", fmt.Sprintf(`"region":"%s","msg":"notification poll failed: 500 from backend"`, d.pick(portalRegions)))
	}
	if atWorst {
		for range d.between(10, 14) {
			add("error", trouble(d))
		}
		if t.Equal(impactStart) {
			list = append(list, record{t.Add(4377 * time.Millisecond), "error",
				`"region":"westeurope","msg":"blade failed to load: connect timed out after 30000 ms via edge"`})
		}
	}
	return list
}

var (
	portalRegions = []string{"westeurope", "northeurope", "uksouth", "eastus", "westus2", "brazilsouth", "southeastasia", "japaneast"}
	blades        = []string{"overview", "resource-groups", "virtual-machines", "cost", "activity-log"}
)

// usual is what the portal says on any day.
func usual(d *dice) string {
	if d.below(4) == 0 {
		return fmt.Sprintf(`"region":"%s","msg":"session opened","ms":%d`, d.pick(portalRegions), 10*d.between(8, 60))
	}
	return fmt.Sprintf(`"region":"%s","msg":"blade loaded","blade":"%s","ms":%d`,
		d.pick(portalRegions), d.pick(blades), 10*d.between(12, 140))
}

// trouble is what the portal says when the edge does not answer.
func trouble(d *dice) string {
	where := d.pick(portalRegions)
	switch d.below(5) {
	case 0:
		return fmt.Sprintf(`"region":"%s","msg":"token refresh failed: 504 from edge"`, where)
	case 1:
		return fmt.Sprintf(`"region":"%s","msg":"telemetry batch dropped: 502 from edge","records":%d`, where, d.between(20, 400))
	}
	return fmt.Sprintf(`"region":"%s","msg":"blade failed to load: connect timed out after 30000 ms via edge","blade":"%s"`,
		where, d.pick(blades))
}
