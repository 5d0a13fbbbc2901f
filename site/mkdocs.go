package site

// mkdocs is MkDocs with the Material theme. It has no flag for drafts outside of
// the blog, so drafts stay away. Titles are printed as HTML there.
var mkdocs = Target{
	Name: "mkdocs", Dialect: "mkdocs",
	Config: []string{"mkdocs.yml", "mkdocs.yaml"},
	Hint:   "where mkdocs.yml has a nav, add once: - Incidents: incidents/index.md; and these markdown_extensions: admonition, md_in_html, tables, pymdownx.superfences, pymdownx.tasklist",
	root:   "docs/incidents", plain: "docs/incidents", address: "incidents/",
	layout: layout{
		index: "index.md", page: "%s/index.md", part: "%s/%s.md", asset: "%s",
		where: "%s/", below: "%s/%s/", files: true,
	},
	front: func(m matter) []field {
		return []field{text("title", m.title), text("description", m.description), instant("date", m.date), words("tags", m.tags), group("pir", m.own())}
	},
}
