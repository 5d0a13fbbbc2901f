package incident

import (
	"strings"

	"pir/internal/yaml"
	"pir/logs"
)

// readFormats reads the formats of logs that the user describes.
func (c *config) readFormats(n *yaml.Node) error {
	return each(n, []string{"name", "doc", "line", "keys", "time"}, func(f *fieldReader) {
		c.addFormat(f, f.need("name"))
	})
}

// addFormat makes a format of the keys line, keys and time. The name is in use
// from then on.
func (c *config) addFormat(f *fieldReader, name string) {
	u := logs.UserFormat{Name: name, Doc: f.text("doc"), Line: f.text("line"), Time: f.text("time"), Keys: f.texts("keys", logs.UserFields())}
	if f.err != nil {
		return
	}
	format, err := u.Format()
	if err != nil {
		f.err = f.node.Errorf("%v", err)
		return
	}
	for _, own := range c.formats {
		if own.Name == name {
			f.err = f.node.Errorf("format %q is described twice", name)
			return
		}
	}
	c.formats = append(c.formats, format)
}

// sourceFormat is the value of format: of a source: the name of a format of
// formats:, a template of the line, or a mapping with the keys of one. A format
// that is described in place is called after the source.
func (c *config) sourceFormat(f *fieldReader, s *spec) {
	n := f.get("format")
	if n == nil || f.err != nil {
		return
	}
	if s.kind != "" {
		f.err = n.Errorf("format: kind says it already; give one of them")
		return
	}
	name := "format of " + s.path
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(":/ ", r) {
			return '-'
		}
		return r
	}, name)
	switch text := ""; {
	case n.Kind == yaml.Map:
		inline := fields(n, "line", "keys", "time")
		c.addFormat(inline, name)
		f.err, s.kind = inline.err, name
	default:
		if text = f.text("format"); f.err != nil {
			return
		}
		if !strings.Contains(text, "{") {
			if s.kind = text; !c.hasFormat(text) {
				f.err = n.Errorf("format: there is no %q in formats:; a template is written as %q", text, "{time} [{level}] {message}")
			}
			return
		}
		format, err := logs.UserFormat{Name: name, Line: text}.Format()
		if err != nil {
			f.err = n.Errorf("%v", err)
			return
		}
		c.formats = append(c.formats, format)
		s.kind = name
	}
}

func (c *config) hasFormat(name string) bool {
	for _, own := range c.formats {
		if own.Name == name {
			return true
		}
	}
	return false
}
