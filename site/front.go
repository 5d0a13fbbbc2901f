package site

import (
	"strings"
	"time"

	"pir/internal/yaml"
)

// matter is what the front matter of a page says, before a target has put it in
// its own keys. Texts are spelled for the target.
type matter struct {
	title, description, address string
	date, updated               time.Time // zero: not known
	draft                       bool
	tags                        []string
	id, severity, stage         string
	components                  []string
}

// own is what no site has a key for.
func (m matter) own() []field {
	return []field{text("id", m.id), text("severity", m.severity), text("stage", m.stage), words("components", m.components)}
}

// field is a key of the front matter with its value as YAML; a field without a
// value is left out.
type field struct{ name, value string }

func text(name, value string) field {
	if strings.TrimSpace(value) == "" {
		return field{}
	}
	return field{name, yaml.Quote(value)}
}

// instant is a time that every reader of YAML takes for one.
func instant(name string, t time.Time) field {
	if t.IsZero() || t.Year() < 1 || t.Year() > 9999 {
		return field{}
	}
	return field{name, t.UTC().Format("2006-01-02T15:04:05Z")}
}

func words(name string, list []string) field {
	var quoted []string
	for _, w := range list {
		if strings.TrimSpace(w) != "" {
			quoted = append(quoted, yaml.Quote(w))
		}
	}
	if len(quoted) == 0 {
		return field{}
	}
	return field{name, "[" + strings.Join(quoted, ", ") + "]"}
}

// group is a key with keys below it.
func group(name string, list []field) field {
	var b strings.Builder
	for _, f := range list {
		if f.name != "" {
			b.WriteString("\n  " + f.name + ": " + f.value)
		}
	}
	if b.Len() == 0 {
		return field{}
	}
	return field{name, b.String()}
}

// frontMatter writes the fields between their fences; without any it is empty.
func frontMatter(list []field) string {
	var b strings.Builder
	for _, f := range list {
		switch {
		case f.name == "":
		case strings.HasPrefix(f.value, "\n"):
			b.WriteString(f.name + ":" + f.value + "\n")
		default:
			b.WriteString(f.name + ": " + f.value + "\n")
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "---\n" + b.String() + "---\n\n"
}
