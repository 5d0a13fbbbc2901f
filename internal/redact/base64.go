package redact

import (
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf8"
)

// unbase64 decodes base64 of either alphabet, if what it holds is text.
func unbase64(s string) (string, bool) {
	s = strings.TrimRight(s, "=")
	coding := base64.RawStdEncoding
	if strings.ContainsAny(s, "-_") {
		coding = base64.RawURLEncoding
	}
	data, err := coding.DecodeString(s)
	if err != nil || !utf8.Valid(data) || len(data) < 6 {
		return "", false
	}
	for _, r := range string(data) {
		if !unicode.IsPrint(r) && r != '\n' && r != '\t' && r != '\r' || r == utf8.RuneError {
			return "", false
		}
	}
	return string(data), true
}

// nameAndPassword reports "dana:hunter2": what basic authentication encodes.
func nameAndPassword(s string) bool {
	name, password, found := strings.Cut(s, ":")
	return found && name != "" && len(name) <= 64 && len(password) >= 3 && !strings.ContainsAny(s, " \t\n\r{}") && strings.Trim(name, "0123456789") != ""
}

// encoded finds values in base64. rules are those of the redactor.
func (r *Redactor) encoded(text string) []match {
	var out []match
	for _, at := range runs(text, window{0, len(text)}, base64Bytes, 12, nil) {
		// A name and an equals sign may stand in front of it.
		if i := strings.LastIndexByte(strings.TrimRight(text[at.start:at.end], "="), '='); i >= 0 {
			at.start += i + 1
		}
		run := text[at.start:at.end]
		if !strings.ContainsAny(run, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") || !strings.ContainsAny(run, "abcdefghijklmnopqrstuvwxyz") {
			continue // no text of any length is of one case
		}
		decoded, ok := unbase64(run)
		if !ok {
			continue
		}
		if ascii(decoded) && nameAndPassword(decoded) {
			out = append(out, match{start: at.start, end: at.end, rule: &basicRule, value: run, how: "base64"})
			continue
		}
		whole := view{text: decoded, parts: []window{{0, len(decoded)}}}
		if found := r.inView(&whole, folded(decoded), false); len(found) > 0 {
			out = append(out, match{start: at.start, end: at.end, rule: found[0].rule, role: found[0].role, value: run, how: "base64"})
		}
	}
	return out
}

// basicRule is what stands for a name and a password in base64.
var basicRule = Rule{Name: "basic-value", Kind: "password", Doc: "name and password in base64", Secret: true}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
