package site

import (
	"bytes"
	"encoding/xml"
	"path"
	"time"
)

// The elements of an Atom feed, RFC 4287.
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Title   string      `xml:"title"`
		ID      string      `xml:"id"`
		Updated string      `xml:"updated"`
		Author  atomAuthor  `xml:"author"`
		Links   []atomLink  `xml:"link"`
		Entries []atomEntry `xml:"entry"`
	}
	atomAuthor struct {
		Name string `xml:"name"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	atomEntry struct {
		Title   string   `xml:"title"`
		ID      string   `xml:"id"`
		Updated string   `xml:"updated"`
		Link    atomLink `xml:"link"`
		Summary string   `xml:"summary,omitempty"`
	}
)

// unknownTime stands where a feed must have a time and nobody says one.
const unknownTime = "1970-01-01T00:00:00Z"

// feed writes an Atom feed. The id of an entry is made of the host and the slug,
// so that it outlives a change of the title; its time moves with each stage.
func (b *builder) feed(entries []Entry) []byte {
	tag := "tag:" + b.base.Hostname() + ",2026:pir/"
	self := b.base.String() + path.Join(b.target.address, "feed.xml")
	f := atomFeed{Title: "Incidents", ID: tag + b.target.Name, Updated: unknownTime, Author: atomAuthor{b.base.Hostname()},
		Links: []atomLink{{"self", self}, {"alternate", b.base.String() + b.target.address}}}
	at := 0
	for _, r := range b.reviews {
		if at == len(entries) || entries[at].Path != b.addressOf(r.slug, "") {
			continue // a draft
		}
		e := entries[at]
		at++
		entry := atomEntry{Title: e.Title, ID: tag + r.slug, Updated: unknownTime, Link: atomLink{"alternate", e.URL}, Summary: r.stages[0].about}
		if u := r.stages[0].updated; !u.IsZero() {
			entry.Updated = u.UTC().Format(time.RFC3339)
		}
		f.Updated = max(f.Updated, entry.Updated)
		f.Entries = append(f.Entries, entry)
	}
	var out bytes.Buffer
	out.WriteString(xml.Header)
	e := xml.NewEncoder(&out)
	e.Indent("", " ")
	if err := e.Encode(f); err != nil {
		panic(err) // strings in a buffer
	}
	out.WriteByte('\n')
	return out.Bytes()
}
