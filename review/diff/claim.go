package diff

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pir/internal/textdiff"
	"pir/review/document"
)

func trimFloat(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// plainly pairs texts: the same ones, then the likest.
func plainly(c *comparison, what string, a, b []string, score func(i, j, alike int) int, threshold int) (pairs [][2]int, restA, restB []int) {
	for _, list := range [][]string{a, b} {
		for i, s := range list {
			list[i] = collapse(uncited(s))
		}
	}
	return partners(c, what, a, b, [][]string{a}, [][]string{b}, threshold, score)
}

// asWritten scores texts by nothing but their words.
func asWritten(_, _, alike int) int { return alike }

// figures are the numbers of a text, times among them.
var figures = regexp.MustCompile(`\d[\d:.,]*`)

// unnumbered is a text without its numbers.
func unnumbered(s string) string { return figures.ReplaceAllString(s, " ") }

// aside is a remark in brackets that says where something is from, and no claim.
var aside = regexp.MustCompile(`^[(\[][^()\[\]]*[)\]]?[.,;]?$`)

// claims tells where a sentence that stayed lost its evidence, or gained some.
// What became of the sentence itself is told as prose.
func (c *comparison) claims() {
	var a, b []string
	for _, x := range c.a.facts.Claims {
		a = append(a, x.Text)
	}
	for _, x := range c.b.facts.Claims {
		b = append(b, x.Text)
	}
	pairs, restA, restB := plainly(c, "claims", a, b, asWritten, alikeClaim)
	c.bare = func() { c.bareClaims(restA, restB, a, b) }
	for _, p := range pairs {
		x, y := c.a.facts.Claims[p[0]], c.b.facts.Claims[p[1]]
		c.claimEvidence(a[p[0]], b[p[1]], x, y)
	}
}

// bareClaims tells of sentences that cite evidence in one of the reviews, and
// stand in the other as they were, without: there they are no claims.
func (c *comparison) bareClaims(restA, restB []int, a, b []string) {
	for _, i := range restA {
		x := c.a.facts.Claims[i]
		if u := holding(c.a, c.b, c.partner, x.Place, a[i]); u != nil && len(x.Evidence) > 0 {
			c.claimEvidence(a[i], a[i], x, document.Claim{Place: document.Place{Span: u.span, Line: u.Line}})
		}
	}
	for _, j := range restB {
		y := c.b.facts.Claims[j]
		if u := holding(c.b, c.a, c.origin, y.Place, b[j]); u != nil && len(y.Evidence) > 0 {
			c.claimEvidence(b[j], b[j], document.Claim{Place: document.Place{Span: u.span, Line: u.Line}}, y)
		}
	}
}

// holding gives the partner of the unit that a sentence is from, if it has the
// sentence too.
func holding(from, to *page, partner []int, at document.Place, sentence string) *Unit {
	if at.Line == 0 {
		return nil
	}
	for _, i := range from.under(at.Span) {
		if j := partner[i]; j >= 0 && strings.Contains(to.units[j].Text, sentence) {
			return &to.units[j]
		}
	}
	return nil
}

func (c *comparison) claimEvidence(from, to string, x, y document.Claim) {
	if aside.MatchString(from) || aside.MatchString(to) {
		return
	}
	ch := Change{From: Side{Text: from, Evidence: x.Evidence}, To: Side{Text: to, Evidence: y.Evidence}}
	switch {
	case len(x.Evidence) > 0 && len(y.Evidence) == 0:
		ch.Type = EvidenceLost
	case len(x.Evidence) == 0 && len(y.Evidence) > 0:
		ch.Type = EvidenceGained
	default:
		return
	}
	ch.From.Line, ch.From.Section = x.Line, c.a.sectionAt(x.Place)
	ch.To.Line, ch.To.Section = y.Line, c.b.sectionAt(y.Place)
	c.add(ch) // the words of the sentence are prose: nothing is told about its unit
}

// notices compares what the page says of itself.
func (c *comparison) notices() {
	var a, b []string
	for _, x := range c.a.facts.Notices {
		a = append(a, x.Text)
	}
	for _, x := range c.b.facts.Notices {
		b = append(b, x.Text)
	}
	pairs, restA, restB := plainly(c, "notices", a, b, asWritten, alikeProse)
	for _, p := range pairs {
		c.reworded(NoticeChanged, a[p[0]], b[p[1]], c.a.facts.Notices[p[0]].Place, c.b.facts.Notices[p[1]].Place)
	}
	for _, i := range restA {
		c.fact(Change{Type: NoticeGone, From: Side{Text: a[i]}}, c.a.facts.Notices[i].Place, document.Place{})
	}
	for _, j := range restB {
		c.fact(Change{Type: NoticeAdded, To: Side{Text: b[j]}}, document.Place{}, c.b.facts.Notices[j].Place)
	}
}

// questions compares what is still open.
func (c *comparison) questions() {
	var a, b []string
	for _, x := range c.a.facts.Questions {
		a = append(a, x.Text)
	}
	for _, x := range c.b.facts.Questions {
		b = append(b, x.Text)
	}
	pairs, restA, restB := plainly(c, "questions", a, b, func(i, j, alike int) int {
		// The same doubt about another number is asked in other words.
		return max(alike, textdiff.Alike(unnumbered(a[i]), unnumbered(b[j])))
	}, alikeClaim)
	for _, p := range pairs {
		c.reworded(QuestionReworded, a[p[0]], b[p[1]], c.a.facts.Questions[p[0]].Place, c.b.facts.Questions[p[1]].Place)
	}
	for _, i := range restA {
		c.fact(Change{Type: QuestionAnswered, From: Side{Text: a[i]}}, c.a.facts.Questions[i].Place, document.Place{})
	}
	for _, j := range restB {
		c.fact(Change{Type: QuestionAsked, To: Side{Text: b[j]}}, document.Place{}, c.b.facts.Questions[j].Place)
	}
}

// ask makes questions of the items with a box in the section of what is open: one
// that is ticked is answered.
func (p *page) ask() {
	var actions []document.Action
	questions := slices.Clone(p.facts.Questions)
	for _, x := range p.facts.Actions {
		switch {
		case x.Place.Line == 0 || p.sectionAt(x.Place) != "open":
			actions = append(actions, x)
		case !p.ticked(x.Place):
			questions = append(questions, document.Question{Place: x.Place, Text: x.Text})
		}
	}
	p.facts.Actions, p.facts.Questions = actions, questions
}

// ticked reports whether a place is an item whose box is ticked.
func (p *page) ticked(at document.Place) bool {
	return slices.ContainsFunc(p.under(at.Span), func(u int) bool { return p.units[u].Checked })
}

// reworded tells a text that says it in other words.
func (c *comparison) reworded(t Type, from, to string, x, y document.Place) {
	if dashed(from) == dashed(to) {
		return
	}
	c.fact(Change{
		Type: t, From: Side{Text: from}, To: Side{Text: to}, Words: []textdiff.Result{textdiff.Words(from, to)},
	}, x, y)
}
