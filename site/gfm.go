package site

// gfm is plain files, as GitHub and GitLab show them. They show front matter as
// a table, so there is none.
var gfm = Target{
	Name: "gfm", Dialect: "gfm",
	layout: layout{
		index: "README.md", page: "%s/README.md", part: "%s/%s.md", asset: "%s",
		where: "%s/README.md", below: "%s/%s.md", files: true,
	},
	front: func(matter) []field { return nil },
}
