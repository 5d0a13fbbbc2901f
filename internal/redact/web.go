package redact

import (
	"strings"
)

// keyRules are keys that are known by the words around them.
var keyRules = []Rule{
	{Name: "private-key", Kind: "key", Doc: "private keys, whole or cut short", Secret: true, Whole: true, Keywords: []string{"private key", "age-secret-key-"},
		Pattern: `-----BEGIN[ A-Z0-9]{0,30}PRIVATE KEY[ A-Z]{0,8}-----(?:[\s>|]|\\[nrt])*(?:(?:[A-Za-z0-9-]{1,40}: [^\n]{0,200}(?:[\s>|]|\\[nrt])+)*)(?:[A-Za-z0-9+/=](?:[\s>|]|\\[nrt])*)*?(?:-----END[ A-Z0-9]{0,30}PRIVATE KEY[ A-Z]{0,8}-----)` +
			`|-----BEGIN[ A-Z0-9]{0,30}PRIVATE KEY[ A-Z]{0,8}-----(?:(?:[\s>|]|\\[nrt])*[A-Za-z0-9+/=]{16,})*` +
			`|AGE-SECRET-KEY-1[0-9A-Z]{40,}`,
		Fires:  []string{"-----BEGIN RSA PRIVATE" + " KEY-----\n" + mixed + "\n" + mixed[:20] + "\n-----END RSA PRIVATE" + " KEY-----", "cut: -----BEGIN PRIVATE" + " KEY-----\\n" + mixed},
		Spares: []string{"-----BEGIN CERTIFICATE-----", "the private key was rotated"}},
}

// webRules are keys in addresses and in the heads of requests.
var webRules = []Rule{
	{Name: "jwt", Kind: "token", Doc: "JSON web tokens", Secret: true, Broken: true, Keywords: []string{"eyj"},
		Pattern: `\b(eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?|eyJ[A-Za-z0-9_-]{8,}\.\.?[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_.-]+)`, Group: 1,
		Fires: []string{"ey" + "JhbGciOiJIUzI1NiJ9.ey" + "JzdWIiOiIxMjM0In0." + mixed[:30]}, Spares: []string{"eyJ is how they begin"}},
	{Name: "authorization", Kind: "token", Doc: "values of the header Authorization", Secret: true, Keywords: []string{"authorization"},
		Pattern: `(?i)authorization["'\\]{0,2}\s{0,4}(?::|=|=>)\s{0,4}["'\\]{0,2}(?:(?:bearer|basic|digest|token|apikey|api-key|geniekey|splunk|negotiate|sso-key)\s+(?:token=)?)?["'\\]{0,2}([^\s"',;<>\\` + "`" + `]{6,})`, Group: 1, narrow: header,
		Fires: []string{"Authorization: Bearer " + mixed[:20], `-H "Authorization: Token token=` + mixed[:20] + `"`}, Spares: []string{"Authorization: Bearer $TOKEN", "the header Authorization: required", "Authorization: Bearer <token>"}},
	{Name: "bearer", Kind: "token", Doc: "bearer tokens", Secret: true, Keywords: []string{"bearer"},
		Pattern: `(?i)\bbearer[\s:=]+["']?([A-Za-z0-9._~+/=-]{8,})`, Group: 1, narrow: random, Fires: []string{"bearer " + mixed[:24]}, Spares: []string{"the bearer of bad news", "bearer authentication-2024"}},
	{Name: "basic", Kind: "password", Doc: "name and password of basic authentication", Secret: true, Keywords: []string{"basic"},
		Pattern: `(?i)\bbasic[\s:=]+["']?([A-Za-z0-9+/_-]{8,}={0,2})`, Group: 1, narrow: basicValue, Fires: []string{"Basic ZGFuYTpodW50" + "ZXIyMTIz"}, Spares: []string{"Basic authentication failed"}},
	{Name: "token-header", Kind: "token", Doc: "tokens behind Token token=, and in headers of their own", Secret: true, Keywords: []string{"token token", "x-api-key", "x-auth-token", "x-vault-token", "private-token", "x-amz-security-token", "api-key", "ocp-apim"},
		Pattern: `(?i)(?:\btoken token=|(?:x-(?:[a-z]+-)?(?:api-key|auth-token|access-token|vault-token|amz-security-token)|private-token|api-key|ocp-apim-subscription-key)["']?\s*[:=]\s*)["']?([^\s"',;<>]{8,})`, Group: 1, narrow: header,
		Fires: []string{"Token token=" + mixed[:20], "X-Api-Key: " + mixed[:20], "PRIVATE-TOKEN: " + mixed[:20]}, Spares: []string{"X-Api-Key: ${KEY}", "api-key: missing"}},
	{Name: "url-password", Kind: "password", Doc: "names and passwords in addresses", Secret: true, Keywords: []string{"://"},
		Pattern: `[A-Za-z][A-Za-z0-9+.-]{0,30}://([^\s/"'<>@:` + "`" + `]{0,128}:[^\s/"'<>` + "`" + `]+)@`, Group: 1, narrow: userinfo,
		Fires:  []string{"postgres://app:s3cret" + "pw@db.internal:5432/shop", "redis://:hunt" + "er22@cache:6379", "https://dana:p@ss" + "w0rd@example.com"},
		Spares: []string{"https://example.com:8080/@dana", "postgres://app:${PGPASSWORD}@db", "http://user:***@host/"}},
	{Name: "url-token", Kind: "token", Doc: "tokens as names in addresses", Secret: true, Keywords: []string{"://"},
		Pattern: `://([A-Za-z0-9_-]{20,128})@`, Group: 1, narrow: random, Fires: []string{"https://" + hex32 + "@o123.ingest.example.io/4"}, Spares: []string{"ssh://git@example.com"}},
	{Name: "query-token", Kind: "token", Doc: "tokens in the query of an address", Secret: true, Keywords: []string{"="},
		Pattern: `(?i)[?&;#](?:[a-z_-]{0,16}token|sig|signature|x-(?:amz|goog)-(?:signature|credential|security-token)|unsubscribe|secret|client_secret|password|passwd|pwd|api_?key|auth|sas|session(?:id)?|sid|otp|ticket|jwt|hmac|nonce)=([^&\s"'<>)` + "`" + `|]{6,})`, Group: 1, narrow: queryValue,
		Fires: []string{"https://x.example/?unsubscribe=" + mixed[:16], "https://x.example/a?b=1&token=abcdef1234", "https://zoom.example/j/1?pwd=Xy12zQ"}, Spares: []string{"?token=expired", "?session=[token-1]"}},
	{Name: "query-key", Kind: "token", Doc: "values that look drawn behind t, key and code in the query of an address", Secret: true, Keywords: []string{"="},
		Pattern: `(?i)[?&](?:t|k|key|code|id_?hash|hash|state|invite)=([^&\s"'<>)` + "`" + `|]{8,})`, Group: 1, narrow: weakQuery,
		Fires: []string{"https://x.example/f?t=" + mixed[:20], "?code=" + mixed[:24]}, Spares: []string{"?t=2024-07-30T10:00:00Z", "?key=payments", "?code=checkout-timeout-2"}},
	{Name: "cookie", Kind: "token", Doc: "cookies", Secret: true, Keywords: []string{"cookie", "sess"},
		Pattern: `(?i)(?:\b(?:set-)?cookie["']?\s*[:=]\s*["']?|\b)((?:[\w.-]*sess(?:ion)?(?:_?id)?|connect\.sid|[\w.-]*_token|auth[\w.-]*)=[^\s;"'<>]{10,})`, Group: 1, narrow: cookieValue,
		Fires: []string{"Cookie: sessionid=" + mixed[:24], "Set-Cookie: JSESSIONID=" + hex32}, Spares: []string{"cookie: session=expired", "sessions=42"}},
	{Name: "meeting-link", Kind: "link", Doc: "links into meetings and bridges", Keywords: []string{"zoom.us/", "meet.google.com/", "meetup-join", "webex.com/", "chime.aws/", "whereby.com/", "/meet/", "teams.live.com"},
		Pattern: `(?i)((?:https?://)?(?:[\w-]+\.)*(?:zoom\.us/(?:j|my|w|s)/[^\s"'<>)]+|meet\.google\.com/[a-z]{3}-[a-z]{4}-[a-z]{3}|teams\.(?:microsoft|live)\.com/(?:l/meetup-join|meet)/[^\s"'<>)]+|webex\.com/(?:meet|join|[\w-]+/j\.php)[^\s"'<>)]*|chime\.aws/\d{6,}|whereby\.com/[\w-]+))`, Group: 1,
		Fires: []string{"bridge: https://acme.zoom.us/j/91234567890", "https://meet.google.com/abc-defg-hij"}, Spares: []string{"https://status.zoom.us/", "https://meet.google.com/"}},
}

