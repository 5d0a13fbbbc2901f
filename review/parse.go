package review

import "pir/review/document"

// Parse reads a review: any Markdown, with the sidecar beside it or nil. See
// document.Parse.
func Parse(name string, source, sidecar []byte) (*document.Document, error) {
	return document.Parse(name, source, sidecar)
}
