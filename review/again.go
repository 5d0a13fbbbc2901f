package review

import (
	"time"

	"pir/review/document"
	"pir/review/window"
)

// Again gives the options with which a page was made, as its sidecar and its
// front matter keep them. A document without a sidecar gives the zero value with
// what the front matter says.
func Again(d *document.Document) Options {
	opt := Options{Stage: d.Front.Stage, Owner: d.Front.Owner, Published: map[string]time.Time{}}
	s := d.Sidecar
	if s != nil {
		text := func(key string) string {
			value, _ := s.Options[key].(string)
			return value
		}
		w, in, found := window.Kept(s.Options, s.Window)
		if found {
			opt.Own = &w
		}
		opt.Given, opt.Holidays, opt.Published = in.Given, in.Holidays, in.Published
		opt.Window, opt.Template = s.Window, s.Template.Set
		opt.Owner, opt.Title, opt.Banner, opt.Version = text("owner"), text("title"), text("banner"), s.Tool
		opt.ConfigSHA256 = s.Config
		if opt.Stage == "" {
			opt.Stage = s.Stage
		}
	}
	for stage, at := range d.Front.Published {
		if opt.Published == nil {
			opt.Published = map[string]time.Time{}
		}
		opt.Published[stage] = at
	}
	return opt
}
