package review

import (
	"strings"

	"pir/internal/yaml"
	"pir/timeline"
)

// frontMatter is the head of the document, the writer's after the first draft.
// Keys without a value are left out: some readers refuse null and empty lists.
func frontMatter(t *timeline.Timeline, p *Page, opt Options) string {
	var b strings.Builder
	line := func(key, value string) {
		if value != "" {
			b.WriteString(key + ": " + value + "\n")
		}
	}
	quoted := func(s string) string {
		if s == "" {
			return ""
		}
		return yaml.Quote(s)
	}
	b.WriteString("---\n")
	line("pir", "1")
	line("id", quoted(t.Incident.ID))
	line("title", quoted(string(p.Title)))
	if p.Day.Known() {
		line("date", p.Day.time.UTC().Format("2006-01-02"))
	}
	line("stage", quoted(string(p.Stage.Name)))
	line("status", "draft")
	line("severity", quoted(string(t.Incident.Severity)))
	line("components", flow(components(t)))
	line("owner", quoted(opt.Owner))
	line("tags", flow(texts(t.Incident.Tags)))
	b.WriteString("---\n")
	return b.String()
}

// flow writes a list in one line.
func flow(l List) string {
	if len(l) == 0 {
		return ""
	}
	items := make([]string, len(l))
	for i, t := range l {
		items[i] = yaml.Quote(string(t))
	}
	return "[" + strings.Join(items, ", ") + "]"
}
