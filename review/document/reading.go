package document

// readFacts reads what the Markdown says.
func readFacts(d *Document) Facts { return Facts{Title: d.Front.Title, ID: d.Front.ID} }
