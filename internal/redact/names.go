package redact

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Person is somebody who is to be called by a role.
type Person struct {
	Name string // as records name them: "Dana Kim", "dana.kim", "@dana"
	Role string // "incident commander"
}

// alias is a way in which a text may name somebody.
type alias struct {
	words   []string // in small letters
	role    string
	capital bool // only with a capital or behind an @: part of a name may be a word
}

// aliases are filed by their first word, the longer ones first.
type aliases map[string][]alias

// particles are parts of names that name nobody.
var particles = []string{"de", "da", "di", "du", "der", "den", "van", "von", "le", "la", "el", "al", "bin", "ter", "ten", "dos", "jr", "sr", "dr", "mr", "ms", "mrs"}

// ordinary are words that are names as well: they count only with a capital or
// behind an @. Chats write other names in small letters, and mean people.
const ordinary = " abel ace adam amber angel april art ash august autumn baker barker bay bell berg bill bird bishop black bloom bob bond brand brown buck bush butler cash chance chase chip christian church clay cliff cole cook coral corn crystal dale dawn day dean dick dock dot drew duke earl east eve faith fish fisher flint flower ford fox frank free gale gene george glen gold grace grant gray green grey guy hale hall hand harper hart heath heather hill holiday hope hunt hunter iris ivy jack jade jay jet jewel jim john josh joy june junior justice kay king knight lake lance land lane lark lead lee lily link lord love luck mack major marine mark marsh marshal mason may mercy merit mike mile miles mill miller mint mist moon moor more nick noble noel norm north olive page park pat pearl penny perry pike pine piper pool poppy porter potter power price prince rain ray reed rich ridge river rob robin rock rod roman root rose rosemary rowan ruby rush rusty sage sandy scout sharp shaw short singer skip sky small smith snow south spring star stark sterling stone storm strong sue summer swan taylor teal terry thorn tom trace tree trip tucker turner val van vance victor violet wade walker wall wang ward water wave wayne wells west wheat white will winter wolf wood woods word wright york young ok on call lead edge network host pod node core test page user team "

// someone stands for a part of a name that several people have.
const someone = "a responder"

// newAliases files the ways to name each person: the whole name, its parts, an
// initial beside a part, and the handles that are made of them.
func newAliases(people []Person) aliases {
	a := aliases{}
	for _, p := range people {
		name := p.Name
		if at := strings.IndexByte(name, '@'); at > 0 {
			name = name[:at]
		}
		var words []string
		for _, part := range nameParts(name) {
			words = append(words, strings.ToLower(name[part[0]:part[1]]))
		}
		n := len(words)
		if n == 0 || p.Role == "" {
			continue
		}
		first, last := words[0], words[n-1]
		a.add(words, p.Role, !slices.ContainsFunc(words, func(w string) bool { return !isOrdinary(w) }))
		if n == 1 {
			continue
		}
		a.add([]string{last, first}, p.Role, isOrdinary(first) && isOrdinary(last))
		for _, w := range words {
			if utf8.RuneCountInString(w) > 1 && !slices.Contains(particles, w) {
				a.add([]string{w}, p.Role, isOrdinary(w))
			}
		}
		initial, _ := utf8.DecodeRuneInString(first)
		end, _ := utf8.DecodeRuneInString(last)
		a.add([]string{string(initial), last}, p.Role, true)
		a.add([]string{first, string(end)}, p.Role, true)
		a.add([]string{last, string(initial)}, p.Role, true)
		if len(last) > 3 {
			a.add([]string{string(initial) + last}, p.Role, false)
		}
		a.add([]string{first + last}, p.Role, false)
	}
	for _, list := range a {
		slices.SortStableFunc(list, func(x, y alias) int { return len(y.words) - len(x.words) })
	}
	return a
}

func isOrdinary(word string) bool {
	return len(word) < 3 || strings.Contains(ordinary, " "+word+" ")
}

func (a aliases) add(words []string, role string, capital bool) {
	list := a[words[0]]
	for i := range list {
		if slices.Equal(list[i].words, words) {
			if list[i].role != role && len(words) == 1 {
				list[i].role = someone
			}
			list[i].capital = list[i].capital && capital
			return
		}
	}
	a[words[0]] = append(list, alias{slices.Clone(words), role, capital})
}

// nameParts are the places of the words of a text, as names divide them: at all
// that is neither letter nor digit.
func nameParts(text string) [][2]int {
	var out [][2]int
	start := -1
	for i, r := range text {
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
		if inside && start < 0 {
			start = i
		}
		if !inside && start >= 0 {
			out = append(out, [2]int{start, i})
			start = -1
		}
	}
	if start >= 0 {
		out = append(out, [2]int{start, len(text)})
	}
	return out
}

// find gives the places of names in a text, in order, with their roles.
func (a aliases) find(text string) []match {
	if len(a) == 0 {
		return nil
	}
	var out []match
	parts := nameParts(text)
	for i := 0; i < len(parts); i++ {
		role, n := a.at(text, parts, i)
		if n == 0 {
			continue
		}
		start, end := parts[i][0], parts[i+n-1][1]
		if start > 0 && text[start-1] == '@' && (start == 1 || !wordByte(text[start-2])) {
			start-- // of a mention
		}
		if rest := text[end:]; n > 1 && isInitial(text, parts[i+n-1]) && len(rest) > 2 && rest[:2] == ". " && rest[2] >= 'a' && rest[2] <= 'z' {
			end++ // the stop of an initial
		}
		out = append(out, match{start: start, end: end, role: role})
		i += n - 1
	}
	return out
}

// at is the role of the name that begins with a word, and of how many words it
// is; 0 is no name.
func (a aliases) at(text string, parts [][2]int, i int) (string, int) {
	for _, s := range a[strings.ToLower(text[parts[i][0]:parts[i][1]])] {
		n := len(s.words)
		if i+n > len(parts) || s.capital && !raised(text, parts, i) || s.capital && n == 1 && isInitial(text, parts[i]) {
			continue
		}
		same := true
		for k := 1; k < n && same; k++ {
			gap := text[parts[i+k-1][1]:parts[i+k][0]]
			same = strings.ToLower(text[parts[i+k][0]:parts[i+k][1]]) == s.words[k] && gapOfName(gap)
			if same && s.capital {
				same = raised(text, parts, i+k)
			}
		}
		if same {
			return s.role, n
		}
	}
	return "", 0
}

// gapOfName reports what may stand between the parts of a name.
func gapOfName(gap string) bool {
	switch gap {
	case ".", "_", "-", ", ", ". ", ",", "\u00a0", "+":
		return true
	}
	return gap != "" && len(gap) <= 8 && strings.Trim(gap, " \t\r\n>") == "" && strings.Count(gap, "\n") <= 1
}

func isInitial(text string, part [2]int) bool { return part[1]-part[0] == 1 }

// raised reports whether a word is written as a name: with a capital or behind
// an @. A month beside a number is none.
func raised(text string, parts [][2]int, i int) bool {
	p := parts[i]
	if p[0] > 0 && text[p[0]-1] == '@' {
		return true
	}
	r, _ := utf8.DecodeRuneInString(text[p[0]:])
	month := slices.Contains([]string{"april", "may", "june", "august", "jan", "mar", "jun"}, strings.ToLower(text[p[0]:p[1]]))
	number := i > 0 && isDigit(text[parts[i-1][0]]) && parts[i-1][1]-parts[i-1][0] < 3 || i+1 < len(parts) && isDigit(text[parts[i+1][0]])
	return unicode.IsUpper(r) && !(month && number)
}
