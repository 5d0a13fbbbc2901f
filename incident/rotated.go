package incident

import (
	"path"
	"regexp"
	"strings"

	"pir/logs"
)

// partName is the name of a part of a rotated log: what the parts have in common,
// a date or a number, the ending, the packing. So logrotate writes it
// (access.log.1, access.log.2.gz, access.log-20250603.gz), and so do cronolog,
// log4j (access.2025-06-03.log, app-2025-06-03-14.log.gz) and kubelet.
var partName = regexp.MustCompile(`^(.+?)(?:[._-]((?:19|20)\d\d[._-]?\d\d[._-]?\d\d(?:[T._-]?\d\d(?:[:._-]?\d\d){0,2})?)|\.(\d{1,3}))?` +
	`(\.(?:log|txt|out|err|json|jsonl|ndjson))?(?:\.(?:gz|zst|bz2|xz|lz4))?$`)

// part is what the name of a file tells of the log that it is a part of.
type part struct {
	whole    string // the name of that log
	rotated  bool   // a date or a number says that it is a part
	doubtful bool   // a number that a host or an address may have as well
}

// partOf takes a name apart: app.log.2 is a part of app.log, and web-2.log is one
// of its own beside web-1.log.
func partOf(name string) part {
	dir, base := path.Split(name)
	m := partName.FindStringSubmatch(base)
	if m == nil {
		return part{whole: name}
	}
	dated, numbered := m[2] != "", m[3] != ""
	return part{
		whole: dir + m[1] + m[4], rotated: dated || numbered,
		doubtful: numbered && (m[4] != "" || !strings.HasSuffix(m[1], ".log")),
	}
}

// joinRotated gives the parts of a rotated log, of which pir.yaml says nothing,
// one source: what happens over the turn is one thing. Parts stand in one folder
// and have one format. files and list have the same order.
func joinRotated(files []file, list []logs.File) {
	type set struct {
		at             []int
		whole, doubted int // files that are no part, and those that may be none
	}
	sets := map[string]*set{}
	var keys []string
	for i, f := range files {
		if f.node != nil {
			continue
		}
		p := partOf(f.path)
		key := folderOf(f) + "\x00" + p.whole + "\x00" + list[i].Format
		s := sets[key]
		if s == nil {
			s = &set{}
			sets[key], keys = s, append(keys, key)
		}
		s.at = append(s.at, i)
		switch {
		case !p.rotated:
			s.whole++
		case p.doubtful:
			s.doubted++
		}
	}
	for _, key := range keys {
		s := sets[key]
		if len(s.at) < 2 || s.whole > 1 || s.doubted > 0 && s.whole == 0 {
			continue
		}
		name := ""
		for _, i := range s.at {
			if whole := partOf(files[i].cited).whole; len(whole) > len(name) {
				name = whole
			}
		}
		for _, i := range s.at {
			list[i].Source = name
		}
	}
}

// folderOf is the input folder that a file was found in.
func folderOf(f file) string {
	if p, ok := f.fsys.(prefixFS); ok {
		return p.dir
	}
	return ""
}
