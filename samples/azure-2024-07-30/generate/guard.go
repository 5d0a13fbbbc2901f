package main

import (
	"bytes"
	"fmt"
	"sort"
	"time"
)

// guardLog is the log of the network's attack protection, one line of text per
// record. It has no errors: to itself the protection did what it should.
func guardLog() []byte {
	d := &dice{state: 1015}
	list := guardActs(d)
	for t := logStart; t.Before(logEnd); t = t.Add(time.Minute) {
		list = append(list, guardMinute(t, d)...)
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].at.Before(list[j].at) })
	var out bytes.Buffer
	for _, r := range list {
		fmt.Fprintf(&out, "%s %-4s %s\n", r.at.Format("2006-01-02T15:04:05.000Z"), r.level, r.text)
	}
	return out.Bytes()
}

// guardActs are the few lines that tell the story, one per site and act.
func guardActs(d *dice) []record {
	acts := []struct {
		at    time.Time
		level string
		text  string
	}{
		{attackStart, "WARN", "TCP SYN flood seen, scrubbing engaged"},
		{attackEnd, "INFO", "flood over, scrubbing stays armed"},
		{impactStart.Add(-10 * time.Second), "INFO", "no flood for an hour, disengaging"},
		{impactStart, "INFO", "default routes restored towards the edge"},
	}
	var list []record
	for _, a := range acts {
		for _, site := range guardSites() {
			at := a.at.Add(time.Duration(d.below(4000)) * time.Millisecond)
			list = append(list, record{at, a.level, "guard/" + site + ": " + a.text})
		}
	}
	return list
}

// guardMinute is the routine of one minute, and the congestion that the
// protection sees on its way out while the edge is at its worst.
func guardMinute(t time.Time, d *dice) []record {
	var list []record
	add := func(level, text string) {
		at := t.Add(time.Duration(d.between(6000, 59999)) * time.Millisecond)
		list = append(list, record{at, level, "guard/" + d.pick(guardSites()) + ": " + text})
	}
	add("INFO", fmt.Sprintf("profile in sync, %d prefixes", d.between(1180, 1220)))
	if within(t, attackStart, attackEnd) {
		add("WARN", fmt.Sprintf("scrubbing, %d%% of packets dropped", d.between(81, 97)))
	}
	if within(t, impactStart, mainEnd) {
		for range d.between(2, 4) {
			add("WARN", fmt.Sprintf("queue full on uplink to the edge, %d packets lost", d.between(900, 9000)))
		}
	}
	return list
}

// guardSites are the sites that the flood was aimed at.
func guardSites() []string {
	var sites []string
	for _, r := range regions() {
		sites = append(sites, r.pops[:3]...)
	}
	return sites
}
