package site

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"pir/internal/chart"
	"pir/internal/markdown"
	"pir/review/diff"
	"pir/review/document"
	"pir/review/edition"
	"pir/timeline"
)

// builder is one run of Build.
type builder struct {
	target  Target
	opt     Options
	dialect markdown.Dialect
	base    *url.URL // nil where there is none
	reviews []*published
	site    Site
}

// published is a review on the site.
type published struct {
	name   string // as messages call it
	slug   string
	stages []*stage // the newest first
	draft  bool
}

// stage is one page of a review: its edition, and the edition read again, so
// that nothing on the site comes from anywhere else.
type stage struct {
	name    string // "final"; of a page without a stage "review"
	source  *document.Document
	edition *edition.Edition
	shown   *document.Document
	title   string
	about   string // one or two sentences; may be empty
	date    time.Time
	updated time.Time
	picture []byte // nil where nothing can be drawn
}

func newBuilder(t Target, opt Options) (*builder, error) {
	d, known := markdown.DialectOf(t.Dialect)
	if !known {
		return nil, fmt.Errorf("there is no dialect %q", t.Dialect)
	}
	b := &builder{target: t, opt: opt, dialect: d}
	if opt.BaseURL == "" {
		return b, nil
	}
	base, err := url.Parse(opt.BaseURL)
	if err != nil || base.Scheme != "https" && base.Scheme != "http" || base.Hostname() == "" || base.RawQuery != "" || base.Fragment != "" || base.User != nil {
		return nil, fmt.Errorf("the address of the site is not like https://docs.example.org/: %q", opt.BaseURL)
	}
	base.Path = strings.TrimRight(base.Path, "/") + "/"
	base.RawPath = ""
	b.base = base
	return b, nil
}

// review reads one input. Of a review that is no draft the stages that are
// drafts stay away, since its address leads to the newest one that is ready.
func (b *builder) review(in Input) {
	docs := slices.Clone(in.Copies)
	slices.SortStableFunc(docs, func(x, y *document.Document) int {
		return stageTime(in.Review, x).Compare(stageTime(in.Review, y))
	})
	docs = append(docs, in.Review)
	slices.Reverse(docs)
	ready := slices.DeleteFunc(slices.Clone(docs), isDraft)
	draft := len(ready) == 0
	switch {
	case draft && !b.target.Drafts && !b.opt.Drafts:
		b.note("%s is a draft, and left out: %s has no flag for drafts", in.Review.Name, b.target.Name)
		return
	case draft:
		ready = docs[:1]
	case len(ready) < len(docs) && isDraft(in.Review):
		b.note("%s is a draft: the stage before it stays at its address", in.Review.Name)
	}
	p := &published{name: in.Review.Name, draft: draft}
	for _, d := range ready {
		s := b.stage(d, in.Edition)
		if s == nil {
			return
		}
		p.stages = append(p.stages, s)
	}
	for i, s := range p.stages {
		for n := 2; slices.ContainsFunc(p.stages[:i], func(o *stage) bool { return o.name == s.name }); n++ {
			s.name = fmt.Sprintf("%s-%d", strings.TrimSuffix(s.name, fmt.Sprintf("-%d", n-1)), n)
		}
	}
	front := p.stages[0].shown.Front
	p.slug = slugOf(front.ID, front.Date, p.stages[0].title)
	b.reviews = append(b.reviews, p)
}

func (b *builder) note(format string, args ...any) {
	b.site.Notes = append(b.site.Notes, fmt.Sprintf(format, args...))
}

func (b *builder) refuse(name string, found []edition.Finding) {
	for _, f := range found {
		b.site.Refused = append(b.site.Refused, Refusal{name, f})
	}
}

// isDraft goes by the status, as the writer gave it: what nobody called approved
// or published is a draft.
func isDraft(d *document.Document) bool {
	status := strings.ToLower(strings.TrimSpace(d.Front.Status))
	return status != "approved" && status != "published"
}

// stageTime is when a copy went out, as it or the review says.
func stageTime(review, copied *document.Document) time.Time {
	if at, known := review.Front.Published[copied.Front.Stage]; known {
		return at
	}
	return copied.Front.Published[copied.Front.Stage]
}

// stage makes the edition of a page; nil is refused.
func (b *builder) stage(d *document.Document, opt edition.Options) *stage {
	opt.Audience = b.opt.Audience
	e, found := edition.New(d, opt)
	var page []byte
	if len(found) == 0 {
		page, found = e.Write("markdown")
	}
	if len(found) > 0 {
		b.refuse(d.Name, found)
		return nil
	}
	name, _ := spell(d.Front.Stage)
	name = cmp.Or(name, "review")
	name = strings.TrimRight(name[:min(len(name), 40)], "-")
	shown, err := document.Parse(stageLabel(name), page, nil) // the name of the file is ours alone
	if err != nil {
		b.refuse(d.Name, []edition.Finding{{Rule: "page", Message: err.Error(), Format: "markdown"}})
		return nil
	}
	s := &stage{source: d, edition: e, shown: shown, title: markdown.Visible(e.Title), name: name}
	s.date, _ = time.Parse(time.DateOnly, shown.Front.Date)
	s.updated = s.date
	for _, at := range d.Front.Published {
		if at.After(s.updated) {
			s.updated = at
		}
	}
	s.about = s.summary()
	if side := d.Sidecar; side != nil && side.Timeline != nil {
		s.draw(b, opt.Hidden)
	}
	return s
}

