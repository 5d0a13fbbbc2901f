package source

var notesFormat = Format{
	Name:  "notes",
	Doc:   "notes written by hand, in Markdown or plain text",
	Sniff: func(string, []byte) int { return 0 },
}
