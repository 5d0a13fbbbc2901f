package review

import (
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
	rest, ok := strings.CutPrefix(string(l), "https://")
	if !ok {
		rest, ok = strings.CutPrefix(string(l), "http://")
	}
	if !ok || rest == "" || strings.Trim(rest, addressBytes) != "" {
		return markdown.Code(string(l))
	}
	return "<" + string(l) + ">"
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
