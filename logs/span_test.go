package logs

import (
	"testing"
	"testing/fstest"
	"time"
)

func TestSpans(t *testing.T) {
	data := serviceLog("jsonl", 1<<20)
	trace := append(append([]byte{}, data...), make([]byte, 40<<10)...) // a crash left a hole
	fsys := fstest.MapFS{
		"plain": {Data: data}, "small": {Data: data[:1000]}, "packed": {Data: packed(t, data)}, "prose": {Data: []byte("no log\n")},
		"hole": {Data: trace},
	}
	var files []File
	for _, name := range []string{"plain", "small", "packed", "prose", "hole", "gone"} {
		files = append(files, File{FS: fsys, Path: name, Name: "logs/" + name, Source: name})
	}
	spans, err := Spans(t.Context(), files, Options{})
	if err != nil || len(spans) != len(files) {
		t.Fatalf("%v, %d spans", err, len(spans))
	}
	full := scanAll(t, fstest.MapFS{"plain": {Data: data}}, Options{}).Sources[0]
	plain, small, gz, hole := spans[0], spans[1], spans[2], spans[4]
	if !plain.First.Equal(full.First) || !plain.Last.Equal(full.Last) || plain.Format != "jsonl" || plain.Size != int64(len(data)) || plain.Sure < 90 {
		t.Errorf("plain: %+v, want %s to %s", plain, full.First, full.Last)
	}
	if !small.First.Equal(full.First) || small.Last.IsZero() || small.Last.Sub(small.First) > time.Hour {
		t.Errorf("small: %+v", small)
	}
	if !gz.First.Equal(full.First) || !gz.Last.IsZero() {
		t.Errorf("packed: %+v", gz)
	}
	if !hole.Last.Equal(full.Last) {
		t.Errorf("hole: %+v", hole)
	}
	if spans[3].Status != "unrecognised" || spans[5].Status != "missing" || spans[5].Detail == "" {
		t.Errorf("%+v, %+v", spans[3], spans[5])
	}
}

// No format is surer than its row says: detection leaves out what cannot win.
func TestMostIsTheMost(t *testing.T) {
	for _, f := range Formats() {
		for _, g := range Formats() {
			_, a := archive(t, g.Name)
			if s := f.Sniff(a.Files[0].Data); s > f.Most {
				t.Errorf("%s is %d sure of %s, at most %d by its row", f.Name, s, g.Name, f.Most)
			}
		}
		if data := serviceLog(f.Name, 64<<10); f.Sniff(data) > f.Most {
			t.Errorf("%s is more than %d sure", f.Name, f.Most)
		}
	}
}
