package redact

import "strings"

// wordRules are values behind words that announce them.
var wordRules = []Rule{
	{Name: "password", Kind: "password", Doc: "what stands behind password=, passphrase: and the like", Secret: true, Keywords: []string{"pass", "pwd", "kennwort", "passwort"},
		Pattern: `(?i)(?:pass(?:word|wd|phrase|wort)|passw|pwd|kennwort|[_-]pass|\bpass)["'\]\\]{0,3}(?:\s{0,3}(=|:=|=>|:)\s{0,3}|\s+(?:is|was|to|ist)\s+)["'\\` + "`" + `]{0,3}([^\s"',;<>` + "`" + `|]{4,})`, Group: 2, narrow: password,
		Fires:  []string{"password=hunt" + "er2", `"db_password": "corr` + `ect-horse-42"`, "PGPASSWORD=s3cr" + "et!", "the password is Tr0ub" + "adour&3", "pwd: Xy12zQ"},
		Spares: []string{"password: incorrect", "password=${DB_PASSWORD}", "The password was reset at noon", "password=[password-1]", "pass: 12 of 13 tests", "passed: true", "PWD=/srv/app2/run ; USER=root"}},
	{Name: "secret", Kind: "token", Doc: "what looks drawn behind token=, secret:, api_key and the like", Secret: true, Keywords: []string{"token", "secret", "key", "credential", "auth"},
		Pattern: `(?i)(?:token|secret|credentials?|(?:api|access|auth|account|private|encryption|signing|routing|integration|service|license|client|master|shared|storage|subscription|app|application|deploy|webhook|hmac|session)[_ .-]?(?:key|secret)|_auth)["'\]\\]{0,3}\s{0,3}(?::=|=>|=|:|\bis\b)\s{0,3}["'\\` + "`" + `]{0,3}([^\s"',;<>` + "`" + `|]{8,})`, Group: 1, narrow: secretValue,
		Fires:  []string{"routing_key: " + hex32, "SECRET=" + mixed[:24], `"apiKey":"` + mixed[:20] + `"`, "the token is " + mixed[:16]},
		Spares: []string{"token: 2.41.0", "secret=payments/checkout", "api_key: missing", "max_tokens=4096", "routing_key=checkout.v2.created", "token=deploy-2024-07-30", "idempotency_key=[token-1]"}},
	{Name: "flag-password", Kind: "password", Doc: "passwords among the flags of a command", Secret: true, Keywords: []string{"--pass", "--token", "--secret", "--api", "--key", "curl", "wget", "mysql", "mariadb", "sshpass", "redis-cli", "--user"},
		Pattern: `(--(?:password|passwd|pass|token|secret|api-?key|auth-token|access-token|client-secret|secret-key)[ =]["']?([^\s"'-][^\s"']{3,}))|((?:curl|wget)\b[^\n]{0,300}?\s(?:-u|--user)[ =]?["']?([A-Za-z][^\s:"']{0,60}:[^\s"']{3,}))|((?:mysql|mysqldump|mariadb|sshpass|mysqladmin)\b[^\n]{0,200}?\s-p["']?([^\s"'-][^\s"']{3,}))|(redis-cli\b[^\n]{0,100}?\s-a ["']?([^\s"']{4,}))`, narrow: flagValue,
		Fires:  []string{"login --password hunt" + "er2x", "curl -u dana:hunt" + "er2 https://x.example", "mysql -u root -pS3cr" + "et99 shop"},
		Spares: []string{"--password $PW", "curl -u $USER:$PASS https://x.example", "mysql -p", "--token-file x"}},
	{Name: "sql-password", Kind: "password", Doc: "passwords in SQL and netrc", Secret: true, Keywords: []string{"identified by", "with password", "login"},
		Pattern: `(?i)(?:identified\s+by|with\s+(?:encrypted\s+)?password)\s+["']([^"'\n]{3,})["']|\blogin\s+\S{1,80}\s+password\s+(\S{3,})`, narrow: anyGroup,
		Fires: []string{"ALTER USER shop IDENTIFIED BY 'hunt" + "er2'", "machine x login dana password hunt" + "er2"}, Spares: []string{"identified by the team"}},
	{Name: "password-hash", Kind: "password", Doc: "hashed passwords", Secret: true, Keywords: []string{"$2", "$5$", "$6$", "$y$", "$argon2"},
		Pattern: `(\$(?:2[abxy]\$\d\d\$[./A-Za-z0-9]{22,}|[56y]\$[./A-Za-z0-9=,$]{20,}|argon2(?:id?|d)\$[./A-Za-z0-9=,$+]{20,}))`, Group: 1,
		Fires: []string{"$2" + "y$10$" + mixed[:53]}, Spares: []string{"it costs $25 or $60"}},
	{Name: "xml-password", Kind: "password", Doc: "passwords in elements", Secret: true, Keywords: []string{"password>", "secret>", "token>", "apikey>"},
		Pattern: `(?i)<(?:[\w:]+:)?(?:password|passwd|secret|token|apikey|api_key)>\s*([^<\s]{4,})\s*</`, Group: 1, narrow: notBlank,
		Fires: []string{"<password>hunt" + "er2</password>"}, Spares: []string{"<password>********</password>"}},
	{Name: "pin", Kind: "pin", Doc: "pins and codes of bridges", Keywords: []string{"pin", "code", "meeting id", "conference id", "bridge id", "participant"},
		Pattern: `(?i)\b(?:pin|(?:pass|access|host|participant|security|dial-in|conference|bridge|meeting|guest|moderator)[ -]?(?:code|pin)|(?:meeting|conference|bridge|webinar)[ -]id|participant[ -]id)\b(?:\s+(?:is|number))?\W{0,4}([0-9]{3,12}(?:[ -][0-9]{2,5}){0,4})#?`, Group: 1, narrow: pinValue,
		Fires: []string{"bridge PIN: 482910#", "Meeting ID: 912 3456 7890", "passcode 77120"}, Spares: []string{"pin 12:30", "code 2024-07-30", "the pin is in", "error code 500123", "detect pin: 39 40 41 43"}},
}

