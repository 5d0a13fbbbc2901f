package diff

import (
	"cmp"
	"slices"

	"pir/internal/textdiff"
	"pir/review/document"
)

// The likeness from which two texts may be one, reworded; of 1000.
const (
	alikeRow    = 430
	alikeAction = 430
	alikeClaim  = 600
	alikeProse  = 450
	alikeMoved  = 700
	alikeSurely = 800
	alikePlace  = 330 // between the same neighbours
)

// partners pairs two lists: by the given keys, the first that fits, then by one
// best assignment over what is left. Empty keys fit nothing; a key that stands
// several times on a side is paired in order.
func partners(c *comparison, what string, textsA, textsB []string, keysA, keysB [][]string, threshold int, score func(i, j, alike int) int) (pairs [][2]int, restA, restB []int) {
	usedA, usedB := make([]bool, len(textsA)), make([]bool, len(textsB))
	for k := range keysA {
		at := map[string][]int{}
		for j, key := range keysB[k] {
			if key != "" && !usedB[j] {
				at[key] = append(at[key], j)
			}
		}
		for i, key := range keysA[k] {
			if js := at[key]; key != "" && !usedA[i] && len(js) > 0 {
				usedA[i], usedB[js[0]] = true, true
				pairs = append(pairs, [2]int{i, js[0]})
				at[key] = js[1:]
			}
		}
	}
	var leftA, leftB []int
	var bagsA, bagsB []textdiff.Bag
	for i, used := range usedA {
		if !used {
			leftA, bagsA = append(leftA, i), append(bagsA, textdiff.NewBag(textsA[i]))
		}
	}
	for j, used := range usedB {
		if !used {
			leftB, bagsB = append(leftB, j), append(bagsB, textdiff.NewBag(textsB[j]))
		}
	}
	found, coarse := c.assign(bagsA, bagsB, threshold, func(i, j int) int {
		return score(leftA[i], leftB[j], bagsA[i].Alike(bagsB[j]))
	})
	if coarse {
		c.rough("pairs of " + what + " that are alike: too many for the best assignment, the likest ones were taken first")
	}
	for _, p := range found {
		i, j := leftA[p.a], leftB[p.b]
		usedA[i], usedB[j] = true, true
		pairs = append(pairs, [2]int{i, j})
	}
	slices.SortFunc(pairs, func(x, y [2]int) int { return cmp.Compare(x[0], y[0]) })
	for i, used := range usedA {
		if !used {
			restA = append(restA, i)
		}
	}
	for j, used := range usedB {
		if !used {
			restB = append(restB, j)
		}
	}
	return pairs, restA, restB
}

// actions compares the action items: by id, then exact text, then likeness.
func (c *comparison) actions() {
	a, b := c.a.facts.Actions, c.b.facts.Actions
	textsA, keysA := actionKeys(a)
	textsB, keysB := actionKeys(b)
	pairs, restA, restB := partners(c, "action items", textsA, textsB, keysA, keysB, alikeAction, func(i, j, alike int) int {
		switch {
		case a[i].ID != "" && b[j].ID != "":
			return alike - 250 // both have an id, and it is not the same
		case a[i].Owner != "" && a[i].Owner == b[j].Owner:
			return alike + 40
		}
		return alike
	})
	for _, p := range pairs {
		c.action(a[p[0]], b[p[1]])
	}
	for _, i := range restA {
		c.fact(Change{Type: ActionRemoved, From: actionSide(a[i]), Note: promise(a[i])}, a[i].Place, document.Place{})
	}
	for _, j := range restB {
		c.fact(Change{Type: ActionAdded, To: actionSide(b[j]), Note: promise(b[j])}, document.Place{}, b[j].Place)
	}
}

func actionKeys(list []document.Action) (texts []string, keys [][]string) {
	keys = make([][]string, 2)
	for _, x := range list {
		text := collapse(uncited(x.Text))
		texts = append(texts, text)
		keys[0], keys[1] = append(keys[0], x.ID), append(keys[1], text)
	}
	return texts, keys
}

