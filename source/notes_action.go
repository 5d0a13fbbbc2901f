package source

import (
	"slices"
	"strings"

	"pir/timeline"
)

// The shapes of what stands around an action.
const (
	dueShape = `(?:the\s+)?(?:end\s+of\s+)?(?:\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})?|Q[1-4](?:\s+\d{4})?|(?:\d{1,2}\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:\s+\d{1,2},?)?(?:\s+\d{4})?|` +
		`(?:next\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:next|this|the)\s+(?:week|sprint|month|quarter))`
	ownerShape = `\p{Lu}[\pL'’-]{2,}(?: \p{Lu}[\pL'’-]+)?`
	plainWord  = `[^\s:=;.,]+(?:\.[^\s:=;.,]+)*`
)

var (
	actionParen = expression(`\s*\(([^()]*)\)`)
	actionField = expression(`(?i)^\s*(owner|assignee|assigned to|who|due by|due on|due date|due|by|deadline|type|status|state|estimated completion|eta|link|ticket)\s*[:=]\s*(.+?)\s*$`)
	actionWhen  = expression(`(?i)^(?:due(?:\s+(?:by|on|date))?|by|eta|deadline)?\s*(` + dueShape + `)$`)
	actionWho   = expression(`^(?i:owner|owned by|assignee|assigned to)\s+(` + ownerShape + `)$`)
	actionOwner = expression(`\s*(?:—|–|-)?\s*@([\pL\d][\pL\d._-]*)\s*[.,]?\s*$`)
	actionDue   = expression(`(?i)[,;.]?\s+(?:due(?:\s+(?:by|on))?|by|eta)\s+(` + dueShape + `)\s*[.]?\s*$`)
	// actionTail is a field behind the words: "… . Owner: Jonas. Due: 2025-11-01".
	actionTail  = expression(`(?:[.,;–—|]\s*|\s-\s+|^|\s+)((?i:owner|assignee|assigned to|due date|due by|due on|due|deadline|eta|status|state|type|ticket|link))\s*[:=]\s*(https?://\S+|` + plainWord + `(?:,? ` + plainWord + `){0,3})\s*[.,;]?\s*$`)
	actionFront = expression(`^[(\[]@?(` + ownerShape + `)[)\]]\s*[:–—-]?\s*`)
	actionColon = expression(`^(\p{Lu}\p{Ll}{2,14}):\s+`)
)

// noOwners are words in front of an action that are no one's name.
var noOwners = []string{
	"note", "fix", "add", "docs", "doc", "documentation", "monitor", "monitors", "alert", "alerts", "dashboard", "dashboards", "runbook", "runbooks",
	"test", "tests", "database", "network", "infra", "infrastructure", "backend", "frontend", "security", "platform", "support", "customer", "customers",
	"process", "people", "tooling", "tools", "short", "long", "short-term", "long-term", "medium", "high", "low", "critical", "urgent", "important", "optional",
	"later", "maybe", "bug", "feature", "code", "deploy", "deploys", "rollout", "rollback", "backup", "backups", "cache", "queue", "queues", "mail", "api",
	"first", "second", "third", "next", "then", "also", "all", "team", "everyone", "nobody", "idea", "proposal", "goal", "why", "what", "how", "who", "when",
	"cleanup", "chore", "task", "item", "ticket", "issue", "followup", "follow-up", "priority", "canary", "capacity", "limits", "logs", "logging", "metrics",
}

// classWords say what sort of work an action is.
var classWords = []struct{ word, class string }{
	{"prevent", "prevent"}, {"prevention", "prevent"}, {"detect", "detect"}, {"detection", "detect"}, {"mitigate", "mitigate"}, {"mitigation", "mitigate"},
	{"repair", "repair"}, {"process", "process"}, {"investigate", "investigate"}, {"investigation", "investigate"},
}

// doneWords and openWords are states as people write them in brackets.
var (
	doneWords = []string{"completed", "complete", "done", "closed", "fixed", "merged", "finished"}
	openWords = []string{"open", "in progress", "started", "planned", "todo", "not started", "ongoing"}
)

