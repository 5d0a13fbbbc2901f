package timeline

import "slices"

// regions are the names of parts of the world that a sentence may limit itself
// to, in the form that is shown, longer ones before those inside them.
func regions() []string {
	return []string{
		"Asia Pacific", "Asia-Pacific", "APAC", "Middle East", "North America", "South America", "Latin America",
		"North Europe", "West Europe", "Europe", "EMEA", "the Americas", "Americas", "Africa", "Australia", "India",
		"Japan", "Brazil", "Canada", "UK South", "UK West", "East US", "West US", "Central US", "US East", "US West",
	}
}

// scopeOf is the part of the service that a sentence names: regions of the
// table and of the record, and the incident's components.
func (m *miner) scopeOf(e *Event, words []word) Scope {
	if len(words) == 0 {
		return Scope{}
	}
	text := ""
	for _, w := range words {
		text += w.text + " "
	}
	var s Scope
	for i := range words {
		if name := cloudRegion(words[i:]); name != "" && !slices.Contains(s.Regions, name) {
			s.Regions = append(s.Regions, name)
		}
	}
	add := func(p place) {
		covered := func(have string) bool { return hasWord(plainName(have), p.plain) }
		if hasWord(text, p.plain) && !slices.ContainsFunc(s.Regions, covered) {
			s.Regions = append(s.Regions, p.name)
		}
	}
	for _, p := range m.places {
		add(p)
	}
	for _, name := range e.Regions {
		add(place{name, plainName(name)})
	}
	for _, p := range m.components {
		if hasWord(text, p.plain) && !slices.Contains(s.Components, p.name) {
			s.Components = append(s.Components, p.name)
		}
	}
	return s
}

// place is the name of a region or component, and the words of it.
type place struct{ name, plain string }

// plainName is a name as splitWords gives its words.
func plainName(name string) string {
	out := ""
	for i, w := range splitWords(name) {
		if i > 0 {
			out += " "
		}
		out += w.text
	}
	return out
}

// cloudRegion reads a name such as us-east-1, which splitWords divides.
func cloudRegion(words []word) string {
	if len(words) < 3 {
		return ""
	}
	land := slices.Contains([]string{"us", "eu", "ap", "sa", "ca", "af", "me", "il", "mx"}, words[0].text)
	side := slices.Contains([]string{
		"east", "west", "north", "south", "central", "northeast", "southeast", "northwest", "southwest",
	}, words[1].text)
	number := words[2].text
	if !land || !side || len(number) != 1 || !isDigit(number[0]) {
		return ""
	}
	return words[0].text + "-" + words[1].text + "-" + number
}
