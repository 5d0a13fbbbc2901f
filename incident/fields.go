package incident

import (
	"errors"
	"slices"
	"strings"
	"time"

	"pir/internal/when"
	"pir/internal/yaml"
	"pir/timeline"
)

// fieldReader reads the values of one mapping. It keeps the first error, so
// that a section reads its keys one after another and looks once.
type fieldReader struct {
	node *yaml.Node
	err  error
}

// fields begins to read a mapping that may hold the known keys only.
func fields(n *yaml.Node, known ...string) *fieldReader {
	return &fieldReader{node: n, err: n.Check(known...)}
}

// each reads a list of mappings.
func each(n *yaml.Node, known []string, read func(*fieldReader)) error {
	if n.Kind != yaml.List {
		return n.Errorf("want a list, one \"- \" per row")
	}
	for _, item := range n.Items() {
		f := fields(item, known...)
		if f.err == nil {
			read(f)
		}
		if f.err != nil {
			return f.err
		}
	}
	return nil
}

// absent reports whether a value is missing or null.
func absent(n *yaml.Node) bool {
	return n == nil || n.Null
}

// get gives the value of a key, or nil when there is none or an error was met.
func (f *fieldReader) get(key string) *yaml.Node {
	if f.err != nil {
		return nil
	}
	n := f.node.Get(key)
	if absent(n) {
		return nil
	}
	return n
}

// text gives a scalar as it is written; "" when there is none.
func (f *fieldReader) text(key string) string {
	text, err := f.get(key).Value()
	f.keep(key, err)
	return text
}

// keep remembers the first error, with the key that it is about.
func (f *fieldReader) keep(key string, err error) {
	var at *yaml.Error
	if errors.As(err, &at) && f.err == nil {
		f.err = &yaml.Error{File: at.File, Line: at.Line, Message: key + ": " + at.Message}
	}
}

// need is text for a key that must be there.
func (f *fieldReader) need(key string) string {
	text := f.text(key)
	if text == "" && f.err == nil {
		f.err = f.node.Errorf("%s is missing", key)
	}
	return text
}

// list gives a list of scalars; a single scalar is a list of one.
func (f *fieldReader) list(key string) []string {
	list, err := f.get(key).Values()
	f.keep(key, err)
	return list
}

// texts gives a mapping of known keys to scalars; nil when there is none.
func (f *fieldReader) texts(key string, known []string) map[string]string {
	n := f.get(key)
	if n == nil {
		return nil
	}
	inner := fields(n, known...)
	values := map[string]string{}
	for _, k := range n.Keys() {
		values[k] = inner.text(k)
	}
	f.err = inner.err
	return values
}

// flag gives true or false.
func (f *fieldReader) flag(key string) bool {
	yes, err := f.get(key).Bool()
	f.keep(key, err)
	return yes
}

// number gives a whole number of at least one; 0 when there is none.
func (f *fieldReader) number(key string) int {
	n := f.get(key)
	value, err := n.Int()
	f.keep(key, err)
	if n != nil && f.err == nil && value < 1 {
		f.err = n.Errorf("%s: want a number from 1 up", key)
	}
	return value
}

// The years in which an incident can be.
const firstYear, lastYear = 1970, 2200

// year gives a year; 0 when there is none.
func (f *fieldReader) year(key string) int {
	n := f.number(key)
	if n != 0 && (n < firstYear || n > lastYear) && f.err == nil {
		f.err = f.get(key).Errorf("%s: %d is no year with four digits between %d and %d", key, n, firstYear, lastYear)
	}
	return n
}

// location gives a zone; nil when there is none.
func (f *fieldReader) location(key string) *time.Location {
	text := f.text(key)
	if text == "" {
		return nil
	}
	loc, err := when.LoadZone(text)
	if err != nil {
		f.err = f.get(key).Errorf("%s: %v", key, err)
		return nil
	}
	return loc
}

// span gives a duration; 0 when there is none.
func (f *fieldReader) span(key string) time.Duration {
	text := f.text(key)
	if text == "" {
		return 0
	}
	d, err := when.ParseSpan(text)
	if err != nil {
		f.err = f.get(key).Errorf("%s: %v", key, err)
		return 0
	}
	return d
}

// stamp gives a time; the zero Stamp when there is none.
func (f *fieldReader) stamp(key string, naive when.Zone) when.Stamp {
	text := f.text(key)
	if text == "" {
		return when.Stamp{}
	}
	s, err := when.Parse(text, naive, 0)
	if err != nil {
		f.err = f.get(key).Errorf("%s: %v", key, err)
		return when.Stamp{}
	}
	return s
}

// severities are the words of pir.yaml for each severity.
var severities = []struct {
	severity timeline.Severity
	words    string
}{
	{timeline.SeverityCritical, "critical sev1 sev-1 sev0 sev-0 p1 p0 1"},
	{timeline.SeverityMajor, "major high sev2 sev-2 p2 2"},
	{timeline.SeverityMinor, "minor medium low sev3 sev-3 p3 3"},
	{timeline.SeverityInfo, "info informational sev4 sev-4 sev5 sev-5 p4 p5 4 5"},
}

func (f *fieldReader) severity(key string) timeline.Severity {
	text := f.text(key)
	if text == "" {
		return ""
	}
	for _, row := range severities {
		for word := range strings.FieldsSeq(row.words) {
			if strings.EqualFold(word, text) {
				return row.severity
			}
		}
	}
	f.err = f.get(key).Errorf("%s: %q is none of critical, major, minor, info", key, text)
	return ""
}

// oneOf gives a scalar that must be one of the words.
func (f *fieldReader) oneOf(key string, words ...string) string {
	text := f.text(key)
	if text == "" || slices.Contains(words, text) {
		return text
	}
	message := "is none of " + strings.Join(words, ", ")
	if near := yaml.Nearest(text, words); near != "" {
		message = "is not known (did you mean \"" + near + "\"?)"
	}
	f.err = f.get(key).Errorf("%s: %q %s", key, text, message)
	return ""
}
