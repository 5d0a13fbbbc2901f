package source

import (
	"slices"
	"strings"

	"pir/timeline"
)

// todoColumns are what people call the columns of a table of actions.
var todoColumns = []struct {
	field string
	words []string
}{
	{"action", []string{"action", "actions", "action item", "action items", "task", "item", "todo", "to do", "what", "description", "follow-up", "follow up", "measure", "aufgabe", "maßnahme"}},
	{"owner", []string{"owner", "owners", "who", "assignee", "assigned to", "responsible", "dri", "by whom", "person", "lead", "wer"}},
	{"due", []string{"due", "due date", "due by", "deadline", "by", "by when", "when", "eta", "target", "target date", "bis", "bis wann"}},
	{"state", []string{"state", "status", "done", "done?", "progress"}},
	{"type", []string{"type", "kind", "category"}},
	{"link", []string{"link", "ticket", "issue", "jira", "tracking", "url", "bug"}},
}

// clockColumns name a column of times and nothing else.
var clockColumns = []string{"time", "clock", "timestamp", "hour", "zeit", "uhrzeit"}

// actionColumns are the fields of the columns of a table of actions, by its
// head; nil when it is none. Below a heading such as "Actions" every table
// without times is one.
func (n *notes) actionColumns(b block, cells []string) []string {
	scope := n.scope()
	under := scope != nil && scope.topic == timeline.TopicAction
	fields := make([]string, len(cells))
	for i, c := range cells {
		c = strings.ToLower(strings.Trim(c, " *_:#"))
		if slices.Contains(clockColumns, c) {
			return nil
		}
		for _, column := range todoColumns {
			if slices.Contains(column.words, c) && !slices.Contains(fields, column.field) {
				fields[i] = column.field
				break
			}
		}
	}
	owned := slices.Contains(fields, "owner") || slices.Contains(fields, "due")
	text := slices.Index(fields, "action")
	switch {
	case text < 0 && under && b.head:
		if text = slices.Index(fields, ""); text < 0 {
			return nil
		}
		fields[text] = "action"
	case text < 0 || !under && (b.timed || !owned) || !under && !b.head && len(cells) < 3:
		return nil
	}
	return fields
}

// actionRow takes a row of a table of actions.
func (n *notes) actionRow(b block, cells []string) {
	var text []string
	filled := false
	for i, c := range cells {
		filled = filled || c != ""
		if i < len(n.todo) && n.todo[i] == "action" && c != "" {
			text = append(text, c)
		}
	}
	if !filled {
		return
	}
	if len(text) == 0 {
		n.fault(b.line, b.raw, "a row of a table of actions that names no action")
		return
	}
	it := n.item(b)
	n.applyLabel(it, b, &labels[0], text[0])
	for i, c := range cells {
		if i < len(n.todo) && c != "" && n.todo[i] != "action" && n.todo[i] != "" {
			setActionField(it.event.Action, n.todo[i], c)
		}
	}
	n.open = nil
}
