package check

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"pir/review/document"
)

// Page is a page with what was found on it.
type Page struct {
	*document.Document
	Findings []Finding
}

// The shapes of SARIF 2.1.0, as far as they are needed.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string       `json:"id"`
		Name    string       `json:"name"`
		Short   sarifText    `json:"shortDescription"`
		Help    sarifText    `json:"help"`
		Default sarifDefault `json:"defaultConfiguration"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifDefault struct {
		Level Severity `json:"level"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        Severity          `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Fingerprints map[string]string `json:"partialFingerprints"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
		ByteOffset  int `json:"byteOffset"`
		ByteLength  int `json:"byteLength"`
	}
)

// SARIF writes the findings as SARIF 2.1.0, which code hosts show beside the
// lines of a change. The version is that of the program.
func SARIF(pages []Page, version string) ([]byte, error) {
	run := sarifRun{
		Tool: sarifTool{sarifDriver{Name: "pir", Version: version}}, ColumnKind: "unicodeCodePoints", Results: []sarifResult{},
	}
	index := map[string]int{}
	for i, r := range Rules() {
		index[r.ID] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{
			ID: r.ID, Name: pascal(r.Name), Short: sarifText{sentence(r.Doc)}, Help: sarifText{sentence(r.Help)}, Default: sarifDefault{r.Severity},
		})
	}
	for _, p := range pages {
		seen := map[string]int{}
		for _, f := range p.Findings {
			print := fingerprint(p.Document, f)
			seen[print]++
			run.Results = append(run.Results, sarifResult{
				RuleID: f.Rule.ID, RuleIndex: index[f.Rule.ID], Level: f.Rule.Severity, Message: sarifText{sentence(f.Message)},
				Locations: []sarifLocation{{sarifPhysical{
					sarifArtifact{(&url.URL{Path: p.Name}).String()},
					sarifRegion{f.Line, f.Column, f.EndLine, f.EndColumn, f.Start, f.End - f.Start},
				}}},
				Fingerprints: map[string]string{"pirFinding/v1": fmt.Sprintf("%s:%d", print, seen[print])},
			})
		}
	}
	log := sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}}
	data, err := json.MarshalIndent(log, "", " ")
	return append(data, '\n'), err
}

// fingerprint names a finding by its rule and the text of its line, so that it
// is known again when lines are added above it.
func fingerprint(d *document.Document, f Finding) string {
	start, end := f.Start, f.Start
	for start > 0 && d.Source[start-1] != '\n' {
		start--
	}
	for end < len(d.Source) && d.Source[end] != '\n' {
		end++
	}
	sum := sha256.Sum256([]byte(f.Rule.ID + "\x00" + strings.Join(strings.Fields(string(d.Source[start:end])), " ") + "\x00" + f.Message))
	return hex.EncodeToString(sum[:8])
}

// pascal writes "conflict-marker" as "ConflictMarker".
func pascal(name string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(name, "-") {
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return b.String()
}

// sentence writes a text with a capital and a full stop.
func sentence(text string) string {
	text = strings.ToUpper(text[:1]) + text[1:]
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?") || strings.HasSuffix(text, "!") {
		return text
	}
	return text + "."
}
