package incident

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// member is a file to be packed. A link leads to link.
type member struct{ name, content, link string }

const slackDay = `[{"type":"message","user":"U1","text":"the graph is falling","ts":"1757671320.000100"}]`

// slackExport is an export as a workspace gives it.
func slackExport() []member {
	return []member{
		{name: "users.json", content: `[{"id":"U1","profile":{"display_name":"dana"}}]`},
		{name: "channels.json", content: `[{"id":"C1","name":"general"}]`},
		{name: "general/2025-09-12.json", content: slackDay},
		{name: "__MACOSX/._users.json", content: "\x00\x05"},
	}
}

const note = "# Notes 2025-09-12 (all times in UTC)\n\n- 10:02 the graph is falling\n"

func zipped(t testing.TB, members ...member) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, m := range members {
		h := &zip.FileHeader{Name: m.name, Method: zip.Deflate}
		if m.link != "" {
			h.SetMode(fs.ModeSymlink | 0o777)
			m.content = m.link
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(m.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func tarred(t testing.TB, members ...member) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, m := range members {
		h := &tar.Header{Name: m.name, Mode: 0o644, Size: int64(len(m.content)), Typeflag: tar.TypeReg}
		if m.link != "" {
			h.Typeflag, h.Linkname, h.Size = tar.TypeSymlink, m.link, 0
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(m.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gzipped(t testing.TB, content string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestArchives: an archive is walked like a folder, and what is wrong with one
// is told.
func TestArchives(t *testing.T) {
	n := member{name: "n.md", content: note}
	inner := zipped(t, n)
	packedTar := gzipped(t, tarred(t, member{name: "case/n.md", content: note}, member{name: "case/loop", link: "."}))
	long := gzipped(t, tarred(t, n, member{name: "m.md", content: note + strings.Repeat("and so on ", 100_000)}))
	for _, c := range []struct {
		name, file, content string
		want                []string
	}{
		{"chat export", "export.zip", zipped(t, slackExport()...), []string{
			"export.zip/general/2025-09-12.json read 1",
			"export.zip/__MACOSX/._users.json left: hidden",
			"export.zip/channels.json left: belongs to the chat export beside it",
			"export.zip/users.json left: belongs to the chat export beside it",
		}},
		{"names and links", "bad.zip", zipped(t, member{name: "../out.md", content: note}, member{name: "/abs.md", content: note},
			member{name: "l.md", link: "/etc/passwd"}, n), []string{
			"bad.zip/../out.md failed 0 its name leads out of the archive",
			"bad.zip//abs.md failed 0 its name leads out of the archive",
			"bad.zip/n.md read 1",
			"bad.zip/l.md left: a link",
		}},
		{"tar with a link", "a.tar.gz", packedTar, []string{
			"a.tar.gz/case/n.md read 1",
			"a.tar.gz/case/loop left: a link to .",
		}},
		{"plain tar", "a.tar", tarred(t, n), []string{"a.tar/n.md read 1"}},
		{"cut short", "cut.tgz", long[:len(long)-100], []string{
			"cut.tgz partly 0 gzip data are cut short: 959052 bytes of content could be read; files found up to there: 2",
			"cut.tgz/m.md partly 2 1 of 2 records could not be read",
			"cut.tgz/n.md read 1",
		}},
		{"once nested", "o.zip", zipped(t, member{name: "i.zip", content: inner}), []string{"o.zip/i.zip/n.md read 1"}},
		{"nested too deep", "p.zip", zipped(t, member{name: "o.zip", content: zipped(t, member{name: "i.zip", content: inner})}), []string{
			"p.zip/o.zip/i.zip failed 0 an archive in an archive in an archive; unpack it",
		}},
		{"damaged", "d.zip", inner[:len(inner)-30], []string{"d.zip failed 0 zip data are damaged after 0 bytes of content: zip: not a valid zip file"}},
		{"empty", "e.zip", zipped(t), []string{"e.zip empty 0 the archive holds no file"}},
		{"office", "sheet.xlsx", zipped(t, member{name: "[Content_Types].xml", content: "<x/>"}, n), []string{
			"sheet.xlsx unrecognised 0 a file of an office or other program; export it as text or CSV",
		}},
		{"packed inside", "g.zip", zipped(t, member{name: "n.md.gz", content: gzipped(t, note)}), []string{"g.zip/n.md.gz read 1 gzip"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, load(t, c.file, c.content)); diff != "" {
				t.Errorf("want -, got +\n%s", diff)
			}
		})
	}
}

// TestBomb: a small archive of a huge file, and one of a huge line that a chat
// export may have, are bounded.
func TestBomb(t *testing.T) {
	zeros := strings.Repeat("\x00", 300<<20)
	for name, content := range map[string]string{
		"zeros.zip":    zipped(t, member{name: "n.json", content: zeros}),
		"zeros.tar.gz": gzipped(t, tarred(t, member{name: "n.json", content: zeros})),
		"notes.zip":    zipped(t, member{name: "n.md", content: note + strings.Repeat("- ", 135<<20)}),
		"zeros.md.gz":  gzipped(t, note+zeros),
	} {
		lines := load(t, name, content)
		if slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, " read ") }) {
			t.Errorf("%s: %q", name, lines)
		}
	}
}

// TestCaseInArchive: an archive of a case is read as its folder would be.
func TestCaseInArchive(t *testing.T) {
	fsys := fstest.MapFS{"case.zip": {Data: []byte(zipped(t,
		member{name: "case-7/pir.yaml", content: "incident: {title: Seven}\nsources: [{name: notes, path: n.md}]\n"},
		member{name: "case-7/n.md", content: note}, member{name: "case-7/other.md", content: note}))}}
	result, err := Load(t.Context(), []Input{{FS: fsys, Path: "case.zip"}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := result.Timeline; got.Incident.Title != "Seven" || len(got.Events) != 1 || got.Events[0].Origins[0].String() != "n.md:3" {
		t.Errorf("title %q, events %v", got.Incident.Title, got.Events)
	}
}

// FuzzArchive: whatever stands in a file, reading it ends and loses no source.
func FuzzArchive(f *testing.F) {
	f.Add([]byte(zipped(f, slackExport()...)))
	f.Add([]byte(zipped(f, member{name: "i.zip", content: zipped(f, member{name: "n.md", content: note})})))
	f.Add([]byte(gzipped(f, tarred(f, member{name: "n.md", content: note}))))
	f.Add([]byte(tarred(f, member{name: "n.md", content: note}, member{name: "l", link: "n.md"})))
	f.Fuzz(func(t *testing.T, data []byte) {
		if lines := load(t, "f", string(data)); len(lines) == 0 {
			t.Error("the file is neither a source nor left alone")
		}
	})
}

// load tells what a file in a folder comes to, one line for each source, each
// file that was left alone, and each warning.
func load(t testing.TB, name, content string) []string {
	t.Helper()
	fsys := fstest.MapFS{"in/" + name: {Data: []byte(content), Mode: 0o644}}
	in, _, err := gather(t.Context(), []Input{{FS: fsys, Path: "in"}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, s := range in.Sources {
		_, detail, _ := strings.Cut("; "+s.Detail+"; ", " % sure; ")
		if s.Format == "" {
			detail = s.Detail
		}
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %d %s", s.Path, s.Status, s.Records, strings.TrimSuffix(detail, "; "))))
	}
	for _, l := range in.Left {
		lines = append(lines, fmt.Sprintf("%s left: %s", l.Path, l.Why))
	}
	return lines
}
