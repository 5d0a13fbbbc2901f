package incident

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pir/timeline"
)

// prefixFS opens names below a folder. Unlike fs.Sub it takes any folder, ".."
// and absolute ones included, and passes on whatever the file can do.
type prefixFS struct {
	fsys fs.FS
	dir  string
}

// Open opens a name below the folder. An absolute name stays what it is.
func (p prefixFS) Open(name string) (fs.File, error) {
	if path.IsAbs(name) {
		return p.fsys.Open(name)
	}
	return p.fsys.Open(path.Join(p.dir, name))
}

// Stat tells about a name without opening it.
func (p prefixFS) Stat(name string) (fs.FileInfo, error) {
	if path.IsAbs(name) {
		return fs.Stat(p.fsys, name)
	}
	return fs.Stat(p.fsys, path.Join(p.dir, name))
}

// walked is what stands below a folder.
type walked struct {
	found  []string        // regular files, in order of their paths
	left   []timeline.Left // hidden files and folders, links to folders, pir's own files
	broken []timeline.Left // folders that cannot be listed
}

// walk lists what stands below a folder. A link to a file is followed, a link
// to a folder is not: it could lead back up.
func walk(fsys fs.FS, dir string) *walked {
	w := &walked{}
	w.folder(fsys, dir)
	slices.Sort(w.found)
	return w
}

func (w *walked) folder(fsys fs.FS, dir string) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		w.broken = append(w.broken, timeline.Left{Path: dir, Why: "the folder cannot be listed: " + reason(err)})
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		switch {
		case strings.HasPrefix(e.Name(), "."):
			w.leave(name, "hidden")
		case e.IsDir():
			w.folder(fsys, name)
		case own(e.Name()):
			w.leave(name, "written by or for pir")
		case e.Type().IsRegular():
			w.found = append(w.found, name)
		case e.Type()&fs.ModeSymlink != 0:
			w.link(fsys, name)
		default:
			w.leave(name, "no file but a device or the like")
		}
	}
}

func (w *walked) link(fsys fs.FS, name string) {
	info, err := fs.Stat(fsys, name)
	switch {
	case err != nil:
		w.leave(name, "a link to nowhere")
	case info.IsDir():
		w.leave(name, "a link to a folder: it could lead back up")
	case !info.Mode().IsRegular():
		w.leave(name, "a link to no file but a device or the like")
	default:
		w.found = append(w.found, name)
	}
}

func (w *walked) leave(name, why string) {
	w.left = append(w.left, timeline.Left{Path: name, Why: why})
}

// own reports whether the name is one of pir's files.
func own(name string) bool {
	return name == ConfigName || strings.HasSuffix(name, ".pir.json")
}

// isReview reports whether a document is a review: Markdown whose front matter
// has the key pir.
func isReview(head []byte) bool {
	head = bytes.ReplaceAll(head, []byte("\r\n"), []byte("\n"))
	matter, found := bytes.CutPrefix(head, []byte("---\n"))
	if !found {
		return false
	}
	for line := range bytes.Lines(matter) {
		switch {
		case bytes.HasPrefix(line, []byte("---")), bytes.HasPrefix(line, []byte("...")):
			return false
		case bytes.HasPrefix(line, []byte("pir:")):
			return true
		}
	}
	return false
}

// companions are files of a Slack export that stand beside its channels.
var companions = []string{
	"users.json", "channels.json", "groups.json", "dms.json", "mpims.json", "org_users.json", "canvases.json",
	"huddle_transcripts.json", "lists.json", "file_conversations.json", "integration_logs.json",
}

// leftAlone says why a file that was found in a folder is no source; empty when
// it may be one.
func leftAlone(f file, head []byte) string {
	switch {
	case !f.walked || f.kind != "":
		return ""
	case isReview(head):
		return "a review"
	case slices.Contains(companions, path.Base(f.open)) && besideSlack(f):
		return "belongs to the chat export beside it"
	case aboutFolder(path.Base(f.open)) && timedLines(head) < leastTimed:
		return "about the folder or a program, and no notes: " + timesIn(timedLines(head))
	}
	return ""
}

// leastTimed is how many lines with a time make notes of an incident of a text
// that is called README.
const leastTimed = 3

// aboutFolder reports whether a file is called like those that tell of a folder
// or a program, and of no incident.
func aboutFolder(name string) bool {
	stem, ending, _ := strings.Cut(strings.ToLower(name), ".")
	if !slices.Contains([]string{"", "md", "txt", "rst", "markdown", "adoc"}, ending) {
		return false
	}
	return slices.Contains([]string{
		"readme", "license", "licence", "copying", "notice", "changelog", "changes", "contributing", "authors", "contributors",
		"code_of_conduct", "security", "codeowners", "makefile", "dockerfile", "install", "patents", "provenance",
	}, stem)
}

// clockAhead is a time of day near the beginning of a line.
var clockAhead = regexp.MustCompile(`^.{0,24}?\b(?:[01]?\d|2[0-3]):[0-5]\d\b`)

// timedLines counts the lines that begin with a time of day, as far as they are
// no example.
func timedLines(head []byte) int {
	n, fenced := 0, false
	for line := range bytes.Lines(head) {
		if bytes.HasPrefix(bytes.TrimLeft(line, " "), []byte("```")) {
			fenced = !fenced
		}
		if !fenced && clockAhead.Match(line) {
			n++
		}
	}
	return n
}

func timesIn(n int) string {
	switch n {
	case 0:
		return "no line begins with a time"
	case 1:
		return "1 line begins with a time"
	}
	return strconv.Itoa(n) + " lines begin with a time"
}

// exportDay is the name of a file of a channel in a Slack export.
var exportDay = regexp.MustCompile(`^\d{4}-\d\d-\d\d\.json$`)

// besideSlack reports whether the folder of a file is that of a Slack export:
// some folder in it has files of days.
func besideSlack(f file) bool {
	dir := path.Dir(f.open)
	entries, err := fs.ReadDir(f.fsys, dir)
	if err != nil {
		return false
	}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		days, _ := fs.ReadDir(f.fsys, path.Join(dir, e.Name()))
		if slices.ContainsFunc(days, func(d fs.DirEntry) bool { return exportDay.MatchString(d.Name()) }) {
			return true
		}
	}
	return false
}
