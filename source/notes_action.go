package source

import (
	"regexp"
	"slices"
	"strings"

	"pir/timeline"
)

var (
	actionParen = regexp.MustCompile(`\s*\(([^()]*)\)`)
	actionField = regexp.MustCompile(`(?i)^\s*(owner|assignee|assigned to|who|due|due date|by|deadline|type|status|state|estimated completion|eta|link|ticket)\s*[:=]\s*(.+?)\s*$`)
	actionOwner = regexp.MustCompile(`\s*(?:—|–|-)?\s*@([\pL\d][\pL\d._-]*)\s*[.,]?\s*$`)
	actionDue   = regexp.MustCompile(`(?i)[,;]?\s+(?:due(?:\s+(?:by|on))?|by)\s+((?:the\s+)?(?:end\s+of\s+)?(?:\d{4}-\d{2}-\d{2}|Q[1-4]\s+\d{4}|(?:\d{1,2}\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:\s+\d{1,2},?)?(?:\s+\d{4})?))\s*[.]?\s*$`)
)

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
	for range 2 { // the two stand in either order
		if m := actionOwner.FindStringSubmatch(text); m != nil && a.Owner == "" {
			a.Owner = m[1]
			text = strings.TrimSuffix(text, m[0])
		}
		if m := actionDue.FindStringSubmatch(text); m != nil && a.Due == "" {
			a.Due = m[1]
			text = strings.TrimSuffix(text, m[0])
		}
	}
	a.Text = oneLine(text)
	return a
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
	case "due", "due date", "by", "deadline", "estimated completion", "eta":
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
