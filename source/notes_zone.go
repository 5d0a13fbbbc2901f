package source

import (
	"fmt"
	"path"
	"slices"
	"sort"
	"strings"
	"time"

	"pir/internal/when"
	"pir/internal/yaml"
	"pir/timeline"
)

// noteZone is a zone that notes declare, from a line on.
type noteZone struct {
	line  int
	name  string // as written, to check whether it fits the season of a date
	zone  when.Zone
	doubt string
}

var (
	zoneSentence = expression(`(?i)\b(?:times?|timestamps?|clocks?|zeiten|uhrzeiten)\b(?: below| here| given| shown)*(?:\s+(?:are|is|given|shown|stated|listed|all|alle|sind))*\s*(?:\bin\b|:|=|\bare\b)?\s+(?:the\s+)?(\S.*)$`)
	zoneLine     = expression(`(?i)^\W*(?:all\s|alle\s)?(?:local\s)?(?:times?|timestamps?|zeiten)\b\W*(?:(?:are|is|in|sind|given|all|alle)\s)*\S+(?:\s\S+)?\W*$`)
	zoneBehind   = expression(`(?i)(?:\d{4}-\d{2}-\d{2}|\d[./]\d{4}|` + monthShape + `,?\s+(?:\d{1,2},\s+)?\d{4})[\s,;|/–—(-]*([A-Z][\w/+:-]*(?: (?i:time))?)`)
	zoneAtEnd    = expression(`[,;|/–—-]\s*\(?([A-Z][A-Za-z/_]{1,30}(?:[+-]\d{1,2})?)\)?[\s:.]*$`)
	zoneOpening  = expression(`(?i)^\W*(?:all\s|alle\s)?(?:local\s)?(?:times?|timestamps?|clocks?|zeiten|uhrzeiten)\b(?:\s(?:below|here|given|shown|all|alle))*(?:\s+(?:are|is|sind|in|local)\b|\s*[:=])`)
	zoneLocal    = expression(`(?i)^[^.]{0,40}\b(?:times?|timestamps?|clocks?|zeiten|uhrzeiten)\b[^.]{0,30}?\blocal\b(?:\s+times?)?(?:\s+(?:to|in|at|of|for))?\s*(?:the\s+)?[\s(:,]*(.*)$|^\W*local\s+times?\b(?:\s+(?:in|of|at|for))?[\s(:,]*(.*)$`)
	zonePlace    = expression(`\b(?:clock|zone)\b|\bin \p{Lu}`)
	zoneCity     = expression(`^\W*(\p{Lu}[\pL.'-]+(?: \p{Lu}[\pL.'-]+){0,2}) (?:local )?time\W*$`)
	zoneKey      = expression(`(?i)^\W*(?:time\s?zone|tz)\s*[:=]\s*(\S.*)$`)
	zoneHeading  = expression(`[(\[]([^()\[\]]{1,40})[)\]]\s*$`)
	zoneOffset   = expression(`^\s*\(((?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d{2})?)\)`)
)

// declaredZones finds what notes say of their zone: "All times in CEST",
// "(times in BST)", "Timezone: Europe/Berlin", "## Timeline (UTC)", "All times
// local (Berlin)".
func (n *notes) declaredZones(list []block) {
	for _, b := range list {
		if b.kind == fenceBlock || b.kind == quoteBlock || b.kind == longBlock || len(b.text) > 400 {
			continue
		}
		text := inlineText(b.text)
		named := false
		for _, c := range zoneCandidates(b, text) {
			if z, ok := n.zoneNamed(c); ok {
				z.line = b.line
				n.zones = append(n.zones, z)
				n.declares[b.line] = true
				named = true
				break
			}
		}
		if !named && n.unzoned == "" && b.kind != tableBlock && (zoneLocal.MatchString(text) || zoneOpening.MatchString(text) && zonePlace.MatchString(text)) {
			n.unzoned = text
		}
	}
}

