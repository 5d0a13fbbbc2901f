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
		"critical", "crit", "p1", "sev1", "sev-1", "disaster", "major_outage", "down", "fatal", "emergency", "emerg", "page",
		"service_outage",
	}},
	{timeline.SeverityMajor, []string{
		"major", "p2", "sev2", "sev-2", "high", "partial_outage", "error",
		"service_disruption",
	}},
	{timeline.SeverityMinor, []string{
		"minor", "p3", "sev3", "sev-3", "warning", "warn", "degraded_performance", "disrupted", "average", "medium",
	}},
	{timeline.SeverityInfo, []string{
		"none", "info", "information", "informational", "notice", "p4", "p5", "sev4", "sev5", "low", "maintenance",
		"under_maintenance", "operational", "ok", "service_information", "available",
	}},
}

// severityOf normalises a word; an unknown one is the unknown severity.
func severityOf(word string) timeline.Severity {
	word = strings.ToLower(strings.TrimSpace(word))
	for _, row := range severities {
		for _, w := range row.words {
			if w == word {
				return row.severity
			}
		}
	}
	return ""
}
