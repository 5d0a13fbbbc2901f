package markdown

// Dialect is how Markdown must be spelled for one kind of site, so that the same
// text is visible there and nothing in it comes to life.
type Dialect struct {
	Name       string   // of the target
	Portable   bool     // escape for every reader known; else for GitHub's only
	CommonMark bool     // code is read as CommonMark says
	RawHTML    bool     // HTML that Rewrite writes is kept
	MDX        bool     // the page is a program: braces and angles run
	Decoded    bool     // emoji and addresses are looked for behind references
	Emoji      bool     // names of emoji are looked for even in code
	H1         bool     // the page has its title in its text
	Anchors    Anchors  // how a place gets its name
	Callout    Callout  // how a note that stands out is written
	Details    Details  // how a part that can be folded is written
	Mermaid    bool     // fences of that name become pictures
	TitleHTML  bool     // titles of the front matter are printed as HTML
	Liquid     bool     // a template language runs over the page; the front matter should turn it off
	Live       []string // what is looked for even in code, and must not stand there
	Extensions []string // what the site must have switched on
}

// Anchors is how a place in a page gets its name.
type Anchors string

// The ways to name a place.
const (
	AnchorHTML Anchors = "html" // <a id="x"></a>
	AnchorAttr Anchors = "attr" // {#x} behind a heading, elsewhere as HTML where that is kept
	AnchorMDX  Anchors = "mdx"  // {/* #x */} behind a heading, <a id="x"></a> elsewhere
	AnchorNone Anchors = "none" // the site names headings by their text
)

// Callout is how a note that stands out is written.
type Callout string

// The ways to write a note.
const (
	CalloutGFM   Callout = "gfm"   // > [!NOTE]
	CalloutBang  Callout = "bang"  // !!! note
	CalloutColon Callout = "colon" // :::note
	CalloutQuote Callout = "quote" // > **Note**
)

// Details is how a part that can be folded is written.
type Details string

// The ways to write such a part.
const (
	DetailsHTML Details = "html" // <details>
	DetailsAttr Details = "attr" // <details markdown="1">
	DetailsOpen Details = "open" // the summary in bold, the rest below
)

// dialects is the table of targets, one row each.
var dialects = []Dialect{
	{Name: "gfm", CommonMark: true, RawHTML: true, H1: true, Anchors: AnchorNone, Callout: CalloutGFM, Details: DetailsHTML, Mermaid: true},
	{Name: "html", CommonMark: true, RawHTML: true, Anchors: AnchorHTML, Callout: CalloutQuote, Details: DetailsHTML},
	{Name: "hugo", Portable: true, CommonMark: true, Emoji: true, Anchors: AnchorAttr, Callout: CalloutQuote, Details: DetailsOpen,
		Live: []string{"{{<", "{{%", "<!--"}},
	{Name: "hugo-unsafe", Portable: true, CommonMark: true, Emoji: true, RawHTML: true, Anchors: AnchorAttr, Callout: CalloutQuote, Details: DetailsHTML,
		Live: []string{"{{<", "{{%", "<!--"}, Extensions: []string{"markup.goldmark.renderer.unsafe"}},
	{Name: "mkdocs", Portable: true, RawHTML: true, Anchors: AnchorHTML, Callout: CalloutBang, Details: DetailsAttr, TitleHTML: true,
		Live: []string{"{{", "{%", "{#"}, Extensions: []string{"admonition", "md_in_html", "tables", "pymdownx.superfences", "pymdownx.tasklist"}},
	{Name: "docusaurus", Portable: true, CommonMark: true, RawHTML: true, MDX: true, Decoded: true, Anchors: AnchorMDX, Callout: CalloutColon, Details: DetailsHTML,
		Live: []string{"&<", "<!--", "{/*"}},
	{Name: "jekyll", Portable: true, RawHTML: true, Anchors: AnchorAttr, Callout: CalloutQuote, Details: DetailsAttr, Liquid: true,
		Live: []string{"{{", "{%"}},
}

// Dialects gives the table of targets in its order.
func Dialects() []Dialect { return append([]Dialect(nil), dialects...) }

// DialectOf gives the row of a target.
func DialectOf(name string) (Dialect, bool) {
	for _, d := range dialects {
		if d.Name == name {
			return d, true
		}
	}
	return Dialect{}, false
}
