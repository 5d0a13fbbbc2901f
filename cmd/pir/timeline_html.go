package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"pir/internal/chart"
	"pir/templates"
	"pir/timeline"
)

// timelinePage is what the template of the page sees. All texts are texts: the
// template escapes them. The pictures are the only markup that comes ready.
type timelinePage struct {
	Title, Facts, Policy, Zone, Unknown string
	Style                               template.CSS
	Script                              template.JS
	Zooms                               []pageZoom
	Views                               []pageView
	Milestones                          []pageMilestone
	Figures                             []pageFigure
	Sources, Kinds                      []string
	Days                                []pageDay
}

// pageZoom is a link to a part of the incident.
type pageZoom struct{ DOM, Name, Lasted, Key string }

// pageView is the picture of the whole, or of a phase, in both layouts.
type pageView struct {
	DOM, Name, Phase string
	Part             bool
	From, To         int64 // milliseconds since 1970
	Wide, Narrow     template.HTML
}

type pageMilestone struct {
	Name, When, How string
	Origins         []pageOrigin
}

// pageOrigin is a place, and the row on the page that stands there, if any.
type pageOrigin struct{ Text, Row string }

type pageFigure struct{ Name, Value, Note string }

type pageDay struct {
	Name string
	Rows []pageRow
}

type pageRow struct {
	DOM, ID, Time, Local, Stamp, Kind, Source, Mark, Text, Body, Notes string
	Ms                                                                 int64
	Known, Shown, Faint                                                bool
	Origins                                                            []string
}

// writeHTML writes one page that needs nothing else: the picture, the milestones,
// the figures, and all rows. Its policy lets no request leave the page, and
// nothing run but the script that is in it.
func writeHTML(a *app, w io.Writer, t *timeline.Timeline) error {
	files := templates.Site()
	page, err := template.ParseFS(files, "timeline.html.tmpl")
	if err != nil {
		return err
	}
	style, err := fs.ReadFile(files, "timeline.css")
	if err != nil {
		return err
	}
	script, err := fs.ReadFile(files, "timeline.js")
	if err != nil {
		return err
	}
	style = append(style, "@media screen and (prefers-color-scheme: dark) {\n"+chart.DarkStyle()+"}\n"...)
	tab := a.table(w, t)
	tab.clock = tab.findClock()
	p := timelinePage{
		Title: cmp.Or(visible(t.Incident.Title), visible(t.Incident.ID), "Incident"), Style: template.CSS(style), Script: template.JS(script),
		Policy:  "default-src 'none'; img-src data:; style-src " + digest(style) + "; script-src " + digest(script) + "; base-uri 'none'; form-action 'none'",
		Unknown: strings.Join(tab.unknown(), ", "),
	}
	if tab.zone != nil {
		p.Zone = "and " + tab.zone.String()
	}
	p.Facts = tab.pageFacts()
	p.pictures(a, t)
	p.Days = tab.pageDays()
	p.Milestones = tab.pageMilestones(p.rowIDs())
	p.Figures = tab.pageFigures()
	p.choices()
	return page.Execute(w, p)
}

// digest is a hash as a policy names it.
func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func (t *table) pageFacts() string {
	in := t.t.Incident
	var list []string
	for _, fact := range []string{in.ID, string(in.Severity), strings.Join(in.Components, ", "), t.span()} {
		if fact = visible(fact); fact != "" {
			list = append(list, fact)
		}
	}
	return strings.Join(append(list, counted(len(t.t.Events), "event", "events")+" from "+counted(len(t.t.Sources), "source", "sources")), " · ")
}

// pictures draws the whole and each phase. A phase of no length has nothing to
// zoom to.
func (p *timelinePage) pictures(a *app, t *timeline.Timeline) {
	draw := func(o chart.Options, dom string) (wide, narrow template.HTML) {
		o.Hooks, o.Bare, o.ID = true, true, dom
		wide = template.HTML(chart.SVG(t, o))
		o.Width, o.ID = 390, dom+"n"
		return wide, template.HTML(chart.SVG(t, o))
	}
	whole := pageView{DOM: "v0", Name: "all"}
	whole.Wide, whole.Narrow = draw(a.chartOptions(), whole.DOM)
	p.Views = append(p.Views, whole)
	for _, f := range t.Phases {
		if !f.Known || !f.End.After(f.Start) || len(p.Views) == 10 {
			continue
		}
		key := string(rune('0' + len(p.Views)))
		v := pageView{DOM: "v" + key, Name: visible(f.Name), Phase: visible(f.Name), Part: true, From: f.Start.UnixMilli(), To: f.End.UnixMilli()}
		o := a.chartOptions()
		o.From, o.To = f.Start, f.End
		o.Title = v.Name + ": " + p.Title
		v.Wide, v.Narrow = draw(o, v.DOM)
		p.Views = append(p.Views, v)
		p.Zooms = append(p.Zooms, pageZoom{v.DOM, v.Name, t.LastedText(f.Start, f.End), key})
	}
}

// rowIDs are the ids on the page of the rows, by the ids of events and bursts.
func (p *timelinePage) rowIDs() map[string]string {
	ids := map[string]string{}
	for _, d := range p.Days {
		for _, r := range d.Rows {
			if ids[r.ID] == "" {
				ids[r.ID] = r.DOM
			}
		}
	}
	return ids
}

func (t *table) pageMilestones(rows map[string]string) []pageMilestone {
	var list []pageMilestone
	for _, b := range t.t.Milestones {
		if !b.Known() && b.NotAfter.IsZero() && b.NotBefore.IsZero() {
			continue
		}
		m := pageMilestone{Name: milestoneName(b), When: t.when(b), How: strings.Join(append([]string{string(b.Rung)}, t.details(b)...), ", ")}
		for i, alt := range t.against(b) {
			if i == maxAlternatives {
				break
			}
			m.How += "; against it: " + t.bounded(alt.Time, time.Time{}, alt.NotBefore, alt.NotAfter, alt.Precision, alt.Rung == timeline.RungApproximate)
			if c := cites(alt.Evidence); c != "" {
				m.How += " (" + c + ")"
			}
		}
		for _, e := range b.Evidence {
			m.Origins = append(m.Origins, pageOrigin{visible(e.Origin), rows[visible(e.ID)]})
		}
		list = append(list, m)
	}
	return list
}

func (t *table) pageFigures() []pageFigure {
	var list []pageFigure
	for _, m := range t.t.Metrics {
		value := t.t.ValueText(m)
		if value == "" {
			continue
		}
		f := pageFigure{Name: spoken(m.Name), Value: value}
		if m.From != "" {
			f.Note = spoken(string(m.From)) + " to " + spoken(string(m.To))
		}
		list = append(list, f)
	}
	return list
}

// choices are what the rows can be filtered by.
func (p *timelinePage) choices() {
	for _, d := range p.Days {
		for _, r := range d.Rows {
			p.Sources, p.Kinds = append(p.Sources, r.Source), append(p.Kinds, r.Kind)
		}
	}
	for _, list := range []*[]string{&p.Sources, &p.Kinds} {
		slices.Sort(*list)
		*list = slices.DeleteFunc(slices.Compact(*list), func(s string) bool { return s == "" })
	}
}
