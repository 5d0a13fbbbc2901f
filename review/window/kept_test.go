package window

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pir/timeline"
)

// TestKept: what a sidecar keeps of a window reckons the same dates.
func TestKept(t *testing.T) {
	own := Window{Name: "ours", Note: "n", Stages: []Rule{
		{Name: "a", Form: FormPreliminary, Anchors: []string{"aware"}, Offset: Offset{3, BusinessDays}, Timezone: "Europe/Paris",
			Backstop: &Backstop{"resolved", Offset{2, Days}}, Severities: []timeline.Severity{"major"}, Requires: []string{"summary"}, Unknowns: true},
		{Name: "b", Form: FormFinal, Offset: Offset{0, Hours}},
	}}
	in := Input{Given: map[string]time.Time{"aware": at("2025-01-02T03:04:05.006Z")}, Holidays: []time.Time{at("2025-12-25T00:00:00Z")}}
	for _, w := range append(Presets(), own) {
		data, err := json.Marshal(Keep(w, in))
		if err != nil {
			t.Fatal(err)
		}
		var options map[string]any
		if err := json.Unmarshal(data, &options); err != nil {
			t.Fatal(err)
		}
		gotWindow, gotIn, ok := Kept(options, w.Name)
		if !ok {
			t.Errorf("%s is not kept", w.Name)
		}
		if diff := cmp.Diff(w, gotWindow) + cmp.Diff(in, gotIn); diff != "" {
			t.Errorf("%s: %s", w.Name, diff)
		}
	}
	if _, _, ok := Kept(nil, "ours"); ok {
		t.Error("a window that nobody kept was found")
	}
	if _, in, ok := Kept(map[string]any{"given": 7, "holidays": []any{"soon"}}, "azure"); !ok || len(in.Given)+len(in.Holidays) > 0 {
		t.Error("what cannot be read is left out")
	}
}

func TestCaution(t *testing.T) {
	w, _ := Find("pagerduty")
	if got := w.Caution(Input{}); got != w.Note {
		t.Error(got)
	}
	if got := w.Caution(Input{Holidays: []time.Time{at("2025-12-25T00:00:00Z")}}); got == w.Note {
		t.Error(got)
	}
}