// header takes the value of a header, unless it stands for one.
func header(text string, start, end int) (int, int, bool) {
	value := text[start:end]
	return start, end, !blank(value) && (drawn(value) || strings.ContainsAny(value, "0123456789") || len(value) >= 16 && !spoken(value))
}

// userinfo takes name and password of an address.
func userinfo(text string, start, end int) (int, int, bool) {
	_, password, _ := strings.Cut(text[start:end], ":")
	if strings.ContainsAny(password, "?#") && !strings.Contains(password, "@") && strings.ContainsAny(password, "/") {
		return start, end, false
	}
	return start, end, !blank(password) || len(password) > 0 && len(password) < 4 && strings.Trim(password, "*.x$<>{}") == password
}

// queryValue takes what stands behind a name that tokens have.
func queryValue(text string, start, end int) (int, int, bool) {
	value := strings.TrimRight(text[start:end], `.,;:]*_\`)
	if strings.HasSuffix(text[start:end], "]") && placeholder.MatchString(text[start:end]) {
		value = text[start:end]
	}
	some := strings.ContainsAny(value, "0123456789") || len(value) >= 16 || strings.ToLower(value) != value && strings.ToUpper(value) != value
	return start, start + len(value), some && !blank(value)
}

// weakQuery takes what looks drawn behind a name that many things have.
func weakQuery(text string, start, end int) (int, int, bool) {
	value := strings.TrimRight(text[start:end], `.,;:]*_\`)
	return start, start + len(value), !blank(value) && drawn(value)
}

// cookieValue takes the value of a cookie.
func cookieValue(text string, start, end int) (int, int, bool) {
	at := start + strings.IndexByte(text[start:end], '=') + 1
	return at, end, !blank(text[at:end]) && drawn(text[at:end])
}

// basicValue takes base64 that holds a name and a password.
func basicValue(text string, start, end int) (int, int, bool) {
	decoded, ok := unbase64(text[start:end])
	return start, end, ok && nameAndPassword(decoded)
}
