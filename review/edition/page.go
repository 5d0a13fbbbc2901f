package edition

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"strings"

	"pir/internal/markdown"
)

// style is that of the page: readable in light and dark, on a phone, on paper.
const style = `:root{color-scheme:light dark;--line:#8886;--soft:#8881}
body{font:1rem/1.55 system-ui,sans-serif;max-width:52rem;margin:0 auto;padding:1rem 1.2rem 4rem;overflow-wrap:break-word}
h1{font-size:1.7rem;line-height:1.25}h2{margin-top:2.4rem;border-bottom:1px solid var(--line);padding-bottom:.2rem}
table{border-collapse:collapse;margin:1rem 0;display:block;overflow-x:auto;max-width:100%}
th,td{border:1px solid var(--line);padding:.3rem .6rem;text-align:left;vertical-align:top}th{background:var(--soft)}
blockquote{margin:1rem 0;padding:.1rem 1rem;border-left:4px solid var(--line);background:var(--soft)}
pre{overflow-x:auto;padding:.8rem;background:var(--soft)}code{font-size:.92em}
header p{margin:.2rem 0;opacity:.8}a{color:LinkText}
@media print{body{max-width:none;font-size:10pt}table{display:table}thead{display:table-header-group}tr,blockquote{break-inside:avoid}h2,h3{break-after:avoid}}
`

var pageTemplate = template.Must(template.New("page").Parse(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{.Policy}}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{{.Title}}</title>
<style>{{.Style}}</style>
</head>
<body>
<header>{{range .Head}}<p>{{.}}</p>
{{end}}</header>
<main>
{{.Body}}</main>
</body>
</html>
`))

// page is the edition as one page of HTML that needs nothing else. Its policy
// lets nothing run and no request leave it.
func (e *Edition) page() []byte {
	body, _ := markdown.Page(e.Body, markdown.RewriteOptions{})
	if !strings.Contains(body, "<h1") {
		body = "<h1>" + template.HTMLEscapeString(e.Title) + "</h1>\n" + body
	}
	sum := sha256.Sum256([]byte(style))
	var b bytes.Buffer
	// Writing to a buffer never fails, and the template is a constant.
	_ = pageTemplate.Execute(&b, struct {
		Policy, Title string
		Style         template.CSS
		Head          []string
		Body          template.HTML
	}{
		"default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; img-src data:; base-uri 'none'; form-action 'none'",
		e.Title, template.CSS(style), e.head(), template.HTML(body),
	})
	return b.Bytes()
}

// head is what the front matter says that a reader wants to see first.
func (e *Edition) head() []string {
	f := e.doc.Front
	var words []string
	for _, w := range []string{f.Date, f.Severity, f.Stage} {
		if w != "" {
			words = append(words, e.redactor.Text(w))
		}
	}
	if len(words) == 0 {
		return nil
	}
	lines := []string{strings.Join(words, " · ")}
	if len(f.Components) > 0 {
		lines = append(lines, e.redactor.Text(strings.Join(f.Components, ", ")))
	}
	return lines
}
