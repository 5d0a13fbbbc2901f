package timeline

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestExplain holds what is explained of the flagship case to a file, and
// tries every name that there is.
func TestExplain(t *testing.T) {
	const path = "testdata/explain.txt"
	tl := Build(fullInput(t))
	var out bytes.Buffer
	for _, name := range []string{"mitigated", "Impact Start", "detected", "identified", "time_to_detect", "impact_duration", "updates", "recovery", "latent", "s0123456789ab", "customers affected"} {
		out.WriteString("# " + name + "\n")
		if err := tl.Explain(&out, name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if *update {
		if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(want, out.Bytes()) {
		t.Errorf("%s is not what is explained (%v); -update rewrites it. Got:\n%s", path, err, out.Bytes())
	}
	names := []string{tl.Events[0].ID, tl.Bursts[0].ID}
	for _, m := range Milestones {
		names = append(names, string(m))
	}
	for _, m := range tl.Metrics {
		names = append(names, m.Name)
	}
	for _, name := range append(names, phaseNames()...) {
		var b bytes.Buffer
		if err := tl.Explain(&b, name); err != nil || b.Len() == 0 {
			t.Errorf("%s: %d bytes, %v", name, b.Len(), err)
		}
	}
	if strings.Contains(out.String(), "\x1b") {
		t.Error("control characters of the input came through")
	}
}

func TestExplainUnknown(t *testing.T) {
	tl := Build(fullInput(t))
	for what, want := range map[string]string{
		"mitigatd":      `did you mean "mitigated"`,
		"time to detct": `did you mean "time_to_detect"`,
		"e000000000000": "the id of an event",
		"":              "give a milestone",
	} {
		var b bytes.Buffer
		err := tl.Explain(&b, what)
		if err == nil || !strings.Contains(err.Error(), want) || b.Len() > 0 {
			t.Errorf("%q: error %v and %q, want %s", what, err, b.String(), want)
		}
	}
}
