package review

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"pir/review/document"
	"pir/timeline"
)

// SidecarSchema is the version of the sidecar.
const SidecarSchema = document.SidecarSchema

// maxRecord is the length in bytes up to which the raw text of a cited record is
// kept in the sidecar.
const maxRecord = 8 << 10

// sidecar writes the JSON that stands beside a review: keys sorted, one to a
// line. With it the review can be updated and verified where the sources are
// not.
func sidecar(t *timeline.Timeline, p *Page, s *set, out *written, opt Options, kept map[string]any) ([]byte, error) {
	var line bytes.Buffer
	if err := t.WriteJSON(&line); err != nil {
		return nil, fmt.Errorf("timeline: %w", err)
	}
	// Read back without types, so that the keys of the timeline are sorted too.
	var facts any
	decoder := json.NewDecoder(&line)
	decoder.UseNumber()
	if err := decoder.Decode(&facts); err != nil {
		return nil, fmt.Errorf("timeline: %w", err)
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	err := encoder.Encode(map[string]any{
		"schema":    SidecarSchema,
		"tool":      opt.Version,
		"template":  map[string]any{"set": s.name, "version": s.version, "sha256": s.sum},
		"stage":     opt.Stage,
		"window":    opt.Window,
		"options":   options(t, opt, kept),
		"blocks":    out.blocks,
		"citations": citations(p),
		"records":   records(t, p),
		"steps":     steps(t),
		"instants":  instants(t),
		"config":    opt.ConfigSHA256,
		"timeline":  facts,
	})
	if err != nil {
		return nil, fmt.Errorf("sidecar: %w", err)
	}
	return b.Bytes(), nil
}

// options are the settings that shaped the page and are not in the timeline;
// kept are those of the review window.
func options(t *timeline.Timeline, opt Options, kept map[string]any) map[string]any {
	o := map[string]any{"owner": opt.Owner, "title": opt.Title, "banner": opt.Banner, "display_timezone": ""}
	if t.Incident.Display != nil {
		o["display_timezone"] = t.Incident.Display.String()
	}
	maps.Copy(o, kept)
	return o
}

// citations are the numbers of the page, with what they stand for.
func citations(p *Page) []any {
	list := []any{}
	for _, c := range p.ledger.cited {
		ids := append([]string{}, c.ids...)
		list = append(list, map[string]any{"n": c.n, "ids": ids, "origin": c.origin, "quote": strings.Join(c.quotes, " … ")})
	}
	return list
}

// records are the raw texts of the events that the page cites, by id.
func records(t *timeline.Timeline, p *Page) map[string]string {
	raw := map[string]string{}
	for _, c := range p.ledger.cited {
		for _, id := range c.ids {
			if e, ok := t.Event(id); ok && e.Raw != "" {
				raw[id] = cutBytes(e.Raw, maxRecord)
			}
		}
	}
	return raw
}

// steps are the steps that events are in the life of their records, by id: the
// JSON of a timeline leaves them out.
func steps(t *timeline.Timeline) map[string]string {
	list := map[string]string{}
	for i := range t.Events {
		if e := &t.Events[i]; e.Step != "" {
			list[e.ID] = e.Step
		}
	}
	return list
}

// instants are the times of milestones to the last digit, by their place in the
// list, where they are finer than they are shown. The JSON of a timeline writes
// each to its precision.
func instants(t *timeline.Timeline) map[string]string {
	list := map[string]string{}
	for i := range t.Milestones {
		if b := &t.Milestones[i]; b.Known() && !b.Time.Equal(b.Time.Truncate(b.Precision.Unit())) {
			list[strconv.Itoa(i)] = b.Time.UTC().Format(time.RFC3339Nano)
		}
	}
	return list
}

// cutBytes cuts a text at a whole rune.
func cutBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
