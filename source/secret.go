package source

import "regexp"

// secrets are what no row may carry on, whoever wrote it into a text: who can
// be written to or called, and what opens a door. What takes its place says
// what stood there.
var secrets = []struct {
	shape *regexp.Regexp
	place string
}{
	{regexp.MustCompile(`https://hooks\.slack\.com/[^\s"'<>|)]+`), "[webhook]"},
	{regexp.MustCompile(`\bxox[a-z](?:-[A-Za-z0-9]+)+`), "[token]"},
	{regexp.MustCompile(`(://)[^/\s:@"']+:[^/\s@"']+@`), "${1}[password]@"},
	{regexp.MustCompile(`([?&;](?:t|sig|signature|key|api_?key|code|secret|unsubscribe|password|(?:\w+_)?token)=)[^&\s"'<>|)]+`), "${1}[token]"},
	{regexp.MustCompile(`(?i)\b(bearer|geniekey|token token=|basic)(\s+|\b)[A-Za-z0-9._~+/-]{16,}=*`), "$1$2[token]"},
	{regexp.MustCompile(`[\w.%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}`), "[email]"},
	{regexp.MustCompile(`(?i)\b((?:pin|pass ?code|access code|conference code|meeting id)\b\W{0,3}(?:is\s)?)\d[\d -]{2,}\d#?`), "${1}[number]"},
	{regexp.MustCompile(`\+\d{1,3}[ (.-]?\d[\d() .-]{5,16}\d(?:,+\d+#?)?`), "[phone]"},
}

// withoutSecrets takes e-mail addresses, telephone numbers, tokens and
// passwords out of a text.
func withoutSecrets(text string) string {
	for _, s := range secrets {
		text = s.shape.ReplaceAllString(text, s.place)
	}
	return text
}
