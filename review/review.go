package review

import (
	"fmt"
	"io/fs"
	"strings"
	"time"

	"pir/internal/redact"
	"pir/review/document"
	"pir/review/window"
	"pir/timeline"
)

// Options steer New. The zero value gives the first stage of the azure window
// in the azure template set.
type Options struct {
	Stage       string               // a stage of the window; empty means its first
	Template    string               // name of a template set; empty means azure
	TemplateDir fs.FS                // a template set of the user's, named by Template; nil means an embedded one
	Window      string               // name of a window preset; empty means azure
	Own         *window.Window       // a window that is no preset; it is above Window
	Given       map[string]time.Time // times by name that only windows use, such as "aware"
	Published   map[string]time.Time // when stages went out, by name
	Holidays    []time.Time          // days that are no business days; their dates in UTC count
	Owner       string
	Title       string // empty means the incident's
	Banner      string // a line of its own in the banner
	// ConfigSHA256 is the checksum of the pir.yaml that was read, kept in the
	// sidecar; empty where there is none.
	ConfigSHA256 string
	// Redact is what is masked of the evidence: RedactSecrets, which empty means,
	// RedactAll or RedactOff. Patterns are what is masked besides.
	Redact   string
	Patterns []redact.Rule
	Version  string    // version of the tool, for the sidecar
	Now      time.Time // the reader's clock; zero leaves out what depends on it
}

// Review is a review document.
type Review struct {
	markdown []byte
	sidecar  []byte
}

// New makes the review of t. An unknown stage, window or template set is an
// error that names those there are; so is a fault in a template, with its place.
func New(t *timeline.Timeline, opt Options) (*Review, error) {
	m, err := write(masked(t, opt), opt, nil)
	if err != nil {
		return nil, err
	}
	side, err := m.sidecar()
	if err != nil {
		return nil, err
	}
	return &Review{markdown: m.markdown(), sidecar: side}, nil
}

// made is a review with what it was made of.
type made struct {
	timeline *timeline.Timeline
	opt      Options
	window   window.Window
	input    window.Input
	rule     window.Rule
	set      *set
	page     *Page
	out      *written
}

// write makes the review of t. cited is what its writer cites beside it.
func write(t *timeline.Timeline, opt Options, cited []document.Citation) (*made, error) {
	opt.Window = or(opt.Window, "azure")
	opt.Template = or(opt.Template, DefaultTemplate)
	w, ok := window.Find(opt.Window)
	if opt.Own != nil {
		w, ok, opt.Window = *opt.Own, true, opt.Own.Name
	}
	if !ok {
		return nil, fmt.Errorf("unknown review window %q; there are: %s", opt.Window, windowNames())
	}
	m := &made{timeline: t, window: w, input: window.Input{Given: opt.Given, Published: opt.Published, Holidays: opt.Holidays}}
	stages := window.Due(t, w, m.input)
	var err error
	if m.rule, err = findStage(w, stages, &opt); err != nil {
		return nil, err
	}
	m.opt = opt
	if m.set, err = loadSet(opt.Template, opt.TemplateDir); err != nil {
		return nil, err
	}
	m.page = newPage(t, opt, stages, opt.Stage)
	m.page.WindowNote = Text(w.Caution(m.input))
	m.page.cited = cited
	m.out, err = m.set.write(m.page, m.rule.Form)
	return m, err
}

func (m *made) markdown() []byte {
	return []byte(frontMatter(m.timeline, m.page, m.opt) + "\n" + m.out.body)
}

func (m *made) sidecar() ([]byte, error) {
	return sidecar(m.timeline, m.page, m.set, m.out, m.opt, window.Keep(m.window, m.input))
}

// citations are the numbers of the review, with what they stand for.
func (m *made) citations() []document.Citation {
	var list []document.Citation
	for _, c := range m.page.ledger.cited {
		list = append(list, document.Citation{N: c.n, IDs: c.ids, Origin: c.origin, Quote: strings.Join(c.quotes, " … ")})
	}
	return list
}

// Markdown gives the document.
func (r *Review) Markdown() []byte { return r.markdown }

// Sidecar gives the JSON that stands beside the document: the blocks as they
// were generated, the timeline, and the quoted records.
func (r *Review) Sidecar() []byte { return r.sidecar }

// findStage takes the stage that opt names, else the first, and sets it in opt.
func findStage(w window.Window, stages []window.Stage, opt *Options) (window.Rule, error) {
	var names []string
	for _, s := range stages {
		if opt.Stage == "" {
			opt.Stage = s.Name
		}
		if s.Name == opt.Stage {
			return s.Rule, nil
		}
		names = append(names, s.Name)
	}
	return window.Rule{}, fmt.Errorf("window %q has no stage %q; it has: %s", w.Name, opt.Stage, strings.Join(names, ", "))
}

func windowNames() string {
	var names []string
	for _, w := range window.Presets() {
		names = append(names, w.Name)
	}
	return strings.Join(names, ", ")
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
