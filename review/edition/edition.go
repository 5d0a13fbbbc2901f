package edition

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"pir/internal/markdown"
	"pir/internal/redact"
	"pir/review/document"
)

// Audience is for whom an edition is.
type Audience string

// The audiences.
const (
	Internal Audience = "internal"
	Customer Audience = "customer"
)

// Audiences are all audiences, the widest last.
func Audiences() []Audience { return []Audience{Internal, Customer} }

// Formats are the forms that an edition can be written in.
func Formats() []string { return []string{"markdown", "html", "text"} }

// Options steer New. The zero value is for customers.
type Options struct {
	Audience Audience
	// People are those whose roles are known; Name is what must stand in the name
	// of somebody, as match in pir.yaml.
	People []redact.Person
	// Hidden are the ids of events that no customer sees, beside those that the
	// sidecar says so of.
	Hidden []string
	// Own are rules of the user's for what is masked for everybody.
	Own []redact.Rule
}

// Edition is a review as an audience reads it.
type Edition struct {
	Audience Audience
	Title    string
	// Front is the front matter with its fences, Body the Markdown behind it. Both
	// went through the redactor. Front may be empty.
	Front, Body []byte
	// Notes say what was left out and what could not be known, for the one who
	// renders; they name nobody.
	Notes []string

	doc      *document.Document
	opt      Options
	redactor *redact.Redactor
	ids      map[string]bool // events, signals and bursts of the sidecar
}

// New makes the edition of a review. Findings are what stands in the way of
// writing it: the gate's of its Markdown, and parts of which nobody can say where
// they end. d is not changed.
func New(d *document.Document, opt Options) (*Edition, []Finding) {
	opt.Audience = cmp.Or(opt.Audience, Customer)
	e := &Edition{Audience: opt.Audience, doc: d, opt: opt, ids: knownIDs(d)}
	ro := redact.Options{Identities: opt.Audience == Customer, Own: opt.Own}
	if opt.Audience == Customer {
		ro.People = e.people()
	}
	e.redactor = redact.New(ro)
	// Numbers are those of the whole page, whatever an edition leaves out.
	e.redactor.Learn(string(d.Source))

	broken := e.brokenMarkers()
	e.Front = e.front()
	body := e.structure()
	if opt.Audience == Customer {
		body = e.withoutRecords(body)
		body = withoutEmptySections(tidy(e.plain(body)))
	} else {
		body = uncommented(body)
	}
	e.Body = []byte(defused(e.redactor.Text(tidy(body))))
	e.Title = cmp.Or(e.redactor.Text(d.Front.Title), e.heading(), "Review")
	return e, append(broken, e.Gate("markdown", e.Markdown())...)
}

// heading is the first heading of the edition: what is left of the page names
// it, not what was taken out.
func (e *Edition) heading() string {
	for _, b := range markdownBlocks(string(e.Body)) {
		if b.Kind == markdown.Heading {
			return b.Text
		}
	}
	return ""
}

// Markdown gives the edition as Markdown, with its front matter.
func (e *Edition) Markdown() []byte {
	return slices.Concat(e.Front, e.Body)
}

// Write gives the edition in a form: markdown, html or text, and what the gate
// finds in those bytes. Bytes with findings are not to be written.
func (e *Edition) Write(format string) ([]byte, []Finding) {
	var out []byte
	switch format {
	case "html":
		out = e.page()
	case "text":
		out = e.text()
	default:
		out = e.Markdown()
	}
	return out, e.Gate(format, out)
}

// Redact masks a text that is to stand beside the edition, a description or the
// words of a picture, as the edition itself was masked.
func (e *Edition) Redact(text string) string { return e.redactor.Text(text) }

// Mapping gives what the placeholders stand for. It is for the house alone.
func (e *Edition) Mapping() []redact.Replacement { return e.redactor.Mapping() }

// customerKeys are the keys of the front matter that customers see.
var customerKeys = []string{"pir", "id", "title", "date", "stage", "status", "severity", "components", "tags"}

// front is the front matter of the edition.
func (e *Edition) front() []byte {
	var b bytes.Buffer
	for _, k := range e.doc.Front.Keys {
		if e.Audience == Customer && !slices.Contains(customerKeys, k.Name) {
			continue
		}
		line := strings.TrimRight(string(e.doc.Source[k.Start:k.End]), "\r\n")
		if e.Audience == Customer {
			line = withoutYAMLComments(line)
		}
		masked := e.redactor.Text(line)
		if masked != line {
			// A bracket would begin a list.
			masked = strings.NewReplacer("[", "(", "]", ")").Replace(masked)
			if strings.HasPrefix(strings.TrimLeft(strings.TrimPrefix(line, k.Name+":"), " "), "[") {
				masked = strings.Replace(strings.TrimSuffix(masked, ")"), "(", "[", 1) + "]"
			}
		}
		b.WriteString(masked + "\n")
	}
	if b.Len() == 0 {
		return nil
	}
	return []byte("---\n" + b.String() + "---\n\n")
}

// withoutYAMLComments leaves out comments behind values.
func withoutYAMLComments(text string) string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if i := strings.Index(line, " #"); i >= 0 && strings.Count(line[:i], `"`)%2 == 0 && strings.Count(line[:i], "'")%2 == 0 {
			line = strings.TrimRight(line[:i], " ")
		}
		if !strings.HasPrefix(strings.TrimSpace(line), "#") {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// knownIDs are the ids that the sidecar gives.
func knownIDs(d *document.Document) map[string]bool {
	ids := map[string]bool{}
	if d.Sidecar == nil {
		return ids
	}
	t := d.Sidecar.Timeline
	for i := range t.Events {
		ids[t.Events[i].ID] = true
		for _, id := range t.Events[i].Merged {
			ids[id] = true
		}
	}
	for i := range t.Signals {
		ids[t.Signals[i].ID] = true
	}
	for i := range t.Bursts {
		ids[t.Bursts[i].ID] = true
	}
	delete(ids, "")
	return ids
}