// zoneCandidates are the words of a block that may name the zone.
func zoneCandidates(b block, text string) []string {
	var candidates []string
	if b.kind == headingBlock {
		if m := zoneHeading.FindStringSubmatch(text); m != nil {
			candidates = append(candidates, m[1])
		}
	}
	if b.kind == tableBlock {
		candidates = columnZone(b)
	}
	shapes := []*pattern{zoneKey, zoneSentence, zoneLocal}
	if b.kind == paraBlock {
		shapes = append(shapes, zoneCity)
	}
	if len(text) <= maxTitle && (b.kind == headingBlock || b.kind == paraBlock) && !headsClock(text) && dateInTitle.MatchString(text) {
		shapes = append(shapes, zoneHeading, zoneBehind, zoneAtEnd)
	}
	for _, shape := range shapes {
		if m := shape.FindStringSubmatch(text); m != nil {
			candidates = append(candidates, strings.Join(m[1:], ""))
		}
	}
	return candidates
}

// doubtUnzoned tells of words about the zone that name none, at the first time
// that would have needed it.
func (n *notes) doubtUnzoned(e *timeline.Event) {
	if n.unzoned != "" && e.ZoneFrom == when.ZoneAssumed {
		e.Doubt = joined(e.Doubt, fmt.Sprintf("%q names no zone that is known; UTC was taken", cut(oneLine(n.unzoned), maxTitle)))
		n.unzoned = ""
	}
}

// dateInTitle is a date as titles have them.
var dateInTitle = expression(`(?i)\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|` + monthShape + `\s+\d|\d(?:st|nd|rd|th|\.)?\s+` + monthShape + `|` + foreignShape)

// columnZone is the zone in the heading of a column of times: "Time (ET)".
func columnZone(b block) []string {
	for _, c := range cellsOf(b) {
		if m := cellZone.FindStringSubmatch(c); m != nil && columnOf(m[1]) == "time" {
			return []string{m[2]}
		}
	}
	return nil
}

// zoneNamed reads the zone that a text begins with. A name that contradicts the
// offset in brackets behind it yields to the offset, with a doubt.
func (n *notes) zoneNamed(text string) (noteZone, bool) {
	words := strings.Fields(strings.TrimLeft(text, "(["))
	for count := min(5, len(words)); count > 0; count-- {
		name := strings.Trim(strings.Join(words[:count], " "), ".,;:)]")
		if len(name) < 2 && name != "Z" || strings.ToUpper(name[:1]) != name[:1] {
			continue // zones begin with a capital, or with a sign
		}
		loc, doubt, ok := when.GuessZone(name, n.s.opt.Zone)
		if !ok {
			continue
		}
		z := noteZone{name: name, doubt: doubt, zone: when.Zone{Location: loc, From: when.ZoneDocument}}
		if _, behind, _ := strings.Cut(text, name); behind != "" {
			z.checkOffset(behind)
		}
		return z, true
	}
	return noteZone{}, false
}

// checkOffset compares an abbreviation with the offset written behind it.
func (z *noteZone) checkOffset(behind string) {
	m := zoneOffset.FindStringSubmatch(behind)
	if m == nil {
		return
	}
	loc, err := when.LoadZone(m[1])
	if err != nil {
		return
	}
	at := time.Unix(0, 0)
	_, written := at.In(loc).Zone()
	_, named := at.In(z.zone.Location).Zone()
	if written != named && !strings.Contains(z.zone.Location.String(), "/") {
		z.doubt = z.name + " is written as " + m[1] + ", which it is not; the offset was taken"
		z.zone.Location, z.name = loc, ""
	}
}

// zoneAt is the zone of a line: the last one declared above it, else the first
// one declared below, else what the user knows.
func (n *notes) zoneAt(line int) noteZone {
	if len(n.zones) == 0 {
		return noteZone{zone: n.s.opt.Zone}
	}
	below := sort.Search(len(n.zones), func(i int) bool { return n.zones[i].line > line })
	return n.zones[max(0, below-1)]
}

