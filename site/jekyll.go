package site

// jekyll writes pages with an address of their own. Posts and collections would
// have the day in the address or want a setting, and pages of the future are
// left out of both. Liquid is off for Jekyll 4; the dialect breaks it up for 3.
var jekyll = Target{
	Name: "jekyll", Dialect: "jekyll", Drafts: true,
	Config: []string{"_config.yml", "_config.yaml"},
	Hint:   "where _config.yml has header_pages, add once: incidents/index.md",
	root:   "incidents", plain: "incidents", address: "incidents/",
	layout: layout{
		index: "index.md", page: "%s/index.md", part: "%s/%s.md", asset: "%s",
		where: "%s/", below: "%s/%s/",
	},
	front: func(m matter) []field {
		list := []field{{"layout", "page"}, text("title", m.title), text("description", m.description), text("permalink", "/"+m.address), instant("date", m.date), instant("last_modified_at", m.updated)}
		if m.draft {
			list = append(list, field{"published", "false"})
		}
		return append(list, field{"render_with_liquid", "false"}, words("tags", m.tags), group("pir", m.own()))
	},
}
