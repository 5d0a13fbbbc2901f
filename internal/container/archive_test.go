package container

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

var tarTime = time.Date(2024, 7, 30, 11, 45, 0, 0, time.UTC)

// tarball makes a tar file of headers; those of files get content by name.
func tarball(t testing.TB, headers ...tar.Header) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, h := range headers {
		content := "content of " + h.Name + "\n"
		if h.Typeflag == 0 {
			h.Typeflag, h.Size = tar.TypeReg, int64(len(content))
		}
		h.ModTime, h.Mode = tarTime, 0o644
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if h.Typeflag == tar.TypeReg {
			if _, err := io.WriteString(w, content); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// zipball makes a zip file of names; a name that ends in @ is a link.
func zipball(t testing.TB, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		h := &zip.FileHeader{Name: strings.TrimSuffix(name, "@"), Method: zip.Deflate, Modified: tarTime}
		h.SetMode(0o644)
		if h.Name != name {
			h.SetMode(fs.ModeSymlink | 0o777)
		}
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, "content of "+h.Name+"\n"); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func named(names ...string) (headers []tar.Header) {
	for _, name := range names {
		headers = append(headers, tar.Header{Name: name})
	}
	return headers
}

func openArchive(t *testing.T, data []byte) *Archive {
	t.Helper()
	a, err := OpenArchive(fstest.MapFS{"a": {Data: data}}, "a", Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestArchives opens archives of each kind as file systems.
func TestArchives(t *testing.T) {
	names := []string{"app/api.log", "app/db/x.log", "top.log"}
	long := "deep/" + strings.Repeat("x", 200) + ".log"
	tarred := tarball(t, named(append(names, "./dot/y.log", long)...)...)
	all := append(slices.Clone(names), "dot/y.log", long)
	kinds := map[string][]byte{"tar": tarred, "zip": zipball(t, append(names, "./dot/y.log", long)...)}
	for name, pack := range packers() {
		kinds["tar."+name] = pack(t, tarred)
	}
	for format, data := range kinds {
		a := openArchive(t, data)
		if a.Format != format || a.Err != nil || len(a.Skipped) != 0 {
			t.Errorf("%s: format %s, error %v, skipped %v", format, a.Format, a.Err, a.Skipped)
		}
		if err := fstest.TestFS(a, all...); err != nil {
			t.Errorf("%s: %v", format, err)
		}
		for _, name := range all {
			got, err := fs.ReadFile(a, name)
			if want := "content of " + name + "\n"; err != nil || strings.Replace(string(got), "./", "", 1) != want {
				t.Errorf("%s: %s: %q, error %v", format, name, got, err)
			}
		}
		info, err := fs.Stat(a, "top.log")
		if err != nil || !info.ModTime().Equal(tarTime) {
			t.Errorf("%s: top.log is of %v, error %v", format, info.ModTime(), err)
		}
		f, _ := a.Open("top.log")
		if _, ok := f.(io.ReaderAt); ok != (format == "tar") {
			t.Errorf("%s: can be read anywhere: %v", format, ok)
		}
		f.Close()
	}
}

// TestArchiveSkips names what it does not open.
func TestArchiveSkips(t *testing.T) {
	a := openArchive(t, tarball(t,
		tar.Header{Name: "../up.log"}, tar.Header{Name: "/etc/passwd"}, tar.Header{Name: "a/../../b"}, tar.Header{Name: `c:\x.log`},
		tar.Header{Name: "link", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}, tar.Header{Name: "hard", Typeflag: tar.TypeLink, Linkname: "x"},
		tar.Header{Name: "pipe", Typeflag: tar.TypeFifo}, tar.Header{Name: "dir/", Typeflag: tar.TypeDir},
		tar.Header{Name: "twice.log"}, tar.Header{Name: "./twice.log"}, tar.Header{Name: "both"}, tar.Header{Name: "both/x"}))
	var skipped []string
	for _, s := range a.Skipped {
		if s.Why == "" {
			t.Errorf("%s: no reason", s.Name)
		}
		skipped = append(skipped, s.Name)
	}
	want := []string{"../up.log", "/etc/passwd", "a/../../b", `c:\x.log`, "link", "hard", "pipe", "./twice.log", "both"}
	if !slices.Equal(skipped, want) {
		t.Errorf("skipped %q, want %q", skipped, want)
	}
	if names := a.Names(); !slices.Equal(names, []string{"both/x", "twice.log"}) {
		t.Errorf("names %q", names)
	}
	if got, _ := fs.ReadFile(a, "twice.log"); string(got) != "content of ./twice.log\n" {
		t.Errorf("the later of two is %q", got)
	}
	z := openArchive(t, zipball(t, "../up.log", "ok.log", "link@"))
	if len(z.Skipped) != 2 || len(z.Names()) != 1 {
		t.Errorf("zip: skipped %v, names %v", z.Skipped, z.Names())
	}
}

// TestArchiveBounds stops at too many files and too many bytes, and keeps what
// came before.
func TestArchiveBounds(t *testing.T) {
	files := fstest.MapFS{"a": {Data: tarball(t, named("1.log", "2.log", "3.log")...)}, "z": {Data: zipball(t, "1.log", "2.log", "3.log")}}
	for name := range files {
		a, err := OpenArchive(files, name, Limits{Members: 2})
		if err != nil || a.Err == nil || len(a.Names()) != 2 {
			t.Errorf("%s: error %v", name, err)
		}
		var large *TooLargeError
		a, err = OpenArchive(files, name, Limits{Bytes: 20})
		if err != nil || !errors.As(a.Err, &large) || len(a.Names()) != 1 {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// TestDamagedArchives keeps what stands before the damage.
func TestDamagedArchives(t *testing.T) {
	tarred := tarball(t, named("1.log", "2.log", "3.log")...)
	names := []string{"1.log"}
	for i, b := 0, noise(40_000); i+80 < len(b); i += 80 {
		names = append(names, string(b[i:i+80]))
	}
	gz := packers()["gzip"](t, tarball(t, named(names...)...))
	for name, data := range map[string][]byte{
		"tar cut in a header": tarred[:2*tarBlock+100],
		"tar cut in a file":   tarred[:3*tarBlock+3],
		"gzip cut":            gz[:len(gz)/2],
	} {
		a := openArchive(t, data)
		var d *DamagedError
		if !errors.As(a.Err, &d) || len(a.Names()) == 0 {
			t.Errorf("%s: error %v, names %v", name, a.Err, a.Names())
		}
		if got, err := fs.ReadFile(a, "1.log"); err != nil || string(got) != "content of 1.log\n" {
			t.Errorf("%s: %q, error %v", name, got, err)
		}
	}
	for name, data := range map[string][]byte{"text": []byte("hello"), "zip cut": zipball(t, "1.log")[:60], "empty": nil} {
		if a, err := OpenArchive(fstest.MapFS{"a": {Data: data}}, "a", Limits{}); err == nil {
			t.Errorf("%s: %v", name, a.Names())
		}
	}
}

func TestIsArchive(t *testing.T) {
	for want, head := range map[string][]byte{"tar": tarball(t, named("x")...), "zip": zipball(t, "x")} {
		if got := IsArchive(head); got != want {
			t.Errorf("%s is taken for %q", want, got)
		}
	}
	if got := IsArchive(bytes.Repeat([]byte("2024-07-30 11:45:00 ERROR x\n"), 40)); got != "" {
		t.Errorf("a log is taken for %s", got)
	}
}

// FuzzArchive opens any bytes: it never panics, and names stay inside.
func FuzzArchive(f *testing.F) {
	f.Add(tarball(f, named("a.log", "b/c.log", "../x")...))
	f.Add(zipball(f, "a.log", "b/c.log", "../x", "l@"))
	f.Add(packers()["gzip"](f, tarball(f, named("a.log")...)))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := OpenArchive(fstest.MapFS{"a": {Data: data}}, "a", Limits{Members: 50, Bytes: 1 << 20})
		if err != nil {
			return
		}
		var total int64
		for _, name := range a.Names() {
			if !fs.ValidPath(name) {
				t.Fatalf("name %q", name)
			}
			r, err := a.Open(name)
			if err != nil {
				continue
			}
			n, _ := io.Copy(io.Discard, r)
			total += n
			r.Close()
		}
		if total > 1<<20 {
			t.Fatalf("%d bytes came out", total)
		}
	})
}
