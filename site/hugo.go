package site

// hugo makes a page bundle of every page, since in the bundle of another page a
// page is a resource that nobody can open. Hugo leaves out pages of the future.
var hugo = Target{
	Name: "hugo", Dialect: "hugo", Drafts: true,
	Config: []string{"hugo.yaml", "hugo.toml", "hugo.json", "config.toml", "config.yaml"},
	Hint:   `a menu entry once: pageRef = "/incidents"; the pages are in content/incidents`,
	root:   "content/incidents", plain: "static/incidents", address: "incidents/",
	layout: layout{
		index: "_index.md", page: "%s/index.md", part: "%s-%s/index.md", asset: "%s",
		where: "%s/", below: "%s-%s/",
	},
	front: func(m matter) []field {
		list := []field{text("title", m.title), text("description", m.description), instant("date", m.date), instant("lastmod", m.updated)}
		if m.draft {
			list = append(list, field{"draft", "true"})
		}
		return append(list, words("tags", m.tags), group("params", m.own()))
	},
}
