package review

import (
	"fmt"
	"strings"

	"pir/internal/when"
	"pir/timeline"
)

// Citation is a row of the list of evidence.
type Citation struct {
	N          int
	Origin     Code
	Quote      Code
	Provenance Text
}

// Citations are the places that the page has cited so far, by number. The list
// of evidence is therefore the last thing on a page.
func (p *Page) Citations() []Citation {
	var list []Citation
	for _, c := range p.ledger.cited {
		out := Citation{N: c.n, Origin: Code(c.origin), Quote: Code(c.text())}
		if out.Origin == "" && len(c.ids) > 0 {
			out.Origin = Code(c.ids[0])
		}
		ev := timeline.Evidence{Origin: c.origin}
		if len(c.ids) > 0 {
			ev.ID = c.ids[0]
		}
		out.Provenance = Text(p.provenance(p.sourceOf(ev), c.origin))
		list = append(list, out)
	}
	return list
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
		i, ok := at[s.Provenance]
		if !ok {
			i = len(list)
			at[s.Provenance] = i
			list = append(list, Provenance{What: short(s.Provenance)})
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
