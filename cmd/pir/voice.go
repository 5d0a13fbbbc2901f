package main

import (
	"fmt"
	"io"
	"path"
	"slices"
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
	var lines []string
	for _, g := range fold(list) {
		lines = append(lines, g.lines()...)
	}
	for i, line := range lines {
		if i == maxTold {
			v.warning(counted(len(lines)-i, "more warning", "more warnings") + "; --format json tells all")
			return
		}
		v.warning(line)
	}
}

// mostAlike is how many different sentences of a source are told, and how many
// files in one line.
const mostAlike = 3

// warningGroup is what warnings that are alike have in common.
type warningGroup struct {
	code, file string   // file is empty where it spans several
	texts      []string // what is told of the file, each in other words
	words      []string // the same without the place in front
	files      []string // the files that the one text is told of
	all        int
}

// lines are the sentences of a group: the first ones, and how many more there
// are.
func (g *warningGroup) lines() []string {
	if len(g.files) > 1 {
		shown := g.files[:min(len(g.files), mostAlike)]
		text := strings.Join(shown, ", ")
		if more := len(g.files) - len(shown); more > 0 {
			text += ", " + count(more) + " more"
		}
		return []string{text + ": " + g.texts[0]}
	}
	told := slices.Clone(g.texts[:min(len(g.texts), mostAlike)])
	if more := g.all - len(told); more > 0 {
		told[len(told)-1] += fmt.Sprintf(" (and %s more in %s: %s)", count(more), g.file, g.code)
	}
	return told
}

// fold groups like warnings, in the order of the first of each: the same words
// about several files, several of a kind about one file.
func fold(list []timeline.Warning) []*warningGroup {
	var groups []*warningGroup
	at := map[[3]string]*warningGroup{}
	for _, w := range list {
		file := citedFile(w)
		_, words, named := strings.Cut(w.Message, ": ")
		how := foldBy[w.Code]
		if how == "code" && !named {
			how = ""
		}
		key := [3]string{w.Code, file, ""}
		if how == "code" {
			key = [3]string{w.Code, "", words}
		}
		g := at[key]
		if g == nil || how == "" {
			g = &warningGroup{code: w.Code, file: file, texts: []string{w.Message}, words: []string{words}}
			groups = append(groups, g)
			at[key] = g
		} else if how == "source" && !slices.Contains(g.words, words) {
			g.texts, g.words = append(g.texts, w.Message), append(g.words, words)
		}
		g.all++
		if how != "code" {
			continue
		}
		if g.files = append(g.files, strings.TrimSuffix(w.Message, ": "+words)); len(g.files) == 2 {
			g.texts[0] = words
		}
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