// doubtAt is the doubt about a zone on the day of a time: an abbreviation of
// the winter in July.
func (z noteZone) doubtAt(t time.Time) string {
	if z.doubt != "" || z.name == "" || z.zone.Location == nil {
		return z.doubt
	}
	local := t.In(z.zone.Location).Format("2006-01-02 15:04")
	if s, err := when.Parse(local+" "+z.name, z.zone, 0); err == nil {
		return s.Doubt
	}
	return ""
}

// noteHead is the front matter of notes.
type noteHead struct {
	title, by  string
	kind       timeline.Kind
	party      timeline.Party
	date, said when.Stamp
}

// noteKinds are the kinds that a document can give itself.
var noteKinds = []timeline.Kind{
	timeline.KindNote, timeline.KindComms, timeline.KindChat, timeline.KindDecision, timeline.KindTicket,
	timeline.KindStatus, timeline.KindChange, timeline.KindPage,
}

// frontMatter reads what stands between two lines of --- at the top, and gives
// the rest with the number of its first line.
func (n *notes) frontMatter(text string) (rest string, line int) {
	lines := strings.SplitAfter(text, "\n")
	if strings.TrimRight(lines[0], " \t\r\n") != "---" {
		return text, 1
	}
	for i := 1; i < len(lines); i++ {
		if end := strings.TrimRight(lines[i], " \t\r\n"); end != "---" && end != "..." {
			continue
		}
		root, err := yaml.ParseAt(n.s.path, 2, []byte(strings.Join(lines[1:i], "")))
		if err != nil {
			n.fault(1, lines[0], "front matter: %s", strings.TrimPrefix(err.Error(), n.s.path+":"))
		} else {
			n.readHead(root)
		}
		return strings.Join(lines[i+1:], ""), i + 2
	}
	return text, 1
}

func (n *notes) readHead(root *yaml.Node) {
	text := func(key string) string {
		value, _ := root.Get(key).Value()
		return oneLine(value)
	}
	n.head.title, n.head.by = text("title"), text("by")
	switch party := timeline.Party(text("party")); party {
	case "", timeline.PartyOwn, timeline.PartyUpstream, timeline.PartyDownstream:
		n.head.party = party
	default:
		n.fault(root.KeyLine("party"), string(party), "party: %q is none of own, upstream, downstream", party)
	}
	if name := text("timezone"); name != "" {
		if z, ok := n.zoneNamed(name); ok {
			n.zones = append(n.zones, z)
		} else {
			n.fault(root.KeyLine("timezone"), name, "timezone: %q is no zone; give one such as Europe/Berlin or UTC", name)
		}
	}
	if kind := timeline.Kind(text("kind")); kind != "" {
		if slices.Contains(noteKinds, kind) {
			n.head.kind = kind
		} else {
			n.fault(root.KeyLine("kind"), string(kind), "kind: %q is none of note, comms, chat, decision, ticket, status, change, page", kind)
		}
	}
	n.headTime(root, "date", &n.head.date)
	n.headTime(root, "said", &n.head.said)
	slices.SortStableFunc(n.items, func(a, b *noteItem) int { return a.fault.Origin.Line - b.fault.Origin.Line })
}

func (n *notes) headTime(root *yaml.Node, key string, into *when.Stamp) {
	value, _ := root.Get(key).Value()
	if value == "" {
		return
	}
	stamp, err := when.Parse(value, n.zoneAt(0).zone, n.s.opt.Year)
	if err != nil {
		n.fault(root.KeyLine(key), value, "%s: %s", key, err)
		return
	}
	*into = plainDay(stamp, n.location(0))
}

var nameDate = expression(`(?:^|\D)((?:19|20)\d{2})[-_]?(\d{2})[-_]?(\d{2})(?:\D|$)`)

// nameDay is the date in the name of a file; zero when there is none.
func nameDay(name string) time.Time {
	if m := nameDate.FindStringSubmatch(path.Base(name)); m != nil {
		if t, err := time.Parse("2006-01-02", m[1]+"-"+m[2]+"-"+m[3]); err == nil {
			return t
		}
	}
	return time.Time{}
}
