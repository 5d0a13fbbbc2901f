package source

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

var statusFeedFormat = Format{
	Name:       "status-feed",
	Doc:        "the history of a status page as Atom or RSS: history.atom, history.rss",
	Recognised: "Atom or RSS with the words of a status page",
	Export:     "curl https://PAGE/history.atom",
	Lasts:      "the latest entries only",
	Sniff:      sniffStatusFeed,
	Parse: func(ctx context.Context, doc Document, opt Options) iter.Seq2[timeline.Event, error] {
		return sequence(ctx, doc, opt, readStatusFeed)
	},
}

var (
	feedStart = expression(`(?s)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(feed|rss)[\s>]`)
	feedEntry = expression(`<(entry|item)[\s>]`)
	feedHints = expression(`(?i)status|incident`)
)

// sniffStatusFeed takes feeds that speak of incidents; others are the news of
// something else.
func sniffStatusFeed(_ string, head []byte) int {
	if !feedStart.Match(head) {
		return 0
	}
	switch {
	case bytes.Contains(head, []byte("data-var=")) || bytes.Contains(head, []byte(":Incident/")):
		return 90
	case feedHints.Match(head):
		return 60
	}
	return 0
}

// entry is one incident of a feed.
type feedItem struct {
	origin                     timeline.Origin
	id, title, link, content   string
	published, updated, pubDay string
	raw                        string
}

func readStatusFeed(s *sink, data []byte) {
	doc := &jsonText{path: s.path, data: data}
	for at := 0; at < len(data) && !s.stopped(); {
		loc := feedEntry.FindSubmatchIndex(data[at:])
		if loc == nil {
			return
		}
		start := at + loc[0]
		closing := "</" + string(data[at+loc[2]:at+loc[3]]) + ">"
		origin := timeline.LineOrigin(s.path, doc.line(start))
		length := bytes.Index(data[start:], []byte(closing))
		if length < 0 {
			s.bad(origin, string(data[start:min(len(data), start+maxErrorText)]), "an entry ends in the middle; was the file cut short?")
			return
		}
		end := start + length + len(closing)
		at = end
		item, err := readFeedItem(data[start:end])
		if err != nil {
			s.bad(origin, string(data[start:min(end, start+maxErrorText)]), "an entry is no valid XML: %s", err)
			continue
		}
		item.origin, item.raw = origin, string(data[start:end])
		s.feedItem(item)
	}
}

