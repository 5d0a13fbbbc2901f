package redact

import (
	"strings"
	"unicode"
)

// random takes a value that looks as if a machine had drawn it.
func random(text string, start, end int) (int, int, bool) {
	return start, end, drawn(text[start:end])
}

// noSum takes what looks drawn, and is not hexadecimal as the ids of commits are.
func noSum(text string, start, end int) (int, int, bool) {
	value := text[start:end]
	return start, end, drawn(value) && strings.Trim(value, "0123456789abcdef") != ""
}

// anyGroup takes the whole of what the groups of a pattern found: the engine
// hands the first group that took part.
func anyGroup(_ string, start, end int) (int, int, bool) { return start, end, true }

// drawn reports whether a value looks as if a machine had drawn it: letters and
// digits mixed within its pieces, and many different ones. Words, numbers, dates
// and versions with hyphens between them are none.
func drawn(value string) bool {
	letters, digits, uppers, lowers := 0, 0, 0, 0
	seen := [256]bool{}
	distinct := 0
	for i := 0; i < len(value); i++ {
		c := value[i]
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c >= 'a' && c <= 'z':
			letters++
			lowers++
		case c >= 'A' && c <= 'Z':
			letters++
			uppers++
		}
		if !seen[c] {
			seen[c] = true
			distinct++
		}
	}
	if len(value) < 8 || letters+digits < len(value)/2 || distinct < 6 {
		return false
	}
	if len(value) >= 20 && digits == 0 && uppers > 2 && lowers > 2 && !spoken(value) {
		return true // no digit by chance
	}
	return letters > 0 && digits > 0 && !worded(value)
}

// worded reports whether each piece of a value is a word or a number, as in
// deploy-2024-07-30, checkout_v2, node12.
func worded(value string) bool {
	pieces := strings.FieldsFunc(value, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	mixed := 0
	for _, p := range pieces {
		word := strings.TrimRight(p, "0123456789")
		if word == "" || len(word) == len(p) && spoken(p) {
			continue
		}
		if len(p)-len(word) <= 4 && spoken(word) && len(pieces) > 1 {
			continue // node12, v2
		}
		if number := strings.TrimLeft(p, "0123456789"); len(number) <= 2 && strings.ToLower(number) == number && len(pieces) > 1 {
			continue // 30s, 10ms, the 15Z of a time is met below
		}
		if clock(p) {
			continue
		}
		mixed++
	}
	return mixed == 0
}

// clock reports a piece of a time: 30T10, 00Z, 123Z.
func clock(p string) bool {
	return len(p) <= 8 && strings.Trim(p, "0123456789TZ") == "" && strings.Count(p, "T")+strings.Count(p, "Z") == 1
}

// spoken reports whether letters could be a word: one case, or a capital in
// front of each of few parts, and vowels among them. A digit is in no word.
func spoken(word string) bool {
	turns, vowels := 0, 0
	for i := 0; i < len(word); i++ {
		c := word[i]
		if isDigit(c) {
			return false
		}
		if strings.IndexByte("aeiouyAEIOUY", c) >= 0 {
			vowels++
		}
		if i > 0 && c >= 'A' && c <= 'Z' && word[i-1] >= 'a' && word[i-1] <= 'z' {
			turns++
		}
	}
	return turns*4 <= len(word) && (len(word) < 5 || vowels*6 >= len(word))
}

// blank reports whether a value stands for one: a placeholder, a variable,
// asterisks, a word that says that there is none.
func blank(value string) bool {
	rest := strings.Trim(placeholder.ReplaceAllString(value, ""), `"'\.,;:()[]{}`)
	if len(rest) < 4 {
		return true
	}
	for _, opening := range []string{"$", "<", "{", "%(", "%s", "%{", "env.", "os.", "process.", "var.", "secrets.", "vault:", "!", "…"} {
		if strings.HasPrefix(rest, opening) {
			return true
		}
	}
	if strings.Trim(rest, "*xX.•-_?#…") == "" {
		return true
	}
	switch strings.ToLower(rest) {
	case "true", "false", "null", "none", "nil", "empty", "unset", "undefined", "missing", "required", "invalid", "expired", "incorrect", "wrong",
		"redacted", "masked", "hidden", "removed", "omitted", "changed", "rotated", "revoked", "reset", "stale", "unknown", "string", "value",
		"token", "password", "secret", "bearer", "basic", "failed", "failure", "error", "denied", "rejected", "refresh", "refused", "absent", "valid":
		return true
	}
	return false
}
