package document

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	"pir/internal/when"
	"pir/internal/yaml"
)

func (p *parser) faultf(start, end int, format string, args ...any) {
	p.fault(start, end, fmt.Sprintf(format, args...))
}

var bom = []byte("\xef\xbb\xbf")

// front reads the front matter, if the page begins with one, and gives the first
// byte behind it. What is no YAML stays text between the two lines.
func (p *parser) front() int {
	source := p.doc.Source
	start := 0
	if bytes.HasPrefix(source, bom) {
		start = len(bom)
	}
	first := nextLine(source, start)
	if !isFence(source[start:first]) || first == len(source) {
		return 0
	}
	for at := first; at < len(source); {
		next := nextLine(source, at)
		if line := source[at:next]; isFence(line) || string(bytes.TrimRight(line, " \t\r\n")) == "..." {
			p.doc.Front.Place = p.place(0, next)
			p.readFront(first, at)
			return next
		}
		at = next
	}
	return 0 // a thematic break at the head of a page without front matter
}

func nextLine(source []byte, at int) int {
	if i := bytes.IndexByte(source[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(source)
}

func isFence(line []byte) bool { return string(bytes.TrimRight(line, " \t\r\n")) == "---" }

// readFront reads the lines between the two fences.
func (p *parser) readFront(start, end int) {
	f := &p.doc.Front
	f.Keys = p.frontKeys(start, end)
	node, err := yaml.ParseAt(p.doc.Name, p.line(start), p.doc.Source[start:end])
	if err != nil {
		at := start
		var fault *yaml.Error
		if errors.As(err, &fault) && fault.Line >= p.line(start) && fault.Line <= len(p.lines) {
			at = min(p.lines[fault.Line-1], end)
		}
		p.faultf(at, end, "the front matter is no YAML: %s", message(err))
		return
	}
	text := func(key string) string {
		value, err := node.Get(key).Value()
		if err != nil {
			p.frontFault(key, start, message(err))
		}
		return value
	}
	list := func(key string) []string {
		values, err := node.Get(key).Values()
		if err != nil {
			p.frontFault(key, start, message(err))
		}
		return values
	}
	f.Pir, f.ID, f.Title, f.Date, f.Stage = text("pir"), text("id"), text("title"), text("date"), text("stage")
	f.Status, f.Severity, f.Owner = text("status"), text("severity"), text("owner")
	f.Components, f.Tags = list("components"), list("tags")
	p.published(node.Get("published"), start)
}

// message is what a fault of YAML says, without its place.
func message(err error) string {
	var fault *yaml.Error
	if errors.As(err, &fault) {
		return fault.Message
	}
	return err.Error()
}

// published reads the times at which stages went out.
func (p *parser) published(node *yaml.Node, start int) {
	for _, stage := range node.Keys() {
		text, err := node.Get(stage).Value()
		if err != nil || text == "" {
			p.frontFault("published", start, fmt.Sprintf("published: %s has no time", stage))
			continue
		}
		stamp, err := when.Parse(text, when.Zone{}, 0)
		if err != nil {
			p.frontFault("published", start, fmt.Sprintf("published: %s: %q is no time", stage, text))
			continue
		}
		if p.doc.Front.Published == nil {
			p.doc.Front.Published = map[string]time.Time{}
		}
		p.doc.Front.Published[stage] = stamp.Time
	}
}

func (p *parser) frontFault(key string, start int, text string) {
	for _, k := range p.doc.Front.Keys {
		if k.Name == key {
			p.fault(k.Start, k.End, text)
			return
		}
	}
	p.fault(start, start, text)
}

// frontKeys finds the keys of the first level with their lines, as they are
// written: a key has all lines down to the next one.
func (p *parser) frontKeys(start, end int) []FrontKey {
	var keys []FrontKey
	source := p.doc.Source
	for at := start; at < end; {
		next := nextLine(source, at)
		line := strings.TrimRight(string(source[at:next]), "\r\n")
		name, value, found := strings.Cut(line, ":")
		indented := strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case found && !indented && !strings.HasPrefix(line, "-") && (value == "" || value[0] == ' ' || value[0] == '\t'):
			keys = append(keys, FrontKey{p.place(at, at+len(line)), strings.Trim(strings.TrimSpace(name), `"'`), strings.TrimSpace(value)})
		case len(keys) > 0:
			last := &keys[len(keys)-1]
			last.End = at + len(line)
			last.Value = strings.TrimPrefix(last.Value+"\n"+line, "\n")
		}
		at = next
	}
	return keys
}
