package source

import (
	"slices"
	"strings"
)

// secretNames are in the names of what is secret.
var secretNames = []string{"token", "secret", "passw", "pwd", "key", "ſ", "\u212a"}

// secrets are what no row may carry on, whoever wrote it into a text: who can
// be written to or called, and what opens a door. What takes its place says
// what stood there.
//
// signs are texts, in small letters, one of each group of which a secret of the
// kind holds: most texts hold none, and are not searched.
var secrets = []struct {
	signs [][]string
	shape *pattern
	place string
}{
	{[][]string{{"slack.com/"}}, expression(`https://hooks\.slack\.com/[^\s"'<>|)]+`), "[webhook]"},
	{[][]string{{"xox"}}, expression(`\bxox[a-z](?:-[A-Za-z0-9]+)+`), "[token]"},
	{[][]string{{"://"}, {"@"}}, expression(`(://)[^/\s:@"']+:[^/\s@"']+@`), "${1}[password]@"},
	{[][]string{{"="}, {"?", "&", ";"}}, expression(`([?&;](?:t|sig|signature|key|api_?key|code|secret|unsubscribe|password|(?:\w+_)?token)=)[^&\s"'<>|)]+`), "${1}[token]"},
	{[][]string{{"bearer", "geniekey", "token token=", "basic", "baſic"}}, expression(`(?i)\b(bearer|geniekey|token token=|basic)(\s+|\b)[A-Za-z0-9._~+/-]{16,}=*`), "$1$2[token]"},
	{[][]string{{"@"}}, expression(`[\w.%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}`), "[email]"},
	{[][]string{{"pin", "code", "meeting"}, {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}}, expression(`(?i)\b((?:pin|pass ?code|access code|conference code|meeting id)\b\W{0,3}(?:is\s)?)\d[\d -]{2,}\d#?`), "${1}[number]"},
	{[][]string{{"="}, secretNames}, expression(`(?i)\b([\w-]*(?:token|secret|passw(?:or)?d|pwd|(?:api|access|routing|private|service)[_-]?key)=["']?)[^\s"'&,;<>()\[\]]{6,}`), "${1}[token]"},
	{[][]string{{":"}, secretNames}, expression(`(?i)\b([\w-]*(?:token|secret|passw(?:or)?d|pwd|(?:api|access|routing|private|service)[_-]?key)["']?\s?:\s?["']?)[A-Za-z_/+.-]*\d[A-Za-z0-9_/+.=-]{7,}`), "${1}[token]"},
	{[][]string{{"akia", "asia"}}, expression(`\b(?:AKIA|ASIA)[A-Z0-9]{16}\b`), "[token]"},
	{[][]string{{"gh"}, {"_"}}, expression(`\bgh[pousr]_[A-Za-z0-9]{20,}`), "[token]"},
	{[][]string{{"eyj"}}, expression(`\beyJ[\w-]{10,}\.[\w-]{10,}(?:\.[\w-]*)?`), "[token]"},
	{[][]string{{"-----begin"}}, expression(`-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[\s\S]*?-----END [A-Z ]*-----|[\s\S]*)`), "[private key]"},
	{[][]string{{"+"}}, expression(`\+\d{1,3}[ (.-]?\d[\d() .-]{5,16}\d(?:,+\d+#?)?`), "[phone]"},
}

// withoutSecrets takes e-mail addresses, telephone numbers, tokens and
// passwords out of a text.
func withoutSecrets(text string) string {
	small := ""
	for _, s := range secrets {
		if small == "" {
			small = strings.ToLower(text)
		}
		if !signed(small, s.signs) {
			continue
		}
		text = s.shape.ReplaceAllString(text, s.place)
		small = ""
	}
	return text
}

// signed reports whether a text in small letters holds one of each group.
func signed(small string, signs [][]string) bool {
	for _, group := range signs {
		if !slices.ContainsFunc(group, func(sign string) bool { return strings.Contains(small, sign) }) {
			return false
		}
	}
	return true
}
