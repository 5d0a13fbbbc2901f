package site

// Target is a kind of site.
type Target struct {
	Name    string
	Dialect string   // row of internal/markdown
	Drafts  bool     // it has a flag of its own that keeps a draft out
	Config  []string // files by which such a site is known
	Hint    string   // what to add to it once; may be empty
	root    string   // folder of the pages in the site
	plain   string   // folder of files that the site copies as they are
	address string   // where root is on the site, below its base
	layout  layout
	front   func(m matter) []field
}

// layout is how the files of a target are called and lead to each other.
type layout struct {
	index string // file of the index, below root
	page  string // file of a review, below root, with %s for its slug
	part  string // file of another page of a review, with %s for slug and name
	asset string // folder of the picture, with %s for the slug
	where string // address of a review below address, with %s
	below string // address of another page of it, with %s and %s
	files bool   // links lead to files, not to addresses
}

// targets is the table, in the order of the help.
var targets = []Target{hugo, mkdocs, docusaurus, jekyll, gfm}

// Targets gives the table of targets in its order.
func Targets() []Target { return append([]Target(nil), targets...) }

// TargetOf gives the target of a name.
func TargetOf(name string) (Target, bool) {
	for _, t := range targets {
		if t.Name == name {
			return t, true
		}
	}
	return Target{}, false
}
