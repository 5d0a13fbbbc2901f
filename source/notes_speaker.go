package source

import (
	"slices"
	"strings"
)

// speakerHead is somebody's name in front of a clock: "mia 23:50: …", "<mia>
// 14:02 …", "Mia Berg [14:02] …". The clock must be set off, or the name marked.
var speakerHead = expression(`(?i)^\s*(?:<@?([^<>\s][^<>]{0,40})>|@(\pL[\pL\d._-]{0,30})|` + nameShape + `)[,:]?\s+((\[|\()?` + clockShape + `(?:\s+[A-Z]{3,4}\b)?[\])]?\s*(:\s|[-–—]\s)?)`)

// noNames are words in front of a clock that are no one's name.
var noNames = []string{
	"at", "on", "from", "by", "until", "till", "til", "around", "about", "between", "since", "before", "after", "approx", "circa",
	"ca", "c", "c.", "update", "updated", "update at", "edit", "note", "status", "today", "yesterday", "day", "then", "step", "to", "and", "the",
	"um", "gegen", "ab", "bis", "von", "seit", "time", "start", "end", "began", "ended", "now", "eta", "as of", "utc", "gmt",
	"alert", "alarm", "deploy", "deployment", "page", "event", "incident", "rollback", "outage", "fix",
	"date", "shortly after", "just after", "just before", "noon", "midnight", "t", "next update", "next",
}

var calendarWord = expression(`(?i)^(?:(?:mon|tue|wed|thu|fri|sat|sun)(?:[a-z]*day)?s?|` + monthShape + `)\.?$`)

// speaker reports whether words in front of a clock may be a name.
func speaker(name string) bool {
	lower := strings.ToLower(strings.TrimSpace(name))
	if lower == "" || slices.Contains(noNames, lower) {
		return false
	}
	if _, ok := labelNamed(lower); ok {
		return false
	}
	for i, w := range strings.Fields(lower) {
		if calendarWord.MatchString(w) || slices.Contains(noNames, w) || i == 0 && len(w) > 5 && (strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "ion")) {
			return false
		}
	}
	return true
}

// cutSpeaker takes the name off a text that begins with one and a clock.
func cutSpeaker(text string) (name, rest string) {
	m := speakerHead.FindStringSubmatchIndex(text)
	if m == nil {
		return "", text
	}
	part := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return text[m[2*i]:m[2*i+1]]
	}
	marked := part(1) + part(2)
	name = strings.TrimSpace(marked + part(3))
	set := part(5) == "[" || part(6) != ""
	if marked == "" && (!set || !speaker(name)) {
		return "", text
	}
	return name, text[m[2*4]:]
}

func speaksFirst(line string) bool {
	name, _ := cutSpeaker(line)
	return name != ""
}
