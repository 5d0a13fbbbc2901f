package document

import "time"

// Document is a review. Parse makes it; nothing in it changes afterwards.
type Document struct {
	Name     string    // how messages call it: a path, "-", "REV:path"
	Source   []byte    // the very bytes; every Span is a place in them
	Front    Front     // front matter; the zero value where there is none
	Sections []Section // in the order of the page; all bytes after the front matter are in one
	Parts    []Part    // generated and internal parts, in the order of the page
	Facts    Facts     // as the Markdown says them
	Faults   []Fault   // what could not be read for what it seems to be
	Sidecar  *Sidecar  // nil where there is none
}

// Span is a half-open range of bytes of the Source.
type Span struct{ Start, End int }

// Place is where something stands in the Markdown.
type Place struct {
	Span
	Line int // 1-based line of Start; 0 where the thing is not from the Markdown
}

// Front is the front matter.
type Front struct {
	Place
	Keys []FrontKey // in the order of the page
	// What the keys say, where they are of the kind that reviews of pir have.
	Pir, ID, Title, Date, Stage, Status, Severity, Owner string
	Components, Tags                                     []string
	Published                                            map[string]time.Time // time of each stage that went out; UTC
}

// FrontKey is one key of the front matter with its value as written.
type FrontKey struct {
	Place
	Name, Value string
}

// Section is a heading with all that follows up to the next heading of its
// level or above; sections nest. The text before the first heading is a section
// with Level 0 and no Title.
type Section struct {
	Place
	ID     string // "summary", "impact", "cause" … by heading and aliases; empty for the writer's own
	Level  int
	Title  string // visible text of the heading
	Anchor string // the fragment that GitHub gives the heading
	Blocks []Block
	Nested []Section
}

// Kind is what a block is.
type Kind string

// The kinds of blocks.
const (
	Paragraph Kind = "paragraph"
	List      Kind = "list"  // Children are Items
	Item      Kind = "item"  // Text is the first paragraph; Children is what follows
	Table     Kind = "table" // Rows
	Code      Kind = "code"  // fenced or indented; Text is the code as it stands
	Quote     Kind = "quote" // Children
	HTML      Kind = "html"  // raw HTML other than comments and markers; Text as it stands
	Comment   Kind = "comment"
	Rule      Kind = "rule" // a thematic break
	// Definition is [label]: target, where links find their target. It shows
	// nothing; Links holds it.
	Definition Kind = "definition"
)

// Block is a piece of a section.
type Block struct {
	Place
	Kind Kind
	// Text is what a reader sees, white space collapsed: no marks of emphasis,
	// no escapes, citations left in as "[3]".
	Text string
	// Plain is Text with the links, code spans and emphasis kept, in one canonical
	// spelling: two spellings of the same page give the same Plain.
	Plain    string
	Ordered  bool   // of a list
	Task     bool   // of an item: it has a box
	Checked  bool   // of a task: the box is ticked
	Marked   bool   // the whole of a paragraph is emphasised
	Language string // of a fence
	Links    []Link
	Rows     []Row // of a table; the first is its head
	Children []Block
	Part     string // name of the generated part it stands in; empty is the writer's
	Internal bool   // stands between pir:internal and /pir:internal
}

// Row is a row of a table.
type Row struct {
	Place
	Cells []Cell
}

// Cell is a cell of a table, without the white space around it.
type Cell struct {
	Place
	Text  string // as Block.Text
	Plain string // as Block.Plain
	Links []Link
}

// Link is a link or an image.
type Link struct {
	Place
	Text, Target string
	Image        bool
}

// Part is what stands between a pair of markers.
type Part struct {
	Place           // from the first byte of the opening marker's line to the end of the closing marker's line
	Inner    Span   // between the two lines
	Name     string // "banner", "facts" …; empty for an internal part
	Internal bool
}

// Fault is a piece of the page that could not be read for what it seems to be:
// a marker without its other half, front matter that is no YAML, a time that is
// none. The text stays; the fault says where.
type Fault struct {
	Place
	Message string
	Marker  bool // it is about the markers of a part: what belongs to it is not known
}
