package chart

import (
	"fmt"
	"strings"
)

// ink is a named colour on the light and on the dark ground.
type ink struct{ name, light, dark string }

// inks are all colours. What carries meaning is told by shape, pattern or words
// too: the table is for those who see colours.
var inks = []ink{
	{"ground", "#ffffff", "#14181c"},
	{"frame", "#868e96", "#6b747d"},
	{"ink", "#1c2024", "#e3e7ea"},
	{"soft", "#545c64", "#a3adb6"},
	{"grid", "#e3e7eb", "#2b3238"},
	{"rule", "#868e96", "#6f7881"},
	{"error", "#b3261e", "#ff8a80"},
	{"error-low", "#b3261e", "#ff8a80"},
	{"error-high", "#eda49d", "#8a3a34"},
	{"burst", "#fdf0ee", "#2b1b1b"},
	{"unknown", "#ffffff", "#14181c"},
	{"unknown-line", "#c9cfd5", "#3a424a"},
	{"residual", "#fbe3e0", "#3a2020"},
	{"post", "#0b57b0", "#7db8ff"},
	{"alert", "#9c4600", "#ffb066"},
	{"change", "#6d3fb5", "#c3a6ff"},
	{"people", "#2c6327", "#8fd486"},
	{"log", "#545c64", "#a3adb6"},
	{"latent", "#e6e9ec", "#2f353b"},
	{"latent-line", "#d3d8dc", "#3b4249"},
	{"undetected", "#fadbd6", "#4d2522"},
	{"undetected-line", "#f2b8af", "#6b332e"},
	{"triage", "#fde4bd", "#4a3413"},
	{"triage-line", "#f3c981", "#66491c"},
	{"diagnosis", "#fff4bd", "#433b10"},
	{"diagnosis-line", "#e8d66b", "#615619"},
	{"mitigation", "#d6e9fb", "#17334d"},
	{"mitigation-line", "#a8cff2", "#22496e"},
	{"recovery", "#d3f0e2", "#153d2b"},
	{"recovery-line", "#9fdcc1", "#1f593f"},
	{"validation", "#e7e0f8", "#312550"},
	{"validation-line", "#cbbcee", "#463571"},
	{"review", "#eef0f2", "#262c32"},
	{"review-line", "#d9dde1", "#363d44"},
}

// colour is the value of a named colour; other values stay as they are.
func colour(name string, dark bool) (value string, named bool) {
	for _, k := range inks {
		if k.name != name {
			continue
		}
		if dark {
			return k.dark, true
		}
		return k.light, true
	}
	return name, false
}

// DarkStyle is the style sheet that turns pictures with Hooks dark, for a page
// that has them inline: rules without a media query around them.
func DarkStyle() string {
	var b strings.Builder
	for _, k := range inks {
		fmt.Fprintf(&b, ".f-%s{fill:%s}.s-%s{stroke:%s}\n", k.name, k.dark, k.name, k.dark)
	}
	return b.String()
}

// hatch is how a phase is told from its neighbours without colour: the lines of
// a tile of eight pixels.
type hatch struct{ name, path string }

// hatches are the phases with their patterns, and what is not known.
var hatches = []hatch{
	{"latent", ""},
	{"undetected", "M-2 6L6 -2M2 10L10 2"},
	{"triage", "M2 0V8M6 0V8"},
	{"diagnosis", "M1 2H3M5 6H7"},
	{"mitigation", "M-2 2L6 10M2 -2L10 6"},
	{"recovery", "M0 2H8M0 6H8"},
	{"validation", "M0 4H8M4 0V8"},
	{"review", ""},
	{"unknown", "M-2 6L6 -2M2 10L10 2"},
	{"residual", "M-2 6L6 -2M2 10L10 2"},
}
