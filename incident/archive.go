package incident

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"pir/internal/container"
	"pir/timeline"
)

const (
	// maxNesting is how deep archives may stand in archives.
	maxNesting = 2
	// archiveHead is how much of a file's content shows that it is an archive.
	archiveHead = 512
)

// expand puts the files of archives in the place of the archives.
func (p *plan) expand(ctx context.Context) error {
	var list []file
	for _, f := range p.files {
		if err := ctx.Err(); err != nil {
			return err
		}
		list = append(list, p.members(ctx, f, 1)...)
	}
	p.files = list
	p.sort()
	return ctx.Err()
}

// close gives up what was unpacked.
func (p *plan) close() {
	for _, s := range p.spills {
		_ = s.Close() // nothing in it is needed any more
	}
	p.spills = nil
}

// members gives the files of an archive, or the file itself where it is none.
func (p *plan) members(ctx context.Context, f file, depth int) []file {
	if f.fault != nil || !isArchive(f.fsys, f.open) {
		return []file{f}
	}
	if depth > maxNesting {
		f.fault = &fault{timeline.StatusFailed, timeline.WarnSourceFailed, "an archive in an archive in an archive; unpack it"}
		return []file{f}
	}
	a, cut, err := p.openArchive(ctx, f.fsys, f.open)
	switch {
	case err != nil:
		f.fault = &fault{timeline.StatusFailed, timeline.WarnSourceFailed, reason(err)}
		return []file{f}
	case ofOffice(a):
		f.fault = &fault{timeline.StatusUnrecognised, timeline.WarnBinary, "a file of an office or other program; export it as text or CSV"}
		return []file{f}
	case len(a.Names()) == 0 && len(a.Skipped) == 0 && cut == nil:
		f.fault = &fault{timeline.StatusEmpty, timeline.WarnSourceEmpty, "the archive holds no file"}
		return []file{f}
	}
	list := p.found(ctx, f, a, depth)
	if cut == nil {
		cut = a.Err
	}
	if cut != nil { // it has a row of its own, beside those of its files
		f.fault = &fault{
			timeline.StatusPartly, timeline.WarnSourceTruncated,
			fmt.Sprintf("%s; files found up to there: %d", reason(cut), len(a.Names())),
		}
		list = append(list, f)
	}
	return list
}

// found gives the files of an opened archive, as those of a folder.
func (p *plan) found(ctx context.Context, f file, a *container.Archive, depth int) []file {
	member := func(name string) file {
		m := f
		m.fsys, m.open, m.cited, m.walked = a, name, f.cited+"/"+name, true
		if f.node == nil {
			m.source, m.path = f.source+"/"+name, m.cited
		}
		return m
	}
	var list []file
	w := walk(a, ".")
	for _, l := range w.left {
		p.left = append(p.left, timeline.Left{Path: f.cited + "/" + l.Path, Why: l.Why})
	}
	for _, name := range w.found {
		if ctx.Err() != nil {
			break // whoever asked gave up; expand says so
		}
		list = append(list, p.members(ctx, member(name), depth+1)...)
	}
	for _, s := range a.Skipped {
		if harmless(s.Why) {
			p.left = append(p.left, timeline.Left{Path: f.cited + "/" + s.Name, Why: s.Why})
			continue
		}
		m := member(s.Name)
		m.fault = &fault{timeline.StatusFailed, timeline.WarnSourceFailed, s.Why}
		list = append(list, m)
	}
	return list
}

// harmless reports whether what an archive skipped holds no content that would
// be missed.
func harmless(why string) bool {
	for _, begin := range []string{"a link", "no file", "a later file"} {
		if strings.HasPrefix(why, begin) {
			return true
		}
	}
	return false
}

// isArchive looks at the beginning of a file, below its compression.
func isArchive(fsys fs.FS, name string) bool {
	f, err := fsys.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	r, _, err := container.Reader(f)
	if err != nil {
		return false
	}
	defer r.Close()
	head := make([]byte, archiveHead)
	n, _ := io.ReadFull(r, head)
	return container.IsArchive(head[:n]) != ""
}

// ofOffice reports whether an archive is what a program keeps a document in.
func ofOffice(a *container.Archive) bool {
	for _, name := range []string{"[Content_Types].xml", "META-INF/MANIFEST.MF", "META-INF/manifest.xml"} {
		if _, err := fs.Stat(a, name); err == nil {
			return true
		}
	}
	return false
}

// addFileOrCase lists a bare file. One that is an archive of a whole case, with
// its pir.yaml, is read as its folder would be.
func (p *plan) addFileOrCase(in Input, name string) error {
	if in.Kind == "" && isArchive(in.FS, name) {
		a, _, err := p.openArchive(context.Background(), in.FS, name)
		if err == nil {
			if config := configIn(a); config != "" {
				return p.addCase(a, config)
			}
		}
	}
	p.addFile(in, name)
	return nil
}

// configIn finds the pir.yaml of an archive: at its top, or in the only folder
// there.
func configIn(a *container.Archive) string {
	top, err := fs.ReadDir(a, ".")
	if err != nil {
		return ""
	}
	name := ConfigName
	if len(top) == 1 && top[0].IsDir() {
		name = path.Join(top[0].Name(), ConfigName)
	}
	if _, err := fs.Stat(a, name); err != nil {
		return ""
	}
	return name
}
