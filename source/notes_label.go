package source

import (
	"strings"

	"pir/timeline"
)

// label is what a word in front of a note makes of it: "Action: …". The same
// words as a heading, or as an item above a list, hold for the list below.
type label struct {
	words     []string // lower case
	topic     timeline.Topic
	kind      timeline.Kind      // empty is a note
	milestone timeline.Milestone // claimed at the time that stands with the label
	say       string             // kept in front of the title, where the topic alone tells less
}

var labels = []label{
	{topic: timeline.TopicAction, words: []string{
		"action", "actions", "action item", "action items", "todo", "to do", "to-do", "follow-up", "follow-ups", "follow up",
		"followup", "followups", "next steps", "review actions", "corrective actions", "preventive actions", "repair items",
		"remediation items", "actions taken after", "commitments",
	}},
	{topic: timeline.TopicImpact, words: []string{
		"impact", "customer impact", "user impact", "impact on users", "impact on customers", "what was the impact", "who was affected",
	}},
	{topic: timeline.TopicCause, words: []string{
		"cause", "root cause", "root causes", "causes", "contributing factor", "contributing factors", "contributing cause", "root cause analysis",
	}},
	{topic: timeline.TopicTrigger, words: []string{"trigger", "what set it off"}},
	{topic: timeline.TopicAdvice, words: []string{
		"advice", "advice for customers", "for customers", "recommendation", "recommendations", "takeaway", "takeaways",
	}},
	{topic: timeline.TopicLesson, words: []string{
		"lesson", "lessons", "lessons learned", "lessons learnt", "what did we learn", "what we learned", "what we learnt",
	}},
	{topic: timeline.TopicLesson, say: "Went well", words: []string{"went well", "what went well", "good"}},
	{topic: timeline.TopicLesson, say: "Went wrong", words: []string{
		"went wrong", "what went wrong", "went badly", "what went badly", "what didn't go so well", "what did not go well",
		"what didn't go well", "what could have gone better", "could be better",
	}},
	{topic: timeline.TopicLesson, say: "Lucky", words: []string{"lucky", "got lucky", "where we got lucky", "we got lucky"}},
	{topic: timeline.TopicQuestion, words: []string{
		"question", "questions", "open", "open question", "open questions", "unknown", "unknowns", "to be clarified",
	}},
	{kind: timeline.KindDecision, say: "Decision", words: []string{"decision", "decided"}},
	{kind: timeline.KindChange, say: "Change", words: []string{"change", "deploy", "deployment", "rollout"}},
	{kind: timeline.KindComms, say: "Statement", words: []string{"statement", "public statement", "press"}},

	{milestone: timeline.ImpactStart, words: []string{
		"impact start", "impact started", "impact began", "start of impact", "incident start", "incident started", "outage started", "outage start",
	}},
	{milestone: timeline.Detected, words: []string{"detected", "first detected", "detection", "time detected", "time of detection"}},
	{milestone: timeline.Acknowledged, words: []string{"acknowledged", "page acknowledged", "time acknowledged"}},
	{milestone: timeline.Declared, words: []string{"declared", "incident declared", "time declared"}},
	{milestone: timeline.Engaged, words: []string{"engaged", "team engaged", "responders engaged", "time engaged"}},
	{milestone: timeline.FirstUpdate, words: []string{"first update", "first public update", "first post"}},
	{milestone: timeline.Identified, words: []string{"identified", "cause identified", "root cause identified", "cause found"}},
	{milestone: timeline.MitigationStart, words: []string{
		"mitigation start", "mitigation started", "mitigation began", "failover", "failover started", "rollback started", "rollback",
	}},
	{milestone: timeline.PartialMitigation, words: []string{"partially mitigated", "partial mitigation"}},
	{milestone: timeline.Mitigated, words: []string{"mitigated", "repaired", "main impact mitigated", "time mitigated", "impact mitigated"}},
	{milestone: timeline.ImpactEnd, words: []string{
		"impact end", "impact ended", "end of impact", "fully mitigated", "fully recovered", "full recovery",
	}},
	{milestone: timeline.Resolved, words: []string{"resolved", "incident resolved", "time resolved"}},
	{milestone: timeline.Closed, words: []string{"closed", "incident closed", "review closed"}},
}

// labelShape is a few words in front of a colon.
var labelShape = expression(`^(\pL[\pL'’ /-]{1,40}?)\s*:(?:\s+|$)`)

// labelOf finds the label that a text begins with, and the text behind it.
func labelOf(text string) (l *label, rest string, ok bool) {
	m := labelShape.FindStringSubmatch(text)
	if m == nil {
		return nil, "", false
	}
	l, ok = labelNamed(m[1])
	return l, strings.TrimSpace(text[len(m[0]):]), ok
}

// labelNamed finds the label of a heading or of an item by itself.
func labelNamed(words string) (*label, bool) {
	words = strings.ToLower(strings.ReplaceAll(words, "’", "'"))
	words = strings.TrimRight(oneLine(words), "?!.: ")
	for i := range labels {
		for _, w := range labels[i].words {
			if w == words {
				return &labels[i], true
			}
		}
	}
	return nil, false
}

// milestoneInFront finds a label of a milestone without a colon, as in "First
// detected 2020-08-14 10:43", and what follows it.
func milestoneInFront(text string) (l *label, rest string, ok bool) {
	lower := strings.ToLower(text)
	best := 0
	for i := range labels {
		if labels[i].milestone == "" {
			continue
		}
		for _, w := range labels[i].words {
			if len(w) > best && strings.HasPrefix(lower, w+" ") && len(lower) == len(text) {
				l, best = &labels[i], len(w)
			}
		}
	}
	if l == nil {
		return nil, "", false
	}
	return l, strings.TrimSpace(text[best:]), true
}