// actionOf reads a piece of work out of the text behind "Action:" or of a task
// list item: its owner, due date, state, type and link, where it names them.
// What it does not name stays empty.
func actionOf(text, markup string, task byte) *timeline.Action {
	a := &timeline.Action{Link: firstURL(markup)}
	switch task {
	case 'x':
		a.State = "done"
	case ' ':
		a.State = "open"
	}
	text = actionParen.ReplaceAllStringFunc(text, func(paren string) string {
		if readActionParen(a, strings.Trim(paren, " ()")) {
			return ""
		}
		return paren
	})
	text = readActionFront(a, strings.TrimSpace(text))
	for range 6 { // the fields behind the words stand in any order
		m := actionTail.FindStringSubmatch(text)
		switch {
		case m != nil && fieldBehind(a, text, m):
			setActionField(a, strings.ToLower(m[1]), strings.TrimSpace(m[2]))
		case a.Owner == "" && matchTail(actionOwner, text, &m):
			a.Owner = m[1]
		case a.Due == "" && matchTail(actionDue, text, &m):
			a.Due = m[1]
		default:
			m = nil
		}
		if m == nil {
			break
		}
		text = strings.TrimRight(strings.TrimSuffix(text, m[0]), " ,;–—|")
	}
	a.Text = oneLine(text)
	return a
}

func matchTail(shape *pattern, text string, m *[]string) bool {
	*m = shape.FindStringSubmatch(text)
	return *m != nil
}

// fieldBehind reports whether what looks like a field at the end of an action is
// one: it is set off by a mark, or by a capital, and not known yet.
func fieldBehind(a *timeline.Action, text string, m []string) bool {
	key := strings.ToLower(m[1])
	switch {
	case strings.TrimSpace(m[0][:strings.Index(m[0], m[1])]) == "" && m[1] == key && len(m[0]) < len(text):
		return false
	case key == "owner" || strings.HasPrefix(key, "assign"):
		return a.Owner == ""
	case strings.HasPrefix(key, "due") || key == "deadline" || key == "eta":
		return a.Due == ""
	case key == "type" || key == "status" || key == "state":
		return !strings.Contains(strings.TrimSpace(m[2]), " ") || slices.Contains(openWords, strings.ToLower(m[2]))
	}
	return true
}

// readActionFront takes a name, a state or a sort of work that stands in front
// of the words: "(Jonas) …", "[Jonas] …", "Jonas: …".
func readActionFront(a *timeline.Action, text string) string {
	m := actionFront.FindStringSubmatch(text)
	bracket := m != nil
	if m == nil {
		if m = actionColon.FindStringSubmatch(text); m == nil {
			return text
		}
	}
	lower := strings.ToLower(m[1])
	rest := text[len(m[0]):]
	for _, row := range classWords {
		if bracket && row.word == lower {
			a.Type = row.class
			return rest
		}
	}
	switch {
	case bracket && slices.Contains(doneWords, lower):
		a.State = "done"
	case bracket && slices.Contains(openWords, lower):
		a.State = lower
	case a.Owner != "" || slices.Contains(noOwners, lower) || rest == "" || workWord(lower) || !bracket && isLabel(lower):
		return text
	default:
		a.Owner = m[1]
	}
	return rest
}

// workWord reports whether a word ends as words for things and work do, and
// names do not.
func workWord(lower string) bool {
	for _, end := range []string{"ing", "tion", "sion", "ment", "ity", "ness", "ance", "ence", "ware"} {
		if strings.HasSuffix(lower, end) {
			return true
		}
	}
	return false
}

func isLabel(lower string) bool {
	_, ok := labelNamed(lower)
	return ok
}

// readActionParen takes what a bracket says of the action; false leaves the
// bracket in the text, because a part of it says something else.
func readActionParen(a *timeline.Action, text string) bool {
	read := *a
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' }) {
		part = strings.TrimSpace(part)
		lower := strings.ToLower(part)
		switch m := actionField.FindStringSubmatch(part); {
		case m != nil:
			setActionField(&read, strings.ToLower(m[1]), m[2])
		case strings.HasPrefix(part, "@") && !strings.Contains(part, " "):
			read.Owner = part[1:]
		case matchTail(actionWhen, part, &m):
			setActionField(&read, "due", m[1])
		case matchTail(actionWho, part, &m):
			read.Owner = m[1]
		case slices.Contains(doneWords, lower):
			read.State = "done"
		case slices.Contains(openWords, lower):
			read.State = lower
		default:
			return false
		}
	}
	*a = read
	return true
}

func setActionField(a *timeline.Action, name, text string) {
	switch name {
	case "owner", "assignee", "assigned to", "who":
		a.Owner = strings.TrimPrefix(text, "@")
	case "due", "due date", "due by", "due on", "by", "deadline", "estimated completion", "eta":
		a.Due = text
		if a.State == "" && (name == "eta" || strings.HasPrefix(name, "estimated")) {
			a.State = "open"
		}
	case "type":
		a.Type = strings.ToLower(text)
	case "status", "state":
		a.State = strings.ToLower(text)
		if slices.Contains(doneWords, a.State) {
			a.State = "done"
		}
	case "link", "ticket":
		a.Link = text
	}
}