// insiders are the kinds of records that customers do not see, not even as a
// mark in the picture.
var insiders = []timeline.Kind{timeline.KindChat, timeline.KindPage, timeline.KindAck, timeline.KindTicket, timeline.KindLog, timeline.KindNote}

// draw makes the picture. One in which the gate finds something stays away.
func (s *stage) draw(b *builder, hidden []string) {
	t := *s.source.Sidecar.Timeline
	if b.opt.Audience == edition.Customer {
		t.Events = slices.DeleteFunc(slices.Clone(t.Events), func(e timeline.Event) bool {
			return slices.Contains(insiders, e.Kind) || slices.Contains(hidden, e.ID)
		})
	}
	svg := chart.SVG(&t, chart.Options{Bare: true, Title: s.title})
	if found := s.edition.Gate("picture", svg); len(found) > 0 {
		b.note("%s: the picture is left out, since it has %s", s.source.Name, found[0].Message)
		return
	}
	s.picture = svg
}

// summary is the first paragraph that tells something.
func (s *stage) summary() string {
	sections := s.shown.Sections
	if first := s.shown.Section("summary"); first != nil {
		sections = []document.Section{*first}
	}
	for _, section := range sections {
		for _, block := range section.Blocks {
			if block.Kind == document.Paragraph && block.Part == "" {
				return markdown.Cut(citation.ReplaceAllString(block.Text, ""), 160)
			}
		}
	}
	return ""
}

// duration is how long users were hurt, as the page tells it; empty where it
// does not.
func (s *stage) duration() string {
	for _, m := range s.shown.Facts.Metrics {
		if m.Name == "time_to_recover" && m.Known {
			return m.Text
		}
	}
	return ""
}

// newestFirst orders reviews by the day of the incident, the newest first.
func newestFirst(x, y *published) int {
	return cmp.Or(y.stages[0].date.Compare(x.stages[0].date), strings.Compare(x.slug, y.slug))
}

// pathOf gives the file of a page: of the review itself where name is empty.
func (b *builder) pathOf(slug, name string) string {
	if name == "" {
		return path.Join(b.target.root, fmt.Sprintf(b.target.layout.page, slug))
	}
	return path.Join(b.target.root, fmt.Sprintf(b.target.layout.part, slug, name))
}

// addressOf gives the address of a page below the base of the site.
func (b *builder) addressOf(slug, name string) string {
	if name == "" {
		return b.target.address + fmt.Sprintf(b.target.layout.where, slug)
	}
	return b.target.address + fmt.Sprintf(b.target.layout.below, slug, name)
}

// pictureFrom gives the way from a page to the picture that lies beside its file.
func (b *builder) pictureFrom(slug, name, picture string) string {
	dir := path.Dir(b.pathOf(slug, name))
	if b.target.layout.files {
		return picture
	}
	below := strings.TrimPrefix(strings.TrimPrefix(dir, b.target.root), "/")
	return relative(strings.TrimSuffix(b.addressOf(slug, name), "/"), b.target.address+below+"/"+picture)
}

// changesName is the name of the page that says what changed after a stage.
func changesName(after string) string { return "changes-in-" + after }

// add adds a file below the root of the pages.
func (b *builder) add(name string, data []byte) {
	b.site.Files = append(b.site.Files, File{name, data})
}

// pages writes all pages of a review.
func (b *builder) pages(r *published) {
	for i, s := range r.stages {
		name := s.name
		if i == 0 {
			name = ""
		}
		picture := ""
		if s.picture != nil {
			picture = "timeline-" + s.name + ".svg"
			dir := path.Dir(b.pathOf(r.slug, name))
			b.add(path.Join(dir, picture), s.picture)
		}
		body := withHead(s, r.head(i), picture)
		p := place{name: name, title: r.titleOf(i), about: s.about}
		if picture != "" {
			p.picture, p.shown = picture, b.pictureFrom(r.slug, name, picture)
		}
		b.page(r, s, p, body)
		if i+1 < len(r.stages) {
			b.changes(r, i)
		}
	}
}

// changes writes the page between two stages.
func (b *builder) changes(r *published, newer int) {
	s, before := r.stages[newer], r.stages[newer+1]
	d := diff.Compare(before.shown, s.shown)
	body := fmt.Sprintf("Back to the [%s](%s), or to the [%s](%s) before it.\n\n%s", markdown.Inline(stageLabel(s.name)), r.link(newer), markdown.Inline(stageLabel(before.name)), r.link(newer+1), d.Markdown())
	title := fmt.Sprintf("%s: what changed from %s to %s", r.stages[0].title, before.name, s.name)
	b.page(r, s, place{name: changesName(s.name), title: title, about: d.Counts() + "."}, []byte("# "+markdown.Inline(title)+"\n\n"+body))
}
