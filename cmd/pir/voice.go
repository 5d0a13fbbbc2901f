package main

import (
	"fmt"
	"io"
	"path"
	"strings"

	"pir/timeline"
)

// voice is how the program speaks to a person: one line each, on stderr, under
// its name, without a capital and without a full stop. Text from inputs is
// shown, never obeyed.
type voice struct {
	w     io.Writer
	style style
	quiet bool // errors only
}

// failure tells an error, and what to do about it. An error without a text has
// been told already.
func (v *voice) failure(err error) {
	if text := err.Error(); text != "" {
		v.say("error", "red", text)
	}
	if hint := hintOf(err); hint != "" {
		v.hint(hint)
	}
}

func (v *voice) warning(text string) {
	if !v.quiet {
		v.say("warning", "yellow", text)
	}
}

func (v *voice) hint(text string) {
	if !v.quiet {
		v.say("hint", "cyan", text)
	}
}

func (v *voice) say(what, color, text string) {
	fmt.Fprintf(v.w, "pir: %s %s\n", v.style.paint(color, what+":"), visible(text))
}

// foldBy says how the warnings of a code are folded into one line: "code" over
// all sources, "source" for each source. Codes that are not here are told one
// by one.
var foldBy = map[string]string{
	timeline.WarnSourceUnrecognised: "code",
	timeline.WarnBinary:             "code",
	timeline.WarnSourceEmpty:        "code",
	timeline.WarnRecordMalformed:    "source",
	timeline.WarnLineTooLong:        "source",
	timeline.WarnEncoding:           "source",
	timeline.WarnZoneAssumed:        "source",
	timeline.WarnZoneDoubtful:       "source",
	timeline.WarnYearInferred:       "source",
	timeline.WarnOutOfOrder:         "source",
	timeline.WarnBackdated:          "source",
}

// maxTold is how many lines of warnings are told at most.
const maxTold = 30

// warnings tells the doubts of a timeline, the like ones folded. The JSON
// output has them all.
func (v *voice) warnings(list []timeline.Warning) {
	groups := fold(list)
	for i, g := range groups {
		if i == maxTold {
			v.warning(counted(len(groups)-i, "more kind of warnings", "more kinds of warnings") + "; --format json tells all")
			return
		}
		v.warning(g.text())
	}
}

// warningGroup is a warning and how many are like it.
type warningGroup struct {
	first timeline.Warning
	more  int
	where string // the source that they share; empty for several
}

func (g warningGroup) text() string {
	switch {
	case g.more == 0:
		return g.first.Message
	case g.where == "":
		return fmt.Sprintf("%s (and %s more: %s)", g.first.Message, count(g.more), g.first.Code)
	}
	return fmt.Sprintf("%s (and %s more in %s: %s)", g.first.Message, count(g.more), g.where, g.first.Code)
}

// fold groups like warnings, in the order of the first of each.
func fold(list []timeline.Warning) []warningGroup {
	var groups []warningGroup
	at := map[[2]string]int{}
	for _, w := range list {
		key := [2]string{w.Code, ""}
		switch foldBy[w.Code] {
		case "":
			groups = append(groups, warningGroup{first: w})
			continue
		case "source":
			key[1] = citedFile(w)
		}
		if i, seen := at[key]; seen {
			groups[i].more++
			continue
		}
		at[key] = len(groups)
		groups = append(groups, warningGroup{first: w, where: key[1]})
	}
	return groups
}

// citedFile is the file that a warning is about.
func citedFile(w timeline.Warning) string {
	if len(w.Evidence) == 0 {
		return ""
	}
	origin := w.Evidence[0].Origin
	if i := strings.IndexAny(origin, "#@"); i > 0 {
		origin = origin[:i]
	}
	if i := strings.LastIndexByte(origin, ':'); i > 0 && digits(origin[i+1:]) {
		origin = origin[:i]
	}
	return path.Clean(origin)
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
