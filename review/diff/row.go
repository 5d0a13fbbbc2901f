package diff

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"pir/internal/textdiff"
	"pir/review/document"
)

// rows compares the rows of the timeline: by event, then by exact text, then by
// one best assignment over what is left.
func (c *comparison) rows() {
	a, b := c.a.rows(), c.b.rows()
	textsA, keysA := rowKeys(a)
	textsB, keysB := rowKeys(b)
	c.repeated(a, b, textsA, textsB, keysA, keysB)
	pairs, restA, restB := partners(c, "timeline rows", textsA, textsB, keysA, keysB, alikeRow, func(i, j, alike int) int {
		return alike + together(a[i], b[j], alike)
	})
	for _, p := range pairs {
		c.row(a[p[0]], b[p[1]], textsA[p[0]], textsB[p[1]])
	}
	for _, i := range restA {
		c.fact(Change{Type: RowRemoved, From: c.rowSide(a[i], textsA[i])}, a[i].Place, document.Place{})
	}
	for _, j := range restB {
		c.fact(Change{Type: RowAdded, To: c.rowSide(b[j], textsB[j])}, document.Place{}, b[j].Place)
	}
}

// rows gives the rows of the timeline. Where a page has one that was generated, a
// list elsewhere that looks like one retells it, and is prose.
func (p *page) rows() []document.TimelineRow {
	all := p.facts.Rows
	generated := func(r document.TimelineRow) bool { return r.Part == "timeline" }
	if !slices.ContainsFunc(all, generated) {
		return all
	}
	var out []document.TimelineRow
	for _, r := range all {
		if generated(r) || p.sectionAt(r.Place) == "timeline" {
			out = append(out, r)
		}
	}
	return out
}

// rowKeys gives the keys by which rows are paired, the best first: the event,
// text and time. The third is filled by repeated.
func rowKeys(list []document.TimelineRow) (texts []string, keys [][]string) {
	keys = [][]string{make([]string, len(list)), make([]string, len(list)), make([]string, len(list))}
	for i, r := range list {
		text := collapse(uncited(r.Text))
		texts = append(texts, text)
		keys[0][i] = r.ID
		keys[1][i] = rowTime(r) + "\x00" + text
	}
	return texts, keys
}

// rowTime is the time of a row as a key; as written where it cannot be read.
func rowTime(r document.TimelineRow) string {
	if r.Time.IsZero() {
		return collapse(r.TimeText)
	}
	return stamp(r.Time)
}

// repeated pairs rows that say the same at other times. Where a text stands
// several times, those nearest to each other are one.
func (c *comparison) repeated(a, b []document.TimelineRow, textsA, textsB []string, keysA, keysB [][]string) {
	group := func(texts []string, keys, others [][]string, list, other []document.TimelineRow) map[string][]int {
		taken := map[string]int{}
		ids := map[string]bool{}
		for i, k := range others[1] {
			taken[k]++
			if other[i].ID != "" {
				ids[other[i].ID] = true
			}
		}
		out := map[string][]int{}
		for i, t := range texts {
			switch {
			case list[i].ID != "" && ids[list[i].ID], t == "":
			case taken[keys[1][i]] > 0:
				taken[keys[1][i]]--
			default:
				out[t] = append(out[t], i)
			}
		}
		return out
	}
	left, right := group(textsA, keysA, keysB, a, b), group(textsB, keysB, keysA, b, a)
	for i, t := range textsA {
		is, js := left[t], right[t]
		if len(is) == 0 || is[0] != i || len(js) == 0 {
			continue
		}
		for n, p := range nearest(a, b, is, js) {
			key := t + "\x00" + strings.Repeat("x", n)
			keysA[2][p[0]], keysB[2][p[1]] = key, key
		}
	}
}

// nearest pairs rows that say the same so that they move as little as can be.
func nearest(a, b []document.TimelineRow, is, js []int) (out [][2]int) {
	if len(is) == len(js) || len(is) > maxBlock || len(js) > maxBlock {
		for n := range min(len(is), len(js)) {
			out = append(out, [2]int{is[n], js[n]})
		}
		return out
	}
	gain := make([][]int, len(is))
	for n, i := range is {
		for _, j := range js {
			d := a[i].Time.Sub(b[j].Time)
			gain[n] = append(gain[n], 1<<30-int(min(max(d, -d)/time.Second, 1<<29)))
		}
	}
	for n, m := range best(gain) {
		if m >= 0 {
			out = append(out, [2]int{is[n], js[m]})
		}
	}
	return out
}

// together says how much speaks for two rows being one beside their words: the
// time, and the evidence.
func together(x, y document.TimelineRow, alike int) int {
	n := 0
	if !x.Time.IsZero() && !y.Time.IsZero() {
		switch d := max(x.Time.Sub(y.Time), y.Time.Sub(x.Time)); {
		case d == 0:
			n += 150
		case d <= 5*time.Minute:
			n += 40
		case d <= 15*time.Minute:
			n -= 70
		case d <= 12*time.Hour:
			n -= 190 // a row that moved so far has kept most of its words
		default:
			n -= 300
		}
	}
	for _, e := range x.Evidence {
		if strings.ContainsAny(e, ":#@") && slices.Contains(y.Evidence, e) {
			return n + 300
		}
	}
	if alike < 250 {
		return -1000 // the time alone says nothing
	}
	return n
}

func (c *comparison) rowSide(r document.TimelineRow, text string) Side {
	return Side{Name: cmp.Or(r.ID, text), Value: rowTime(r), Text: strings.TrimSpace(c.rowClock(r) + " " + text), Evidence: r.Evidence}
}

// rowClock is the time of a row as it is told.
func (c *comparison) rowClock(r document.TimelineRow) string {
	if r.Time.IsZero() {
		return collapse(r.TimeText)
	}
	s := c.clock.span(r.Time, r.End)
	if r.Approx {
		s = "about " + s
	}
	return s
}

// row compares one row of both sides.
func (c *comparison) row(a, b document.TimelineRow, textA, textB string) {
	from, to := c.rowSide(a, textA), c.rowSide(b, textB)
	if x, y := c.rowClock(a), c.rowClock(b); x != y {
		ch := Change{Type: RowRetimed, From: from, To: to, Note: shift(a.Time, b.Time)}
		ch.From.Text, ch.To.Text = x, y
		ch.From.Name, ch.To.Name = textA, textB
		ch.From.Value, ch.To.Value = rowValue(a), rowValue(b)
		c.fact(ch, a.Place, b.Place)
	}
	whoA, whoB := collapse(a.Who), collapse(b.Who)
	if dashed(textA) != dashed(textB) || whoA != whoB {
		ch := Change{Type: RowReworded, From: from, To: to}
		ch.From.Text, ch.To.Text = textA, textB
		ch.From.Value, ch.To.Value = "", ""
		ch.From.Name, ch.To.Name = c.rowClock(a), c.rowClock(b)
		if whoA != whoB {
			ch.From.Text, ch.To.Text = joinWho(whoA, textA), joinWho(whoB, textB)
		}
		ch.Words = []textdiff.Result{textdiff.Words(ch.From.Text, ch.To.Text)}
		c.fact(ch, a.Place, b.Place)
	}
	c.evidence(to.Name, to.Text, from.Text, a.Evidence, b.Evidence, a.Place, b.Place)
}

func rowValue(r document.TimelineRow) string {
	if r.End.IsZero() {
		return rowTime(r)
	}
	return stamps(r.Time, r.End)
}

func joinWho(who, text string) string {
	if who == "" {
		return text
	}
	return who + ": " + text
}
