// Package review makes the review document of a timeline.
package review

import (
	"time"

	"io/fs"
	"pir/timeline"
)

// Options steer New. The zero value gives the first stage of the azure window
// in the azure template set.
type Options struct {
	Stage       string               // a stage of the window; empty means its first
	Template    string               // name of a template set; empty means azure
	TemplateDir fs.FS                // a template set of the user's; nil means the embedded one
	Window      string               // name of a window preset; empty means azure
	Given       map[string]time.Time // times by name that only windows use, such as "aware"
	Owner       string
	Title       string    // empty means the incident's
	Banner      string    // a line of its own in the banner
	Version     string    // version of the tool, for the sidecar
	Now         time.Time // the reader's clock; zero leaves out what depends on it
}

// Review is a review document.
type Review struct{}

// New makes the review of t.
func New(t *timeline.Timeline, opt Options) (*Review, error) { return &Review{}, nil }

// Markdown gives the document.
func (r *Review) Markdown() []byte { return nil }

// Sidecar gives the JSON that stands beside the document.
func (r *Review) Sidecar() []byte { return nil }
