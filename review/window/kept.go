package window

import (
	"encoding/json"
	"time"
)

// Keep is what a sidecar keeps of a window and its input, by key: the given
// times, and where there are any the holidays and a window that is no preset.
// Kept reads it back.
func Keep(w Window, in Input) map[string]any {
	kept := map[string]any{}
	given := map[string]string{}
	for name, at := range in.Given {
		given[name] = at.UTC().Format(time.RFC3339Nano)
	}
	kept["given"] = given
	if len(in.Holidays) > 0 {
		var days []string
		for _, day := range in.Holidays {
			days = append(days, day.UTC().Format(time.DateOnly))
		}
		kept["holidays"] = days
	}
	if _, preset := Find(w.Name); !preset {
		kept["window"] = untyped(w)
	}
	return kept
}

// Kept reads what Keep gave, out of the options of a sidecar. The window is that
// of the name, or the one that was kept; it is false where there is neither.
// What cannot be read is left out.
func Kept(options map[string]any, name string) (Window, Input, bool) {
	var kept struct {
		Given    map[string]string `json:"given"`
		Holidays []string          `json:"holidays"`
		Window   *Window           `json:"window"`
	}
	// Through JSON: a sidecar was read without types.
	if data, err := json.Marshal(options); err == nil {
		_ = json.Unmarshal(data, &kept) // what has another shape stays empty
	}
	in := Input{Given: map[string]time.Time{}}
	for key, text := range kept.Given {
		if at, err := time.Parse(time.RFC3339Nano, text); err == nil {
			in.Given[key] = at.UTC()
		}
	}
	for _, text := range kept.Holidays {
		if day, err := time.Parse(time.DateOnly, text); err == nil {
			in.Holidays = append(in.Holidays, day)
		}
	}
	if kept.Window != nil && kept.Window.Name == name {
		return *kept.Window, in, true
	}
	w, ok := Find(name)
	return w, in, ok
}

// untyped gives the window as maps and lists, so that its keys are sorted when
// it is written.
func untyped(w Window) any {
	var v any
	if data, err := json.Marshal(w); err == nil {
		_ = json.Unmarshal(data, &v) // it is what Marshal wrote
	}
	return v
}
