package review

import (
	"fmt"
	"slices"
	"strings"

	"pir/internal/markdown"
	"pir/internal/when"
	"pir/timeline"
)

// Citation is a row of the list of evidence.
type Citation struct {
	N          int
	Origin     Code
	Time       Code // as the source writes it, where the quotation does not show it
	Quote      Code
	Provenance Text
}

// Citations are the places that the page has cited so far, by number. The list
// of evidence is therefore the last thing on a page.
func (p *Page) Citations() []Citation {
	var list []Citation
	for _, c := range p.ledger.cited {
		out := Citation{N: c.n, Origin: Code(c.origin), Quote: Code(p.quotation(c))}
		if out.Origin == "" && len(c.ids) > 0 {
			out.Origin = Code(c.ids[0])
		}
		if c.gone {
			out.Quote, out.Provenance = Code(c.text()), "no longer among the evidence"
			list = append(list, out)
			continue
		}
		ev := timeline.Evidence{Origin: c.origin}
		if len(c.ids) > 0 {
			ev.ID = c.ids[0]
		}
		out.Provenance = Text(p.provenance(p.sourceOf(ev), c.origin))
		if e, ok := p.event(ev); ok && e.TimeText != "" && !strings.Contains(string(out.Quote), markdown.Visible(e.TimeText)) {
			out.Time = Code(e.TimeText)
		} else if at := p.givenTime(c.origin); !ok && at != "" && !strings.Contains(string(out.Quote), at) {
			out.Time = Code(at)
		}
		list = append(list, out)
	}
	return list
}

// givenTime is the time of a milestone that pir.yaml gives at a place; "" where it
// gives none there.
func (p *Page) givenTime(origin string) string {
	for _, b := range p.timeline.Milestones {
		if b.Rung == timeline.RungGiven && b.Known() && slices.ContainsFunc(b.Evidence, func(e timeline.Evidence) bool { return e.Origin == origin }) {
			return when.Format(b.Time, b.Precision)
		}
	}
	return ""
}

// quotation is what a place says: the record as it stands, where that is known
// and short, else the words that were taken from it.
func (p *Page) quotation(c *citation) string {
	for _, id := range c.ids {
		e, ok := p.timeline.Event(id)
		if !ok || e.Raw == "" {
			continue
		}
		record := citation{quotes: slices.Clone(c.quotes)}
		record.quote(evidenceOf(e).Quote)
		if len(record.quotes) == 1 {
			return record.text()
		}
	}
	return c.text()
}

// Source is a row of the table of what was read.
type Source struct {
	Name, Status, Records, Malformed, Zone, Note Text
	Path, Sum                                    Code
}

// Sources are all inputs, read or not.
func (p *Page) Sources() []Source {
	var list []Source
	for _, s := range p.timeline.Sources {
		out := Source{
			Name: Text(s.Name), Path: Code(s.Path), Status: Text(s.Status), Records: Text(thousands(s.Records)),
			Malformed: Text(thousands(s.Malformed)), Zone: Text(zoneText(s.ZoneFrom)), Sum: Code(s.SHA256[:min(12, len(s.SHA256))]),
		}
		var notes List
		if s.Party != "" && s.Party != timeline.PartyOwn {
			notes = append(notes, Text(s.Party))
		}
		if s.Provenance != "" {
			notes = append(notes, Text(s.Provenance))
		}
		if s.Skew != 0 {
			notes = append(notes, Text("clock moved by "+when.Words(s.Skew)))
		}
		if s.Detail != "" && s.Status != timeline.StatusRead {
			notes = append(notes, Text(s.Detail))
		}
		out.Note = short(string(Text(joinSemi(notes))))
		list = append(list, out)
	}
	return list
}

func joinSemi(l List) string {
	words := make([]string, len(l))
	for i, t := range l {
		words[i] = string(t)
	}
	return strings.Join(words, "; ")
}

// zoneText says where the zone of a source's times came from.
func zoneText(from timeline.ZoneFrom) string {
	switch from {
	case when.ZoneRecord:
		return "in the records"
	case when.ZoneDocument:
		return "said in the document"
	case when.ZoneSource, when.ZoneIncident:
		return "given in pir.yaml"
	case when.ZoneFlag:
		return "given by --tz"
	case when.ZoneAssumed:
		return "UTC, assumed"
	}
	return ""
}

// Dropped are the rows that pir.yaml took out.
type Dropped struct {
	What, Reason Text
	Origin       Code
}

// Dropped lists the rows that pir.yaml took out, with the reasons given.
func (p *Page) Dropped() []Dropped {
	var list []Dropped
	for _, d := range p.timeline.Dropped {
		list = append(list, Dropped{short(d.Title), short(d.Reason), Code(d.Origin)})
	}
	return list
}

// Doubt is a number of warnings of one kind.
type Doubt struct {
	Count Text
	Code  Code
	First Text
}

// Doubts are the warnings about the evidence, by code, in the order of the first
// of each.
func (p *Page) Doubts() []Doubt {
	var list []Doubt
	counts := map[string]int64{}
	for _, w := range p.timeline.Warnings {
		if counts[w.Code]++; counts[w.Code] == 1 {
			list = append(list, Doubt{Code: Code(w.Code), First: short(w.Message)})
		}
	}
	for i := range list {
		list[i].Count = Text(thousands(counts[string(list[i].Code)]))
	}
	return list
}

// Provenance groups the sources by what pir.yaml says of their origin.
type Provenance struct {
	What    Text
	Sources List
}

// Provenances are the groups, in the order of the sources.
func (p *Page) Provenances() []Provenance {
	var list []Provenance
	at := map[string]int{}
	named := map[string]bool{}
	for _, s := range p.timeline.Sources {
		if s.Provenance == "" || named[s.Name] {
			continue
		}
		named[s.Name] = true
		head := provenanceHead(s.Provenance)
		i, ok := at[head]
		if !ok {
			i = len(list)
			at[head] = i
			list = append(list, Provenance{What: short(head)})
		}
		list[i].Sources = append(list[i].Sources, Text(s.Name))
	}
	return list
}

// Summary counts what the list holds: "42 citations from 9 sources".
func (p *Page) Summary() Text {
	return Text(fmt.Sprintf("%s from %s", plural1(len(p.ledger.cited), "citation"), plural1(len(p.timeline.Sources), "source")))
}

func plural1(n int, word string) string {
	if n != 1 {
		word += "s"
	}
	return fmt.Sprintf("%d %s", n, word)
}
