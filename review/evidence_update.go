package review

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// The list of evidence is generated whole: it has one row for each number, and a
// row that is half of one list and half of another leads nowhere. Only lines that
// the writer added stay, below.

// generatedLine is a line of a kind that only the list has.
var generatedLine = regexp.MustCompile(`^(?:- <a id="evidence-|\[\d+\]: #evidence-|</?details>|<summary>\d+ citations? from |- .[a-z-]+. \(\d+\): |\*\*(?:What was read|Doubts about the evidence)\*\*$|Read, and without a row on this page: |\|[-:| ]+\|$|\| Source \|)`)

// lineKey is a line as formatters leave it: bullets and white space are no
// difference.
func lineKey(line string) string {
	line = strings.Join(strings.Fields(line), " ")
	if strings.HasPrefix(line, "|") {
		return strings.ReplaceAll(strings.ReplaceAll(line, " |", "|"), "| ", "|")
	}
	for _, bullet := range []string{"* ", "+ "} {
		if rest, ok := strings.CutPrefix(line, bullet); ok {
			return "- " + rest
		}
	}
	return line
}

// firstOf is the first cell of a row of a table, which names the source; else "".
func firstOf(line string) string {
	if cells := strings.Split(line, "|"); len(cells) > 2 && cells[0] == "" {
		return cells[1]
	}
	return ""
}

// addedLines are the lines of a list of evidence that its writer added: those that
// are not of the lists that were generated, nor of their kind.
func addedLines(ours string, generated ...string) []string {
	made, sources := map[string]bool{"": true}, map[string]bool{}
	for _, text := range generated {
		for line := range strings.Lines(text) {
			key := lineKey(line)
			made[key] = true
			sources[firstOf(key)] = true
		}
	}
	delete(sources, "")
	var list []string
	for line := range strings.Lines(ours) {
		key := lineKey(line)
		if made[key] || generatedLine.MatchString(key) || generatedLine.MatchString(strings.TrimSpace(line)) || sources[firstOf(key)] {
			continue
		}
		list = append(list, strings.TrimRight(line, "\r\n"))
	}
	return list
}

// listKeys are the lines of a list of evidence, as they are compared.
func listKeys(text string, without []string) string {
	drop := map[string]bool{"": true}
	for _, line := range without {
		drop[lineKey(line)] = true
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		key := lineKey(line)
		if drop[key] || strings.Trim(key, "|-: ") == "" {
			continue // formatters write the line below the head of a table to its width
		}
		b.WriteString(key + "\n")
	}
	return b.String()
}

// evidenceAdded are the writer's lines in the list of evidence of the page.
func (u *updating) evidenceAdded() []string {
	ours, ok := inner(u.doc, "evidence")
	if !ok {
		return nil
	}
	base, _ := u.base("evidence")
	return addedLines(ours, base, u.fresh.out.blocks["evidence"])
}

// list writes the list of evidence. One that says what is generated now stays as
// it is written.
func (u *updating) list(b *mergedBlock) {
	ours := string(u.doc.Source[b.part.Inner.Start:b.part.Inner.End])
	theirs, made := u.fresh.out.blocks["evidence"]
	added := u.evidenceAdded()
	for i, line := range added {
		added[i] = renumber(line, codeOf(line), u.final)
	}
	renumbered := renumber(ours, within(u.code, b.part.Inner), u.final)
	if !made || listKeys(renumbered, added) == listKeys(theirs, nil) {
		b.text = renumbered
		return
	}
	text := theirs
	if len(added) > 0 {
		text += "\n" + strings.Join(added, "\n") + "\n"
	}
	b.text = strings.ReplaceAll(text, "\n", u.eol)
	b.changed = b.text != ours
}

var anyCite = regexp.MustCompile(`(?:\[|evidence-)(\d{6,7})\b`)

// provisional finds a number that stands for a citation only while texts are
// merged, and must never be seen.
func (u *updating) provisional(text string) error {
	for _, m := range anyCite.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(m[1])
		if n >= ownCites && !strings.Contains(string(u.doc.Source), m[1]) && !strings.Contains(u.fresh.out.body, m[1]) {
			return fmt.Errorf("the update would write the number %d, which stands for no evidence: nothing was written; please report this", n)
		}
	}
	return nil
}
