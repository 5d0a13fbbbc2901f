package site

import (
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"time"

	"pir/internal/markdown"
)

// IndexSchema is the version of the JSON index.
const IndexSchema = "pir.index/1"

// Entry is a review in the JSON index. What is not known is left out.
type Entry struct {
	ID         string   `json:"id,omitempty"`
	Title      string   `json:"title"`
	Path       string   `json:"path"`               // of its page, below the base of the site
	URL        string   `json:"url,omitempty"`      // where the base is known
	Date       string   `json:"date,omitempty"`     // day of the incident
	Updated    string   `json:"updated,omitempty"`  // RFC 3339, UTC
	Severity   string   `json:"severity,omitempty"` // as the review has it
	Stage      string   `json:"stage,omitempty"`    // of the newest page
	Duration   string   `json:"duration,omitempty"` // of the impact, as the review tells it
	Components []string `json:"components,omitempty"`
	Tags       []string `json:"tags,omitempty"`
	Stages     []string `json:"stages,omitempty"` // all that are there, the newest first
}

// index writes what lists the reviews. Drafts are on no list.
func (b *builder) index() {
	var entries []Entry
	var rows strings.Builder
	for _, r := range b.reviews {
		if r.draft && (b.target.Drafts || !b.opt.Drafts) {
			continue
		}
		e := b.entry(r)
		entries = append(entries, e)
		fmt.Fprintf(&rows, "| %s | [%s](%s%s) | %s | %s | %s | %s |\n", e.Date, markdown.Inline(e.Title), toPage, r.slug,
			markdown.Inline(e.Severity), markdown.Inline(e.Duration), markdown.Inline(strings.Join(e.Components, ", ")), markdown.Inline(e.Stage))
	}
	source := "# Incidents\n\nNo review has been published yet.\n"
	if len(entries) > 0 {
		source = "# Incidents\n\n| Date | Incident | Severity | Duration | Components | Stage |\n|---|---|---|---|---|---|\n" + rows.String()
	}
	b.listing(source)
	data, err := json.MarshalIndent(struct {
		Schema  string  `json:"schema"`
		Reviews []Entry `json:"reviews"`
	}{IndexSchema, append([]Entry{}, entries...)}, "", " ")
	if err != nil {
		panic(err) // strings and lists of them
	}
	b.add(path.Join(b.target.plain, "reviews.json"), append(data, '\n'))
	if b.base == nil {
		b.note("no feed is written without the address of the site (--base-url)")
		return
	}
	b.add(path.Join(b.target.plain, "feed.xml"), b.feed(entries))
}

// listing writes the page that lists the reviews.
func (b *builder) listing(source string) {
	name := path.Join(b.target.root, b.target.layout.index)
	out, _ := markdown.Rewrite([]byte(source), b.dialect, markdown.RewriteOptions{
		DropH1: !b.dialect.H1,
		Link: func(target string) (string, bool) {
			slug, ours := strings.CutPrefix(target, toPage)
			if b.target.layout.files {
				return relative(path.Dir(name), b.pathOf(slug, "")), ours
			}
			return fmt.Sprintf(b.target.layout.where, slug), ours
		},
	})
	m := matter{title: "Incidents", description: "Reviews of incidents: what happened, why, and what is done about it.", address: b.target.address}
	if len(b.reviews) > 0 {
		for _, r := range b.reviews {
			if u := r.stages[0].updated; u.After(m.updated) {
				m.updated = u
			}
		}
	}
	b.add(name, []byte(frontMatter(b.target.front(m))+out))
}

func (b *builder) entry(r *published) Entry {
	s := r.stages[0]
	front := s.shown.Front
	e := Entry{
		ID: front.ID, Title: s.title, Path: b.addressOf(r.slug, ""), Severity: front.Severity, Stage: front.Stage,
		Duration: s.duration(), Components: front.Components, Tags: front.Tags,
	}
	if b.base != nil {
		e.URL = b.base.String() + e.Path
	}
	if !s.date.IsZero() {
		e.Date = s.date.Format(time.DateOnly)
	}
	if !s.updated.IsZero() {
		e.Updated = s.updated.UTC().Format(time.RFC3339)
	}
	for _, s := range r.stages {
		e.Stages = append(e.Stages, s.name)
	}
	return e
}
