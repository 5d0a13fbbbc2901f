package diff

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// rewrite writes a page otherwise, so that it says the same: other line breaks in
// paragraphs, other bullets, wider tables, other line ends.
func rewrite(text string, r *rand.Rand) string {
	bullet := string("-*+"[r.IntN(3)])
	var out []string
	fenced, front, quiet := false, false, true
	for i, line := range strings.Split(text, "\n") {
		trimmed := strings.TrimSpace(line)
		switch {
		case i == 0 && line == "---":
			front = true
		case front:
			front = line != "---"
		case strings.HasPrefix(trimmed, "```"):
			fenced = !fenced
		case fenced, trimmed == "", strings.HasPrefix(trimmed, "<"), strings.HasPrefix(trimmed, "#"), strings.HasPrefix(trimmed, "["):
		case strings.HasPrefix(line, "|"):
			if !strings.Contains(line, "`") {
				line = strings.ReplaceAll(line, " | ", "   | ")
			}
		case strings.HasPrefix(line, "- ") && !strings.HasPrefix(line, "- ["):
			line = bullet + line[1:]
		case quiet && line[0] >= 'A' && line[0] <= 'z' && !strings.ContainsAny(line, "`<[|\\"):
			line = rewrap(line, r)
		}
		quiet = trimmed == ""
		out = append(out, line)
	}
	end := "\n"
	if r.IntN(2) == 0 {
		end = "\r\n"
	}
	return strings.ReplaceAll(strings.Join(out, "\n"), "\n", end)
}

// rewrap breaks a line of prose at other spaces, where the next line cannot be
// taken for anything but prose.
func rewrap(line string, r *rand.Rand) string {
	words := strings.Split(line, " ")
	var b strings.Builder
	for i, w := range words {
		switch {
		case i == 0:
		case w != "" && w[0] >= 'a' && w[0] <= 'z' && r.IntN(6) == 0:
			b.WriteString("\n")
		default:
			b.WriteString(" ")
		}
		b.WriteString(w)
	}
	return b.String()
}

// TestRewritingIsNoChange writes whole reviews otherwise.
func TestRewritingIsNoChange(t *testing.T) {
	texts := map[string]string{}
	for name, a := range archives(t) {
		texts[name] = member(a, "old.md")
	}
	for _, name := range []string{"azure-2024-07-30", "checkout-rollback"} {
		data, err := os.ReadFile("../../samples/" + name + "/review.md")
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(data)
	}
	for name, text := range texts {
		rewritten := false
		for seed := range uint64(6) {
			other := rewrite(text, rand.New(rand.NewPCG(seed, 1)))
			rewritten = rewritten || other != text
			if d := Compare(parse(t, name, text), parse(t, name, other)); !d.Same() {
				t.Errorf("%s, rewritten with seed %d:\n%s", name, seed, listing(d))
				break
			}
		}
		if !rewritten {
			t.Errorf("%s: nothing was rewritten", name)
		}
	}
}
