package logs

import (
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pir/timeline"
)

// living is a file system with one file, to which something happens when its
// end is reached.
type living struct {
	now    fstest.MapFS
	happen func(m fstest.MapFS)
}

func (l *living) Open(name string) (fs.File, error) {
	f, err := l.now.Open(name)
	if err != nil {
		return nil, err
	}
	return &livingFile{File: f, fs: l, file: l.now[name]}, nil
}

type livingFile struct {
	fs.File
	fs   *living
	file *fstest.MapFile
}

func (f *livingFile) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	if n > 60_000 && f.fs.happen != nil || err == io.EOF && f.fs.happen != nil {
		f.fs.happen(f.fs.now)
		f.fs.happen = nil
	}
	return n, err
}

// Stat tells of the file that is open, as it is now.
func (f *livingFile) Stat() (fs.FileInfo, error) {
	m := fstest.MapFS{"x": f.file}
	return m.Stat("x")
}

func TestFilesThatChangeAreTold(t *testing.T) {
	data := serviceLog("jsonl", 3<<20)
	base := time.Date(2026, 7, 15, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name   string
		happen func(m fstest.MapFS)
		want   string
	}{
		{"nothing", nil, ""},
		{"growth", func(m fstest.MapFS) {
			m["app.log"].Data = append(append([]byte{}, data...), "more\n"...)
			m["app.log"].ModTime = base.Add(time.Second)
		}, "grew from"},
		{"cut", func(m fstest.MapFS) { m["app.log"].Data, m["app.log"].ModTime = data[:1<<20], base.Add(time.Second) }, "shrank from"},
		{"rotation", func(m fstest.MapFS) {
			m["app.log"] = &fstest.MapFile{Data: []byte("new\n"), ModTime: base.Add(time.Second)}
		}, "took its place"},
		{"removal", func(m fstest.MapFS) { delete(m, "app.log") }, "removed"},
		{"touch", func(m fstest.MapFS) { m["app.log"].ModTime = base.Add(time.Second) }, "written to"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := &living{now: fstest.MapFS{"app.log": {Data: data, ModTime: base}}}
			files := []File{{FS: l, Path: "app.log", Name: "app.log", Source: "app"}}
			jobs, err := prepareAll(t.Context(), files, Options{})
			if err != nil {
				t.Fatal(err)
			}
			l.happen = c.happen
			res, err := newScan(jobs, Options{}).run(t.Context(), jobs)
			if err != nil {
				t.Fatal(err)
			}
			balance(t, res)
			text := ""
			for _, w := range res.Warnings {
				if w.Code == timeline.WarnSourceChanged {
					text = w.Message
				}
			}
			if (text == "") != (c.want == "") || !strings.Contains(text, c.want) {
				t.Errorf("told %q, want %q", text, c.want)
			}
			if c.name == "growth" && res.Sources[0].Records != lineCount(data) {
				t.Errorf("%d records, %d at the start", res.Sources[0].Records, lineCount(data))
			}
		})
	}
}
