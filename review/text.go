package review

import (
	"net/url"
	"strings"

	"pir/internal/markdown"
)

// Text is one line of text of an input or of the program. Printed, it is
// escaped: it shows as its characters and does nothing.
type Text string

// String gives the text as Markdown.
func (t Text) String() string { return markdown.Inline(string(t)) }

// Code is text that is shown as code.
type Code string

// String gives the text as a code span.
func (c Code) String() string { return markdown.Code(string(c)) }

// Link is the address of something elsewhere. It is a link only where it is a
// plain web address, else it is shown as code.
type Link string

// String gives the link as Markdown.
func (l Link) String() string {
	if !l.plain() {
		return markdown.Code(string(l))
	}
	return "<" + string(l) + ">"
}

// plain reports whether the link leads where it seems to: to a host with a
// proper name, of the web, with no name of a user in front of it.
func (l Link) plain() bool {
	u, err := url.Parse(string(l))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.Opaque != "" || strings.Trim(string(l), addressBytes) != "" {
		return false
	}
	host, port := u.Hostname(), u.Port()
	if host == "" || len(host) > 253 || strings.HasSuffix(u.Host, ":") || len(port) > 5 || strings.Trim(port, "0123456789") != "" {
		return false
	}
	for label := range strings.SplitSeq(strings.TrimSuffix(host, "."), ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' || strings.Trim(strings.ToLower(label), "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return false
		}
	}
	return true
}

// addressBytes are the bytes of a web address that mean nothing in Markdown.
const addressBytes = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/?#=&%+:@,;"

// List is a number of texts.
type List []Text

// And joins the texts as a sentence does: "a, b and c".
func (l List) And() Text {
	switch len(l) {
	case 0:
		return ""
	case 1:
		return l[0]
	}
	return Text(string(l[:len(l)-1].Commas()) + " and " + string(l[len(l)-1]))
}

// Some joins the texts as And does, but names no more than three of many.
func (l List) Some() Text {
	if len(l) <= 4 {
		return l.And()
	}
	return l[:3].Commas() + " and others"
}

// Commas joins the texts with commas.
func (l List) Commas() Text {
	words := make([]string, len(l))
	for i, t := range l {
		words[i] = string(t)
	}
	return Text(strings.Join(words, ", "))
}

// texts makes a List.
func texts[T ~string](words []T) List {
	var l List
	for _, w := range words {
		l = append(l, Text(w))
	}
	return l
}
