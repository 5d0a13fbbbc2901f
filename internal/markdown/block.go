package markdown

// Kind is what a block is.
type Kind string

// The kinds of blocks.
const (
	Paragraph  Kind = "paragraph"
	Heading    Kind = "heading"
	List       Kind = "list"
	Item       Kind = "item"
	Table      Kind = "table"
	CodeBlock  Kind = "code"
	Quote      Kind = "quote"
	HTMLBlock  Kind = "html"
	Comment    Kind = "comment"
	Rule       Kind = "rule"
	Definition Kind = "definition" // of a link: [label]: target
)

// Block is a block of a page, with its place in it. Start is the first byte of
// it, behind the marks of what it stands in; End is behind its last line, the
// line feed and empty lines left out. Blocks are in order and lie within what
// they stand in.
type Block struct {
	Kind       Kind
	Start, End int
	Level      int    // of a heading
	Text       string // what a reader sees, white space collapsed; of code and HTML as it stands
	Plain      string // Text with emphasis, code spans and links, each in one spelling
	Marked     bool   // the whole of a paragraph is emphasised
	Ordered    bool   // of a list
	Task       bool   // of an item: it has a box
	Checked    bool   // of a task: the box is ticked
	Language   string // of a fence
	Links      []Link
	Rows       []Row   // of a table; the first is its head
	Children   []Block // of lists, items and quotations
}

// Row is a row of a table; its place is its line.
type Row struct {
	Start, End int
	Cells      []Cell
}

// Cell is a cell of a table, the white space around it left out.
type Cell struct {
	Start, End  int
	Text, Plain string
	Links       []Link
}

// Link is a link or an image. End is behind its last byte.
type Link struct {
	Start, End   int
	Text, Target string
	Image        bool
}

// Note is a piece of a page that was too deep or too full of marks to be read as
// what it may be, and was taken as plain text.
type Note struct {
	Start, End int
	Message    string
}
