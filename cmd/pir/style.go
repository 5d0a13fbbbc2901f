package main

// style paints text for a terminal. The zero value leaves it plain.
type style struct{ on bool }

// colors are the names that paint takes, with the codes of the terminal. The
// phases have theirs, so that rail and band agree.
var colors = map[string]string{
	"bold":   "1",
	"dim":    "2",
	"red":    "31",
	"yellow": "33",
	"cyan":   "36",
	"green":  "32",

	"struck":   "9;31", // what a text lost
	"inserted": "32",

	"latent":     "90",
	"undetected": "91",
	"triage":     "33",
	"diagnosis":  "35",
	"mitigation": "34",
	"recovery":   "36",
	"validation": "32",
	"review":     "90",
}

// paint gives the text in a color. An unknown color is none.
func (s style) paint(color, text string) string {
	code := colors[color]
	if !s.on || code == "" || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// styleFor decides about color: "always", "never", or "auto" for a terminal
// whose user did not refuse it.
func styleFor(color string, terminal bool, env func(string) string) style {
	switch color {
	case "always":
		return style{on: true}
	case "never":
		return style{}
	}
	return style{on: terminal && env("NO_COLOR") == "" && env("TERM") != "dumb"}
}