// readFeedItem reads an entry of Atom or an item of RSS: the texts of its
// elements, one level down.
func readFeedItem(data []byte) (feedItem, error) {
	var item feedItem
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.Strict, dec.Entity = false, xml.HTMLEntity
	fields := map[string]*string{
		"id": &item.id, "guid": &item.id, "title": &item.title, "link": &item.link, "content": &item.content,
		"summary": &item.content, "description": &item.content, "encoded": &item.content,
		"published": &item.published, "updated": &item.updated, "pubDate": &item.pubDay,
	}
	depth := 0
	var field *string
	for {
		token, err := dec.RawToken()
		if errors.Is(err, io.EOF) {
			return item, nil
		}
		if err != nil {
			return item, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth == 2 {
				field = fields[t.Name.Local]
			}
			if href := attribute(t, "href"); depth == 2 && field == &item.link && href != "" && item.link == "" {
				item.link = href
			}
			if t.Name.Local == "br" || t.Name.Local == "hr" {
				depth-- // left open by those who write HTML
			}
		case xml.EndElement:
			if t.Name.Local != "br" && t.Name.Local != "hr" {
				depth--
			}
			if depth < 2 {
				field = nil
			}
		case xml.CharData:
			if field != nil {
				*field += string(t)
			}
		}
	}
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// feedPost begins an update in the text of an entry: its time, which has no
// year, and its status.
var feedPost = expression(`(?s)<p>\s*<small>(.*?)</small>\s*<br\s*/?>\s*<strong>(.*?)</strong>\s*(?:-|–)?`)

// feedItem yields the updates of an incident; one event where its text does
// not tell them apart.
func (s *sink) feedItem(item feedItem) {
	last, lastErr := s.feedTime(item.published, item.pubDay, item.updated)
	common := timeline.Event{
		Kind: timeline.KindStatus, Origins: []timeline.Origin{item.origin}, Raw: withoutSecrets(cut(item.raw, maxRaw)),
		Title: withoutSecrets(oneLine(plainText(item.title))), URL: strings.TrimSpace(item.link),
		Group: firstText(strings.TrimSpace(item.id), strings.TrimSpace(item.link)), Location: s.opt.Zone.Location,
	}
	if _, id, ok := strings.Cut(common.URL, "/incidents/"); ok && id != "" {
		common.Group = id // as the page's API calls it
	}
	places := feedPost.FindAllStringSubmatchIndex(item.content, -1)
	if len(places) == 0 {
		if lastErr != nil {
			s.bad(item.origin, cut(item.raw, maxErrorText), "an entry without a time: %s", lastErr)
			return
		}
		e := common
		stamp(&e, last)
		e.Body = withoutSecrets(plainText(item.content))
		e.Key, e.Step = e.Group+" "+e.TimeText, "entry" // names of incidents are used again
		s.event(e)
		return
	}
	var posts []*post
	for i, at := range places {
		end := len(item.content)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		date := oneLine(plainText(item.content[at[2]:at[3]]))
		status := oneLine(plainText(item.content[at[4]:at[5]]))
		t, err := s.yearless(date, last)
		if err != nil {
			s.bad(item.origin, item.content[at[0]:end], "an update of %q without a time: %s", common.Title, err)
			continue
		}
		posts = append(posts, &post{
			status: strings.ToLower(strings.ReplaceAll(status, " ", "_")), shown: t,
			text: withoutSecrets(plainText(item.content[at[1]:end])), raw: withoutSecrets(item.content[at[0]:end]),
		})
	}
	s.feedPosts(common, posts)
}

// feedPosts yields the updates of an incident, newest first as in the feed.
func (s *sink) feedPosts(common timeline.Event, posts []*post) {
	planned := slices.ContainsFunc(posts, func(p *post) bool { return p.status == "scheduled" || p.status == "in_progress" })
	if !planned {
		claimPosts(posts)
	}
	before := textsBefore(posts)
	for i, p := range posts {
		e := common
		e.Raw = p.raw
		stamp(&e, p.shown)
		e.Title = statusWord(p.status) + ": " + common.Title
		tellNew(&e, before[i], p.text)
		e.Key, e.Step, e.Claims = fmt.Sprintf("%s %s %d", e.Group, e.TimeText, len(posts)-i), p.status, p.claims
		if p.status == "postmortem" {
			e.Kind = timeline.KindComms
		}
		if planned {
			e.Kind = timeline.KindChange
			addFlag(&e, timeline.FlagPlanned)
		}
		s.event(e)
	}
}

func (s *sink) feedTime(list ...string) (when.Stamp, error) {
	err := errors.New("published is missing")
	for _, text := range list {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		var t when.Stamp
		if t, err = s.inTime(when.Parse(text, s.opt.Zone, s.opt.Year)); err == nil {
			return t, nil
		}
	}
	return when.Stamp{}, err
}

// yearless reads a time without a year: that of the last day of the incident
// which is not before it. near is the time of the entry, where it has one.
func (s *sink) yearless(text string, near when.Stamp) (when.Stamp, error) {
	year := s.opt.Year
	if !near.Time.IsZero() {
		year = near.Time.Year()
	}
	t, err := s.inTime(when.Parse(text, s.opt.Zone, year))
	if err == nil && !near.Time.IsZero() && t.Time.Sub(near.Time) > 48*time.Hour {
		if before, err := s.inTime(when.Parse(text, s.opt.Zone, year-1)); err == nil {
			return before, nil
		}
	}
	return t, err
}