// password takes what stands behind a word for passwords. In prose, where a
// colon or a verb stands between, the value must not be an ordinary word.
func password(text string, start, end int) (int, int, bool) {
	value := strings.TrimRight(text[start:end], `.,;:)]}\*_`)
	if loc := placeholder.FindStringIndex(text[start:end]); loc != nil {
		value = text[start:end]
	}
	if blank(value) {
		return start, end, false
	}
	if strings.HasPrefix(value, "/") && strings.Count(value, "/") > 1 {
		return start, end, false // the folder that a shell calls PWD
	}
	before := strings.TrimRight(text[max(0, start-4):start], `"'\`+"`")
	assigned := strings.HasSuffix(before, "=") || strings.HasSuffix(text[:start], `"`) || strings.HasSuffix(text[:start], `'`)
	odd := strings.ContainsAny(value, "0123456789!#$%^&*+?@~") || strings.ToLower(value[1:]) != value[1:] && strings.ToUpper(value) != value
	return start, start + len(value), odd && strings.Trim(value, "0123456789.:%") != "" || assigned && len(value) >= 5 || strings.Contains(value, "-") && odd
}

// secretValue takes what looks drawn.
func secretValue(text string, start, end int) (int, int, bool) {
	value := strings.TrimRight(text[start:end], `.,;:)]}\*_`)
	if placeholder.MatchString(text[start:end]) {
		value = text[start:end]
	}
	return start, start + len(value), !blank(value) && drawn(value)
}

func notBlank(text string, start, end int) (int, int, bool) {
	return start, end, !blank(text[start:end])
}

// flagValue takes the value behind a flag: what follows its last space, equals
// sign, or the flag itself.
func flagValue(text string, start, end int) (int, int, bool) {
	_, password, found := strings.Cut(text[start:end], ":")
	if !found {
		password = text[start:end]
	}
	return start, end, !blank(password)
}

// pinValue takes at least four digits that are no date and no time.
func pinValue(text string, start, end int) (int, int, bool) {
	digits := 0
	for i := start; i < end; i++ {
		if text[i] >= '0' && text[i] <= '9' {
			digits++
		}
	}
	if digits < 4 || end < len(text) && strings.IndexByte(":.-/", text[end]) >= 0 && end+1 < len(text) && isDigit(text[end+1]) {
		return start, end, false
	}
	date := len(text[start:end]) == 10 && text[start+4] == '-' && text[start+7] == '-'
	return start, end, !date
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
