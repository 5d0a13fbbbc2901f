package diff

import (
	"encoding/json"
	"io"
)

// Schema is the version of the JSON.
const Schema = "pir.diff/1"

// written is the JSON of a diff; written out, it is the schema too.
type written struct {
	Schema  string          `json:"schema" doc:"always pir.diff/1"`
	From    string          `json:"from" doc:"name of the old review"`
	To      string          `json:"to" doc:"name of the new review"`
	Changes []writtenChange `json:"changes" doc:"facts first, in the order of the types; then by place"`
	Coarse  []string        `json:"coarse" doc:"what was compared less finely than it could be, and why"`
}

type writtenChange struct {
	Type     string            `json:"type" doc:"what kind of change it is"`
	Name     string            `json:"name" doc:"the milestone, metric, action or row that changed; empty for prose"`
	Section  string            `json:"section" doc:"id of the section, else its heading"`
	From     string            `json:"from" doc:"old value; times in RFC 3339, spans as start/end with .. for what is not known, windows parted by a space"`
	To       string            `json:"to" doc:"new value"`
	TextFrom string            `json:"text_from" doc:"what a reader saw"`
	TextTo   string            `json:"text_to" doc:"what a reader sees"`
	Note     string            `json:"note" doc:"by how much, or which part"`
	Because  []string          `json:"because" doc:"names of the milestones that explain it"`
	Evidence []writtenEvidence `json:"evidence" doc:"what either side cites"`
	LineFrom *int              `json:"line_from" doc:"line of the old review, from 1; null where there is none"`
	LineTo   *int              `json:"line_to" doc:"line of the new review, from 1; null where there is none"`
}

type writtenEvidence struct {
	Side   string `json:"side" doc:"from or to"`
	Origin string `json:"origin" doc:"file and line, else the citation as the page shows it"`
}

// WriteJSON writes the diff as pir.diff/1.
func (d *Diff) WriteJSON(w io.Writer) error {
	out := written{Schema: Schema, From: d.From, To: d.To, Changes: []writtenChange{}, Coarse: append([]string{}, d.Coarse...)}
	for _, c := range d.Changes {
		out.Changes = append(out.Changes, writtenChange{
			Type: string(c.Type), Name: c.Name(), Section: c.Section(), From: c.From.Value, To: c.To.Value,
			TextFrom: c.From.Text, TextTo: c.To.Text, Note: c.Note, Because: append([]string{}, c.Because...),
			Evidence: evidenceOf(c), LineFrom: lineOf(c.From), LineTo: lineOf(c.To),
		})
	}
	return encode(w, out)
}

func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

func evidenceOf(c Change) []writtenEvidence {
	out := []writtenEvidence{}
	for _, o := range c.From.Evidence {
		out = append(out, writtenEvidence{"from", o})
	}
	for _, o := range c.To.Evidence {
		out = append(out, writtenEvidence{"to", o})
	}
	return out
}

func lineOf(s Side) *int {
	if s.Line == 0 {
		return nil
	}
	return &s.Line
}
