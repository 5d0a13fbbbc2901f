package check

import (
	"regexp"
	"strings"

	"pir/review/document"
)

// phrases makes a pattern of phrases, as whole words in any case, over line ends.
func phrases(list ...string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:` + strings.ReplaceAll(strings.Join(list, "|"), " ", `\s+`) + `)\b`)
}

// person are words for who acted.
const person = `(?:engineers?|operators?|developers?|devs?|admin(?:istrator)?s?|sysadmins?|dbas?|on-?call(?:s| engineer| person)?|responders?|person|people|staff|employees?|colleagues?|contractors?|interns?|someone|somebody|nobody|no ?one|he|she|they|we|i|you|(?:the|our|their) teams?)`

// blaming are patterns of words that judge who acted. They are about people:
// that a machine failed to do something is a fact.
var blaming = phrases(
	`human (?:error|mistake|failure)s?`, `operator errors?`, `(?:due to|caused by|was|is|a case of|result of) (?:an? )?(?:user|pilot) errors?`, `pebkac`,
	`careless(?:ly|ness)?`, `negligen(?:t|tly|ce)`, `incompeten(?:t|tly|ce)`, `reckless(?:ly|ness)?`, `sloppy|sloppily|sloppiness`,
	`laz(?:y|iness)`, `stupid(?:ly|ity)?`, `foolish(?:ly)?`, `idiot(?:s|ic)?`, `clueless`, `irresponsib(?:le|ly)`, `inexcusabl[ey]`,
	`(?:is|was|were|are) to blame`, `(?:his|her|their|your|my) (?:own )?fault`, `fault of (?:the|an?|our|one of) `+person,
	`(?:an?|the|our|their|one of (?:the|our)) `+person+`['’]s? (?:mistake|error|fault|failure|oversight)s?`,
	`(?:mistake|error|oversight|failure) (?:by|of|on the part of) (?:an?|the|our|one of (?:the|our)) `+person,
	person+` (?:has |have |had |simply |just )*(?:forgot(?:ten)?|neglected|failed) to`,
	person+` (?:did ?n[o'’]t|did not) (?:even )?(?:bother|pay attention|think|read the)`,
	`fail(?:ed|ure)? to (?:follow|pay attention|realis[ez]|realize|understand|communicate|escalate|double[- ]check|use common sense)\w*`,
	`should have known(?: better)?`, `knew better`, `fat[- ]finger(?:s|ed|ing)?`, `finger trouble`,
	`lack of (?:discipline|care|attention|diligence|common sense|competence)`, `inattenti(?:on|ve)`,
	`(?:did ?n[o'’]t|did not|never) follow (?:the |our |its |their )?(?:runbooks?|procedures?|process(?:es)?|polic(?:y|ies)|instructions|checklists?|protocol)`,
	`violat(?:ed|ion of) (?:the |our )?(?:procedure|process|policy)`,
)

// byName are judgements of somebody by name. A machine's parts are written small,
// or are no subject of these words.
var byName = regexp.MustCompile(`\b(?:It|it|This|this|That|that)\s+(?:was|is)\s+(?:all\s+)?[A-Z]\p{L}+['’]s?\s+(?:own\s+)?(?:fault|mistake)\b` +
	`|\b[A-Z]\p{Ll}+\s+(?:(?:has|had|simply|just)\s+)*(?:forgot(?:ten)?|neglected)\s+to\b`)

// blame finds words that judge people. Evidence that is quoted is exempt.
func blame(p *page) {
	var told []document.Span // in the order of the page
	judged := func(at document.Span, text string) { p.add(at, `"`+clip(text, 80)+`" judges a person`) }
	p.matches(p.prose, blaming, func(at document.Span, text string) {
		told = append(told, at)
		judged(at, text)
	})
	p.matches(p.prose, byName, func(at document.Span, text string) {
		for len(told) > 0 && told[0].End <= at.Start {
			told = told[1:]
		}
		if len(told) == 0 || told[0].Start >= at.End {
			judged(at, text)
		}
	})
}

// turns are participles of what people wish had been done.
const turns = `(?:prevented|avoided|averted|caught|detected|noticed|spotted|stopped|mitigated|reduced|shortened|limited|alerted|saved|discovered|found|seen|known|identified|fixed|resolved|helped|been \w+(?:ed|n|t))`

// wishing are patterns of words that tell what did not happen.
var wishing = phrases(
	`(?:should|ought to)(?:n[’']t| not| also| really| at least| probably| never)* (?:have|of|['’]ve) (?:also |not |already |never )?(?:\w+ed|been|known|seen|done|taken|caught|gone|thought|told|made|run|written|given|had|found|set|kept|sent|shown|put|got|read)`,
	`should['’]ve`,
	`(?:could|would|might)(?:n[’']t| not| also| easily| probably| likely| possibly| perhaps| all)* have (?:also |easily |probably |likely |been )*`+turns,
	`if only \w+(?: \w+){0,2} (?:had|were|was|could)`,
	`had (?:we|they|he|she|i|the team|anyone|someone|somebody|the engineer|the operator|the developer) (?:only |not )?(?:\w+ed|known|been|done|seen|had|taken|run|read|thought)`,
)

// counterfactuals finds what did not happen, told as if it were the story.
func counterfactuals(p *page) {
	p.matches(p.prose, wishing, func(at document.Span, text string) {
		p.add(at, `"`+clip(text, 80)+`" tells what did not happen`)
	})
}
