package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
)

// namedHeading is a heading behind the named place that Rewrite puts in front.
var namedHeading = regexp.MustCompile(`<p><a id="([A-Za-z0-9_-]+)"></a></p>\n<h([1-6])>`)

// Page renders a page of GitHub flavoured Markdown, without its front matter, as
// HTML for a site of our own. It is rewritten first, so that no HTML is in it but
// what Rewrite writes; headings have the names of their places as ids.
func Page(source []byte, opt RewriteOptions) (string, []Note) {
	d, _ := DialectOf("html")
	md, notes := Rewrite(source, d, opt)
	return namedHeading.ReplaceAllString(trusted(md), `<h$2 id="$1">`), notes
}

// trusted renders what Rewrite has written, with the HTML in it.
func trusted(md string) string {
	var b bytes.Buffer
	// Writing to a buffer never fails, and no option makes parsing fail.
	_ = goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe())).Convert([]byte(md), &b)
	return b.String()
}
