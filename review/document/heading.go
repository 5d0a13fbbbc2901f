package document

import (
	"sort"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// aliases are the headings by which a section is known, in lower case and
// without marks: those of our template sets first, then those of public reviews
// and of the templates that teams start from. A heading may begin with "the",
// "our", "incident", "customer" or a number.
func aliases() map[string][]string {
	return map[string][]string{
		"summary": {"what happened", "summary", "executive summary", "incident summary", "issue summary", "overview", "incident overview", "high level summary",
			"problem summary", "synopsis", "abstract", "tl dr", "tldr", "in short", "at a glance", "description", "incident description", "introduction"},
		"impact": {"who was affected and how much", "impact", "user impact", "business impact", "service impact", "what was the impact", "who was affected",
			"what was affected", "affected services", "services affected", "services impacted", "impacted services", "scope of impact", "scope", "impact assessment",
			"impact analysis", "what issues or customer impact occurred", "impact on customers", "impact on users", "how were customers affected", "blast radius"},
		"cause": {"what went wrong and why", "root cause", "root causes", "cause", "causes", "root cause analysis", "contributing factors", "contributing factor",
			"contributing conditions", "trigger", "triggers", "root cause and trigger", "fault", "leadup", "lead up", "five whys", "5 whys", "the five whys",
			"why did it happen", "why did this happen", "what caused it", "what caused this", "what caused the outage", "background and root cause",
			"preliminary root cause", "underlying cause", "underlying causes", "what went wrong", "technical root cause", "what was the cause", "analysis"},
		"timeline": {"timeline", "timeline of events", "event timeline", "sequence of events", "chronology", "detailed timeline", "timeline utc",
			"timeline of the incident", "timeline all times utc", "timeline all times in utc", "events", "event log", "the timeline"},
		"response": {"how did we respond", "response", "resolution", "detection", "mitigation", "recovery", "resolution and recovery", "detection and response",
			"mitigation and resolution", "how was it resolved", "how was it fixed", "how it was fixed", "how we responded", "how was it detected", "response and recovery",
			"what was done to resolve it", "remediation", "actions taken", "immediate actions", "what we did", "how we fixed it", "responders"},
		"improvements": {"how are we making incidents like this less likely or less impactful", "improvements", "action items", "action item", "actions", "action plan",
			"follow up", "follow ups", "followups", "follow up actions", "follow up items", "follow up tasks", "corrective actions", "corrective action",
			"corrective and preventative measures", "corrective and preventive measures", "corrective and preventative actions", "corrective and preventive actions",
			"preventative measures", "preventive measures", "preventive actions", "prevention", "remediation items", "remediation and follow up",
			"remediation and follow up steps", "next steps", "to do", "todo", "future work", "what are we doing about it", "what we are doing about it",
			"what are we doing to prevent this", "how will we prevent this", "backlog check", "mitigations and follow ups", "repair items", "tasks", "improvement actions"},
		"resilience": {"how can customers make incidents like this less impactful", "how can our customers and partners make incidents like this less impactful",
			"how can we make our services more resilient", "what can customers do", "recommendations for customers", "guidance", "advice", "resilience", "workarounds", "workaround"},
		"communication": {"how can we make our incident communications more useful", "communication", "communications", "incident communication", "incident communications",
			"messaging", "external messaging", "external message", "internal messaging", "internal email", "external communication", "customer communication", "status updates", "status page updates"},
		"lessons": {"what did we learn", "lessons", "lessons learned", "lessons learnt", "learnings", "key learnings", "what we learned", "takeaways", "key takeaways",
			"what went well", "what went poorly", "what didnt go well", "what didnt go so well", "what went badly", "where we got lucky", "things that went well",
			"things that went poorly", "what could have gone better", "what could be improved", "retrospective", "reflections", "recurrence", "how d we do", "howd we do", "what surprised us"},
		"open":     {"what is still open", "open questions", "open question", "unknowns", "questions", "unanswered questions", "outstanding questions", "still unknown", "what we do not know", "what we dont know"},
		"next":     {"what happens next", "next", "what is next", "whats next", "next update", "upcoming reviews"},
		"evidence": {"evidence", "supporting information", "supporting data", "sources", "references", "appendix", "related links", "links", "data", "raw data", "footnotes"},
	}
}

// byHeading gives the id of each alias. No two sections have the same.
var byHeading = sync.OnceValue(func() map[string]string {
	ids := map[string]string{}
	for id, names := range aliases() {
		for _, name := range names {
			ids[name] = id
		}
	}
	return ids
})

// SectionIDs are the ids of sections, sorted.
func SectionIDs() []string {
	var ids []string
	for id := range aliases() {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	return ids
}

// SectionID gives the id of the section that a heading names, by our template
// sets and by the headings that others use; empty for any other heading.
func SectionID(heading string) string { return sectionIDIn(byHeading(), heading) }

// plainHeading is a heading in lower case, without its number and marks.
func plainHeading(heading string) string {
	var b strings.Builder
	space := false
	for _, r := range strings.ToLower(heading) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		case r == '\'' || r == '’':
		case r == '&':
			b.WriteString(" and")
			space = true
		default:
			space = true
		}
	}
	return b.String()
}

func sectionIDIn(ids map[string]string, heading string) string {
	// What stands in parentheses at the end is about the section: "(all times UTC)".
	if open := strings.LastIndexByte(heading, '('); open > 0 && strings.HasSuffix(heading, ")") {
		heading = heading[:open]
	}
	plain := plainHeading(heading)
	for plain != "" {
		if id := ids[plain]; id != "" {
			return id
		}
		first, rest, found := strings.Cut(plain, " ")
		switch {
		case !found:
			return ""
		case strings.Trim(first, "0123456789") == "":
		case first == "the" || first == "our" || first == "incident" || first == "customer" || first == "proposed" || first == "part" || first == "section":
		default:
			return ""
		}
		plain = rest
	}
	return ""
}

// anchor is the fragment that GitHub gives a heading, the second of a name with
// a number behind it.
func (p *parser) anchor(title string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case r == ' ':
			b.WriteByte('-')
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r):
			b.WriteRune(r)
		}
	}
	name := b.String()
	n, seen := p.anchors[name]
	p.anchors[name] = n + 1
	if !seen {
		return name
	}
	numbered := name + "-" + strconv.Itoa(n)
	p.anchors[numbered]++
	return numbered
}

// Section gives the first section of an id, else nil.
func (d *Document) Section(id string) *Section { return findSection(d.Sections, id) }

func findSection(sections []Section, id string) *Section {
	for i := range sections {
		if sections[i].ID == id {
			return &sections[i]
		}
		if found := findSection(sections[i].Nested, id); found != nil {
			return found
		}
	}
	return nil
}