func actionSide(a document.Action) Side {
	text := collapse(uncited(a.Text))
	return Side{Name: cmp.Or(a.ID, text), Value: text, Text: text, Evidence: a.Evidence}
}

// promise is who does it, and until when.
func promise(a document.Action) string {
	switch owner, due := collapse(a.Owner), collapse(a.Due); {
	case a.Done:
		return "done"
	case owner != "" && due != "":
		return owner + ", by " + due
	case due != "":
		return "by " + due
	default:
		return owner
	}
}

// action compares one item of both sides.
func (c *comparison) action(a, b document.Action) {
	base := Change{From: actionSide(a), To: actionSide(b)}
	put := func(t Type, from, to, valueFrom, valueTo, note string) {
		ch := base
		ch.Type, ch.Note = t, note
		if t != ActionReworded {
			ch.From.Text, ch.To.Text = from, to
			ch.From.Value, ch.To.Value = valueFrom, valueTo
		} else {
			ch.Words = []textdiff.Result{textdiff.Words(from, to)}
		}
		c.fact(ch, a.Place, b.Place)
	}
	textA, textB := base.From.Text, base.To.Text
	if dashed(textA) != dashed(textB) {
		put(ActionReworded, textA, textB, "", "", "")
	}
	stateA, stateB := collapse(a.State), collapse(b.State)
	switch {
	case !a.Done && b.Done:
		put(ActionDone, cmp.Or(stateA, "open"), cmp.Or(stateB, "done"), "open", "done", "")
	case a.Done && !b.Done:
		put(ActionReopened, cmp.Or(stateA, "done"), cmp.Or(stateB, "open"), "done", "open", "")
	case stateA != stateB:
		put(ActionChanged, stateA, stateB, stateA, stateB, "state")
	}
	c.due(a, b, put)
	if x, y := collapse(a.Owner), collapse(b.Owner); x != y && !(a.Done != b.Done && (x == "" || y == "")) {
		put(ActionReassigned, cmp.Or(x, "nobody"), cmp.Or(y, "nobody"), x, y, "")
	}
	if x, y := collapse(a.Type), collapse(b.Type); x != y {
		put(ActionChanged, x, y, x, y, "type")
	}
	if a.Link != b.Link {
		put(ActionChanged, a.Link, b.Link, a.Link, b.Link, "link")
	}
	c.evidence(base.To.Name, textB, textA, a.Evidence, b.Evidence, a.Place, b.Place)
}

// due compares the dates. One that vanishes as the item is done has not slipped.
func (c *comparison) due(a, b document.Action, put func(t Type, from, to, valueFrom, valueTo, note string)) {
	x, y := collapse(a.Due), collapse(b.Due)
	timed := !a.DueTime.IsZero() && !b.DueTime.IsZero()
	if a.Done != b.Done && (x == "" || y == "") {
		return
	}
	t, note := Type(""), ""
	switch {
	case timed && a.DueTime.Equal(b.DueTime), !timed && x == y:
		return
	case timed && b.DueTime.After(a.DueTime):
		t, note = ActionSlipped, shift(a.DueTime, b.DueTime)
	case timed:
		t, note = ActionAdvanced, shift(a.DueTime, b.DueTime)
	case y == "" || !a.DueTime.IsZero():
		t = ActionSlipped
	case x == "" || !b.DueTime.IsZero():
		t = ActionAdvanced
	default:
		put(ActionChanged, x, y, x, y, "due")
		return
	}
	put(t, cmp.Or(x, "no date"), cmp.Or(y, "no date"), day(a), day(b), note)
}

func day(a document.Action) string {
	if a.DueTime.IsZero() {
		return collapse(a.Due)
	}
	return stamp(a.DueTime)
}
