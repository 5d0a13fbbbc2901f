package redact

import (
	"net/netip"
	"strings"
)

// numberRules are numbers that say who somebody is or where something stands.
var numberRules = []Rule{
	{Name: "iban", Kind: "iban", Doc: "numbers of bank accounts whose check digits are right", Broken: true,
		Pattern: `\b([A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]{1,4}){3,9})\b`, Group: 1, near: nearAccounts, narrow: iban,
		Fires: []string{"DE89 3704 0044 0532 0130 00", "NL91ABNA0417164300 AND MORE"}, Spares: []string{"DE89 3704 0044 0532 0130 01", "EU12 DATA CENTRE ROW 1234"}},
	{Name: "card", Kind: "card", Doc: "card numbers whose check digit is right", Broken: true,
		Pattern: `([0-9](?:[ -]?[0-9]){12,18})`, Group: 1, near: nearDigits(" -", 13), narrow: card,
		Fires: []string{"4111 1111 1111 1111", "card 5500005555555559"}, Spares: []string{"4111 1111 1111 1112", "1722333333123456789", "2024-07-30 10:00:00 4111"}},
	{Name: "mac", Kind: "mac", Doc: "hardware addresses",
		Pattern: `([0-9A-Fa-f]{2}(?:(?::[0-9A-Fa-f]{2}){5}|(?:-[0-9A-Fa-f]{2}){5})|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4})`, Group: 1, near: nearPairs, narrow: mac,
		Fires: []string{"3c:22:fb:9a:01:7e", "3C-22-FB-9A-01-7E", "3c22.fb9a.017e"}, Spares: []string{"10:11:12:13:14:15:16", "ab:cd:ef:01:23:45:67:89:ab", "2024.0730.1000"}},
	{Name: "ipv6", Kind: "ip", Doc: "IPv6 addresses, but those of the machine itself",
		Pattern: `([0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:\.[0-9]{1,3}){0,3})`, Group: 1, near: nearColons, narrow: ipv6,
		Fires:  []string{"2001:db8:85a3::8a2e:370:7334", "[fe80::1c2f:3aff]:443", "::ffff:203.0.113.9 came"},
		Spares: []string{"::1", "10:20:30", "std::cafe", "12:14:03", "2024-07-30T10:00:00", "a::b", "ab:cd:ef:01:23:45:67:89:ab:cd"}},
	{Name: "ipv4", Kind: "ip", Doc: "IPv4 addresses, those of private networks too, but those of the machine itself",
		Pattern: `([0-9]{1,3}(?:\.[0-9]{1,3}){3})`, Group: 1, near: nearQuads, narrow: ipv4,
		Fires:  []string{"203.0.113.7", "10.1.2.3:8080", "from 192.168.4.0/22", "10.0.0.1-10.0.0.9", "ip-range=10.4.4.4,"},
		Spares: []string{"1.2.3.4-rc", "v1.2.3.4", "version 1.2.3.4", "1.2.3.4.5", "127.0.0.1", "0.0.0.0", "Chrome/126.0.6478.127", "300.1.2.3", "checkout 2.41.0", "release 10.2.3.4"}},
	{Name: "phone", Kind: "phone", Doc: "telephone numbers with a plus, or in the North American form",
		Pattern: `(\+[1-9][0-9]{0,2}[ .()/-]{0,2}[0-9](?:[ .()/-]{0,2}[0-9]){6,13})|(\([2-9][0-9]{2}\) ?[0-9]{3}[-. ][0-9]{4}|[2-9][0-9]{2}[-.][0-9]{3}[-.][0-9]{4})`, near: nearDigits("+ .()/-", 8), narrow: phone,
		Fires:  []string{"+31 6 1234 5678", "+1 (415) 555-0134", "(415) 555-0134", "415-555-0134"},
		Spares: []string{"+02:00", "2024-07-30T10:00:00+02:00", "+1234", "took 415-555-01340", "10.0.0.1", "+12 %", "2024-07-30", "#+1162490366"}},
	{Name: "phone-word", Kind: "phone", Doc: "telephone numbers behind a word for them", Keywords: []string{"tel", "phone", "mobile", "cell", "fax", "dial", "call", "sms", "whatsapp", "hotline"},
		Pattern: `(?i:\b(?:tel|telefon|phone|mobile|cell|fax|dial(?:[- ]?in)?|call|sms|whatsapp|hotline)\b[.:]?\s{0,2}(?:number|no\.?|at|on)?[:\s]{0,3})(\(?0[0-9()]{1,5}[ /.-]?[0-9](?:[ /.-]?[0-9]){4,11})`, narrow: phone,
		Fires: []string{"Tel: 030 123456-78", "call 0612345678"}, Spares: []string{"call 03:15", "telemetry 0.12"}},
}

// ipv4 takes an address that is no version and no piece of a longer number.
func ipv4(text string, start, end int) (int, int, bool) {
	addr, err := netip.ParseAddr(text[start:end])
	if err != nil || addr.IsLoopback() || addr.IsUnspecified() || strings.HasPrefix(text[start:end], "255.255.") || strings.HasPrefix(text[start:end], "0.") {
		return start, end, false
	}
	if start > 0 && (wordByte(text[start-1]) || text[start-1] == '.' && start > 1 && wordByte(text[start-2])) {
		return start, end, false
	}
	if end < len(text) && wordByte(text[end]) {
		return start, end, false
	}
	if end+1 < len(text) && strings.IndexByte(".-+_", text[end]) >= 0 {
		next := text[end+1]
		if text[end] == '.' && isDigit(next) || text[end] != '.' && (next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z') {
			return start, end, false
		}
	}
	return start, end, !versioned(text[max(0, start-16):start])
}

