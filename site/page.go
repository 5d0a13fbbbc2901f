package site

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"pir/internal/markdown"
)

// place is what one page has of its own.
type place struct {
	name    string // empty for the review itself
	title   string
	about   string
	picture string // name of the file beside it; empty is none
	shown   string // what leads to it from the page
}

var citation = regexp.MustCompile(` ?(?:\[\[?[0-9]+\]?\](?:\([^)]*\))?†?)+`)

// toPage begins the links that lead to pages of the site. No page of a writer
// has them: it cannot be a link on any other.
const toPage = "./pir-page/"

// link is the link to a stage.
func (r *published) link(i int) string {
	if i == 0 {
		return toPage + r.slug
	}
	return toPage + r.slug + "/" + r.stages[i].name
}

// stageLabel is how pages call a stage.
func stageLabel(name string) string {
	if name == "review" {
		return "review"
	}
	return name + " review"
}

// titleOf is the title of a stage's page; the newest has that of the incident.
func (r *published) titleOf(i int) string {
	if i == 0 {
		return r.stages[0].title
	}
	return r.stages[i].title + " (" + stageLabel(r.stages[i].name) + ")"
}

// head is the line that leads to the other stages; empty where there is none.
func (r *published) head(i int) string {
	if len(r.stages) == 1 {
		return ""
	}
	var parts []string
	for j := range r.stages {
		label := markdown.Inline(stageLabel(r.stages[j].name))
		if j != i {
			label = fmt.Sprintf("[%s](%s)", label, r.link(j))
		}
		parts = append(parts, label)
		if j+1 < len(r.stages) {
			parts = append(parts, fmt.Sprintf("[what changed](%s%s/%s)", toPage, r.slug, changesName(r.stages[j].name)))
		}
	}
	return "**Stages:** " + strings.Join(parts, " · ")
}

// withHead puts the line of stages and the picture below the title of a page.
func withHead(s *stage, head, picture string) []byte {
	body := s.edition.Body
	if picture != "" {
		if head != "" {
			head += "\n\n"
		}
		head += fmt.Sprintf("![Phases, milestones and errors of the incident; the tables below say the same in words](%s%s)", toPage, picture)
	}
	if head == "" {
		return body
	}
	at := 0
	if blocks, _ := markdown.Blocks(body); len(blocks) > 0 && blocks[0].Kind == markdown.Heading && blocks[0].Level == 1 {
		at = blocks[0].End
	}
	return slices.Concat(body[:at], []byte("\n\n"+head+"\n\n"), body[at:])
}

// page writes one page: rewritten for the site, behind its front matter, and
// past the gate once more as it stands.
func (b *builder) page(r *published, s *stage, p place, source []byte) {
	out, notes := markdown.Rewrite(source, b.dialect, markdown.RewriteOptions{
		DropH1: !b.dialect.H1,
		Link:   func(target string) (string, bool) { return b.leads(r, p, s.source.Name, target) },
		Image: func(target string) (string, bool) {
			return p.shown, p.picture != "" && target == toPage+p.picture
		},
	})
	for _, n := range notes {
		b.note("%s: %s", s.source.Name, n.Message)
	}
	data := []byte(frontMatter(b.target.front(b.matter(r, s, p))) + out)
	for _, knows := range r.stages { // a copy without its sidecar does not know who people are
		if found := knows.edition.Gate("page", data); len(found) > 0 {
			b.refuse(s.source.Name, found)
			return
		}
	}
	b.add(b.pathOf(r.slug, p.name), data)
}

func (b *builder) matter(r *published, s *stage, p place) matter {
	front := s.shown.Front
	m := matter{
		title: b.dialect.Title(p.title), description: b.dialect.Title(p.about), address: b.addressOf(r.slug, p.name),
		date: s.date, updated: s.updated, draft: r.draft,
		id: front.ID, severity: front.Severity, stage: front.Stage, components: front.Components,
	}
	for _, tag := range front.Tags {
		if tag = markdown.Visible(tag); tag != "" && !slices.Contains(m.tags, tag) {
			m.tags = append(m.tags, b.dialect.Title(tag))
		}
	}
	return m
}

// leads gives the target of a link to a page of the site: one that we made, or
// one of a writer to the file of another review.
func (b *builder) leads(r *published, p place, from, target string) (string, bool) {
	if rest, ours := strings.CutPrefix(target, toPage); ours {
		slug, name, _ := strings.Cut(rest, "/")
		return b.between(r.slug, p.name, slug, name), true
	}
	file, _, _ := strings.Cut(target, "#") // names of places differ between sites: the page is what is sure
	if file == "" || strings.Contains(file, ":") || strings.HasPrefix(file, "/") {
		return "", false
	}
	file = path.Join(path.Dir(from), file)
	for _, other := range b.reviews {
		for i, s := range other.stages {
			if s.source.Name != file || other.draft && !r.draft {
				continue
			}
			name := s.name
			if i == 0 {
				name = ""
			}
			return b.between(r.slug, p.name, other.slug, name), true
		}
	}
	return "", false
}

// between gives a relative link from one page to another.
func (b *builder) between(slug, name, toSlug, toName string) string {
	if b.target.layout.files {
		return relative(path.Dir(b.pathOf(slug, name)), b.pathOf(toSlug, toName))
	}
	from, to := b.addressOf(slug, name), b.addressOf(toSlug, toName)
	return relative(strings.TrimSuffix(from, "/"), strings.TrimSuffix(to, "/")) + "/"
}

// relative gives the way from a folder to a path; both are clean.
func relative(dir, to string) string {
	from, parts := strings.Split(path.Clean(dir), "/"), strings.Split(path.Clean(to), "/")
	if dir == "." || dir == "" {
		from = nil
	}
	n := 0
	for n < len(from) && n < len(parts) && from[n] == parts[n] {
		n++
	}
	link := strings.Repeat("../", len(from)-n) + strings.Join(parts[n:], "/")
	return strings.TrimSuffix(link, "/")
}
