package source

import (
	"strings"

	"pir/timeline"
)

// severities are the words of many tools for how bad something is.
var severities = []struct {
	severity timeline.Severity
	words    []string
}{
	{timeline.SeverityCritical, []string{
		"critical", "crit", "p0", "p1", "sev0", "sev1", "highest", "blocker", "disaster", "major_outage", "down", "fatal", "emergency", "emerg", "page",
		"service_outage",
	}},
	{timeline.SeverityMajor, []string{
		"major", "p2", "sev2", "high", "partial_outage", "error",
		"service_disruption",
	}},
	{timeline.SeverityMinor, []string{
		"minor", "p3", "sev3", "warning", "warn", "degraded_performance", "disrupted", "average", "medium", "moderate",
	}},
	{timeline.SeverityInfo, []string{
		"none", "info", "information", "informational", "notice", "p4", "p5", "sev4", "sev5", "low", "lowest", "trivial", "maintenance",
		"under_maintenance", "operational", "ok", "service_information", "available",
	}},
}

// rankShape is a rank, with words behind it or without.
var rankShape = expression(`^(p|sev)(?:erity)?[ -]?([0-5])(?:\W.*)?$`)

// severityOf normalises a word; an unknown one is the unknown severity.
func severityOf(word string) timeline.Severity {
	word = strings.ToLower(strings.TrimSpace(word))
	if m := rankShape.FindStringSubmatch(word); m != nil {
		word = m[1] + m[2] // SEV-1, Sev 1: critical, P1 - Critical
	}
	for _, row := range severities {
		for _, w := range row.words {
			if w == word {
				return row.severity
			}
		}
	}
	return ""
}