// versioned reports whether the words in front of four numbers say that they are
// a version.
func versioned(before string) bool {
	before = strings.ToLower(strings.TrimRight(before, ` "'=:`+"`"))
	for _, word := range []string{"version", "release", "releases", "rev", "build", "chart", "tag", "ver", "ver.", "update", "upgrade to", "oid"} {
		if strings.HasSuffix(before, word) {
			return true
		}
	}
	return false
}

// ipv6 takes an address that is no time and no piece of something longer.
func ipv6(text string, start, end int) (int, int, bool) {
	value := strings.TrimRight(text[start:end], ".")
	if strings.HasSuffix(value, ":") && !strings.HasSuffix(value, "::") {
		value = value[:len(value)-1]
	}
	end = start + len(value)
	addr, err := netip.ParseAddr(value)
	if err != nil || addr.IsLoopback() || addr.IsUnspecified() || !strings.ContainsAny(value, "0123456789") || addr.Is4() {
		return start, end, false
	}
	if start > 0 && (wordByte(text[start-1]) || text[start-1] == ':') || end < len(text) && (wordByte(text[end]) || text[end] == ':' && end+1 < len(text) && wordByte(text[end+1])) {
		return start, end, false
	}
	return start, end, strings.Count(value, ":") > 2 || len(value) > 6
}

// mac takes a hardware address that is no piece of a longer row of pairs.
func mac(text string, start, end int) (int, int, bool) {
	value := text[start:end]
	sep := value[2]
	if value[4] == '.' {
		sep = '.'
	}
	joined := func(at, step int) bool {
		return at >= 0 && at < len(text) && (wordByte(text[at]) || text[at] == sep && at+step >= 0 && at+step < len(text) && wordByte(text[at+step]))
	}
	if joined(start-1, -1) || joined(end, 1) {
		return start, end, false
	}
	letters := strings.ContainsAny(value, "abcdefABCDEF")
	return start, end, letters || sep == ':'
}

// phone takes a number that is no offset of a zone, no date and no piece of a
// longer number.
func phone(text string, start, end int) (int, int, bool) {
	if start > 0 && (wordByte(text[start-1]) || strings.IndexByte(".+-:", text[start-1]) >= 0 && start > 1 && wordByte(text[start-2])) {
		return start, end, false
	}
	if end < len(text) && (wordByte(text[end]) || text[end] == '-' && end+1 < len(text) && isDigit(text[end+1])) {
		return start, end, false
	}
	if start > 0 && text[start-1] == '#' {
		return start, end, false // a time in the history of a shell
	}
	digits := 0
	for i := start; i < end; i++ {
		if isDigit(text[i]) {
			digits++
		}
	}
	return start, end, digits >= 7 && digits <= 15
}

// card takes a number with the length of its brand and a right check digit.
func card(text string, start, end int) (int, int, bool) {
	if start > 0 && (wordByte(text[start-1]) || strings.IndexByte(".-:", text[start-1]) >= 0) || end < len(text) && (wordByte(text[end]) || strings.IndexByte("-:", text[end]) >= 0 && end+1 < len(text) && isDigit(text[end+1])) {
		return start, end, false
	}
	digits := strings.NewReplacer(" ", "", "-", "").Replace(text[start:end])
	return start, end, branded(digits) && luhn(digits)
}

// branded reports whether a number begins as cards of that length do.
func branded(digits string) bool {
	n := len(digits)
	two := int(digits[0]-'0')*10 + int(digits[1]-'0')
	four := two*100 + int(digits[2]-'0')*10 + int(digits[3]-'0')
	switch {
	case digits[0] == '4':
		return n == 13 || n == 16 || n == 19
	case two >= 51 && two <= 55, four >= 2221 && four <= 2720:
		return n == 16
	case two == 34, two == 37:
		return n == 15
	case two == 36, two == 38, four/10 >= 300 && four/10 <= 305:
		return n == 14
	case four >= 3528 && four <= 3589, four == 6011, two == 65, four/10 >= 644 && four/10 <= 649:
		return n == 16
	case two == 62, two == 50, two >= 56 && two <= 58, two == 63, two == 67:
		return n >= 16
	}
	return false
}

// luhn reports whether the last digit is the check digit of the others.
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// ibanLengths are the lengths of account numbers, by country.
const ibanLengths = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SD18 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20"

// iban takes an account number of its country's length with right check digits.
func iban(text string, start, end int) (int, int, bool) {
	at := strings.Index(ibanLengths, text[start:start+2])
	if at < 0 || at%5 != 0 {
		return start, end, false
	}
	want := int(ibanLengths[at+2]-'0')*10 + int(ibanLengths[at+3]-'0')
	var digits []byte
	stop := start
	for ; stop < end && len(digits) < want; stop++ {
		if c := text[stop]; c != ' ' && c != '-' {
			digits = append(digits, c)
		}
	}
	if len(digits) != want || stop < len(text) && wordByte(text[stop]) {
		return start, end, false
	}
	rest := 0
	for _, c := range append(digits[4:len(digits):len(digits)], digits[:4]...) {
		if isDigit(c) {
			rest = (rest*10 + int(c-'0')) % 97
		} else {
			rest = (rest*100 + int(c-'A') + 10) % 97
		}
	}
	return start, stop, rest == 1
}

// wordByte reports a letter, a digit or an underscore.
func wordByte(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
}
