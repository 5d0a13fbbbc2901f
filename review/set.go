package review

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"text/template"

	"pir/internal/yaml"
	"pir/review/window"
	"pir/templates"
)

// suffix ends the names of template files.
const suffix = ".md.tmpl"

// DefaultTemplate is the template set that is used when none is named.
const DefaultTemplate = "azure"

// blockNames are the generated blocks, in the order of the documentation.
var blockNames = []string{
	"banner", "facts", "timeline", "phases", "impact", "actions", "communication", "open", "evidence",
}

// set is a template set that was read.
type set struct {
	name, version string
	sections      map[window.Form][]string
	sum           string // SHA-256 over the names and texts of its files
	files         *template.Template
}

// Templates lists the names of the template sets that come with the program.
func Templates() []string {
	var names []string
	found, _ := fs.Glob(templates.Review(), "*/set.yaml")
	for _, name := range found {
		names = append(names, strings.TrimSuffix(name, "/set.yaml"))
	}
	return names
}

// SetSections gives the ids of the sections that a template set has for a form, in
// their order. The set is one of the program's by name, or the folder dir.
func SetSections(name string, dir fs.FS, form window.Form) ([]string, error) {
	if dir == nil {
		if !slices.Contains(Templates(), name) {
			return nil, fmt.Errorf("unknown template set %q; there are: %s", name, strings.Join(Templates(), ", "))
		}
		dir, _ = fs.Sub(templates.Review(), name) // it is there
	}
	s := &set{name: name}
	if err := s.readList(dir, func(p []byte) (int, error) { return len(p), nil }); err != nil {
		return nil, err
	}
	return s.sections[form], nil
}

// loadSet reads a set: a folder of the user's, or an embedded one by name. A
// section that it lists and has no file for is that of the default set.
func loadSet(name string, dir fs.FS) (*set, error) {
	shared := templates.Review()
	if dir == nil {
		if !slices.Contains(Templates(), name) {
			return nil, fmt.Errorf("unknown template set %q; there are: %s", name, strings.Join(Templates(), ", "))
		}
		sub, err := fs.Sub(shared, name)
		if err != nil {
			return nil, fmt.Errorf("template set %q: %w", name, err)
		}
		dir = sub
	}
	s := &set{name: name, files: template.New("").Option("missingkey=error").Funcs(placeholders())}
	sum := sha256.New()
	if err := s.readList(dir, sum.Write); err != nil {
		return nil, err
	}
	for _, block := range blockNames {
		file := "blocks/" + block + suffix
		from := dir
		if _, err := fs.Stat(dir, file); errors.Is(err, fs.ErrNotExist) {
			from = shared
		}
		if err := s.parse(from, file, sum.Write); err != nil {
			return nil, err
		}
	}
	for _, section := range s.every() {
		from, file := dir, section+suffix
		if _, err := fs.Stat(dir, file); errors.Is(err, fs.ErrNotExist) {
			if from, err = fs.Sub(shared, DefaultTemplate); err != nil {
				return nil, fmt.Errorf("template set %q: %w", name, err)
			}
		}
		if err := s.parse(from, file, sum.Write); err != nil {
			return nil, err
		}
	}
	s.sum = hex.EncodeToString(sum.Sum(nil))
	return s, nil
}

// readList reads set.yaml: which sections each form has, in their order.
func (s *set) readList(dir fs.FS, sum func([]byte) (int, error)) error {
	data, err := fs.ReadFile(dir, "set.yaml")
	if err != nil {
		return fmt.Errorf("template set %q has no set.yaml: %w", s.name, err)
	}
	_, _ = sum(data) // a hash never fails
	node, err := yaml.Parse("set.yaml", data)
	if err != nil {
		return err
	}
	if err := node.Check("name", "version", "doc", "statement", "preliminary", "final"); err != nil {
		return err
	}
	if s.version, err = node.Get("version").Value(); err != nil {
		return err
	}
	s.sections = map[window.Form][]string{}
	for _, form := range []window.Form{window.FormStatement, window.FormPreliminary, window.FormFinal} {
		list, err := node.Get(string(form)).Values()
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return node.Errorf("a template set needs the sections of %q", form)
		}
		s.sections[form] = list
	}
	return nil
}

// every lists the sections of all forms, each once.
func (s *set) every() []string {
	var all []string
	for _, form := range []window.Form{window.FormStatement, window.FormPreliminary, window.FormFinal} {
		for _, section := range s.sections[form] {
			if !slices.Contains(all, section) {
				all = append(all, section)
			}
		}
	}
	return all
}

func (s *set) parse(dir fs.FS, file string, sum func([]byte) (int, error)) error {
	data, err := fs.ReadFile(dir, file)
	if err != nil {
		return fmt.Errorf("template set %q: %w", s.name, err)
	}
	_, _ = sum([]byte(file + "\x00" + string(data) + "\x00")) // a hash never fails
	if _, err := s.files.New(file).Parse(string(data)); err != nil {
		return fmt.Errorf("template set %q: %w", s.name, err)
	}
	return nil
}

// placeholders are the functions of templates, for parsing. The built-in ones
// that format are taken away: with them a template could write the raw bytes of
// a text.
func placeholders() template.FuncMap {
	refuse := func(...any) (string, error) {
		return "", errors.New("review templates have no such function: write the value itself")
	}
	return template.FuncMap{
		"generated": func(string) (string, error) { return "", nil },
		"printf":    refuse, "print": refuse, "println": refuse, "html": refuse, "js": refuse, "urlquery": refuse,
	}
}

// written is a page that a set has written.
type written struct {
	body   string
	blocks map[string]string // full text between the markers
}

// write runs the sections of a form over the page.
func (s *set) write(p *Page, form window.Form) (*written, error) {
	out := &written{blocks: map[string]string{}}
	files, err := s.files.Clone()
	if err != nil {
		return nil, fmt.Errorf("template set %q: %w", s.name, err)
	}
	run := func(file string) (string, error) {
		var b strings.Builder
		if err := files.ExecuteTemplate(&b, file, p); err != nil {
			return "", fmt.Errorf("template set %q: %w", s.name, err)
		}
		return tidy(b.String()), nil
	}
	files.Funcs(template.FuncMap{"generated": func(name string) (string, error) {
		if !slices.Contains(blockNames, name) {
			return "", fmt.Errorf("unknown block %q; there are: %s", name, strings.Join(blockNames, ", "))
		}
		if name == "evidence" {
			p.keepCited()
		}
		text, err := run("blocks/" + name + suffix)
		out.blocks[name] = text
		return "<!-- pir:begin " + name + " -->\n" + text + "<!-- pir:end " + name + " -->", err
	}})
	var parts []string
	for _, section := range s.sections[form] {
		text, err := run(section + suffix)
		if err != nil {
			return nil, err
		}
		parts = append(parts, text)
	}
	out.body = tidy(strings.Join(parts, "\n"))
	return out, nil
}

// tidy trims the ends of lines, makes one empty line of several, and ends the
// text with one line feed.
func tidy(text string) string {
	var b strings.Builder
	empty := true // swallow empty lines at the start
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		line = strings.TrimRight(line, " \t")
		if line == "" && empty {
			continue
		}
		empty = line == ""
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return b.String()
}
