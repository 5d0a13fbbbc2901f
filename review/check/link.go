package check

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"pir/review/document"
)

var (
	scheme     = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)
	named      = regexp.MustCompile(`(?i)\b(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`)
	definition = regexp.MustCompile(`(?m)^[ ]{0,3}\[([^\[\]\n]+)\]:[ \t]*\S`)
	reference  = regexp.MustCompile(`\[([^\[\]\n]+)\]\[([^\[\]\n]*)\]`)
	cited      = regexp.MustCompile(`\[\[([0-9]+)\]\]`)
)

// links finds links that lead nowhere: to a place of the page that there is not,
// a file that there is not, a label that nobody defines.
func links(p *page) {
	anchors := p.anchors()
	seen := map[document.Span]bool{}
	look := func(list []document.Link) {
		for _, l := range list {
			written := p.Source[l.Start:l.End]
			// A citation has a rule of its own; an address that is no link in brackets
			// was made one by the renderer.
			if seen[l.Span] || bytes.HasPrefix(written, []byte("[[")) || !bytes.HasPrefix(written, []byte("[")) && !bytes.HasPrefix(written, []byte("![")) {
				continue
			}
			seen[l.Span] = true
			if why := p.nowhere(l.Target, anchors); why != "" {
				p.add(l.Span, why)
			}
		}
	}
	p.blocks(func(_ *document.Section, b *document.Block) {
		look(b.Links)
		for _, r := range b.Rows {
			for _, c := range r.Cells {
				look(c.Links)
			}
		}
	})
	p.labels()
}

// nowhere says why a target cannot be reached; empty where it can, or where
// nobody here can tell.
func (p *page) nowhere(target string, anchors map[string]bool) string {
	path, fragment, fragmented := strings.Cut(target, "#")
	switch {
	case target == "":
		return "the link has no target"
	case scheme.MatchString(target) || strings.HasPrefix(target, "/"):
		return ""
	case path == "":
		name := unescaped(fragment)
		if !fragmented || name == "" || name == "top" || anchors[name] || anchors[strings.ToLower(name)] {
			return ""
		}
		return fmt.Sprintf("no heading and no anchor of this page is called %q", clip(name, 80))
	}
	path, _, _ = strings.Cut(path, "?")
	if path = unescaped(path); p.opt.Exists == nil || p.opt.Exists(path) {
		return ""
	}
	return fmt.Sprintf("there is no file %s", clip(path, 120))
}

func unescaped(text string) string {
	if plain, err := url.PathUnescape(text); err == nil {
		return plain
	}
	return text
}

// anchors are the places of the page that a fragment can name.
func (p *page) anchors() map[string]bool {
	list := map[string]bool{}
	eachSection(p.Sections, func(s *document.Section) {
		if s.Anchor != "" {
			list[s.Anchor] = true
		}
	})
	for _, t := range tag.FindAll(p.bare, -1) {
		for _, m := range named.FindAllSubmatch(t, -1) {
			list[string(m[1])+string(m[2])+string(m[3])] = true
		}
	}
	return list
}

// labels finds references to labels that nobody defines. Markdown shows these as
// they are written.
func (p *page) labels() {
	defined := p.definitions()
	for _, m := range reference.FindAllSubmatchIndex(p.prose, -1) {
		label := string(p.prose[m[4]:m[5]])
		if label == "" {
			label = string(p.prose[m[2]:m[3]])
		}
		glued := m[0] > 0 && isWord(p.prose[m[0]-1])
		if glued || strings.TrimSpace(label) == "" || defined[normal(label)] {
			continue
		}
		p.add(document.Span{Start: m[0], End: m[1]}, fmt.Sprintf("nothing defines the label [%s]", clip(label, 80)))
	}
}

func isWord(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ']' || c == '\\'
}

// definitions are the labels that the page defines.
func (p *page) definitions() map[string]bool {
	defined := map[string]bool{}
	for _, m := range definition.FindAllSubmatch(p.bare, -1) {
		defined[normal(string(m[1]))] = true
	}
	return defined
}

// normal is how labels are compared.
func normal(label string) string { return strings.ToLower(strings.Join(strings.Fields(label), " ")) }

// citations finds numbers in double brackets that no row of the evidence list
// has. A page without evidence may mean something else by them.
func citations(p *page) {
	defined := p.definitions()
	anchors := p.anchors()
	evidence := p.Front.Pir != "" || p.Sidecar != nil
	text := p.bare
	for _, m := range cited.FindAllSubmatchIndex(text, -1) {
		n := string(text[m[2]:m[3]])
		if !evidence || anchors["evidence-"+n] || defined[n] && n != "0" && !anchors["evidence-1"] {
			continue
		}
		p.add(document.Span{Start: m[0], End: m[1]}, fmt.Sprintf("no evidence has the number %s", n))
	}
}
