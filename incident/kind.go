package incident

import (
	"crypto/sha256"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"pir/internal/container"
	"pir/internal/yaml"
	"pir/logs"
	"pir/source"
)

// headSize is how much of a file a Sniff sees, in bytes of its content.
const headSize = 64 << 10

// Kind is one row of what can be read.
type Kind struct {
	Name string // as in kind:path
	Doc  string // one line
	Log  bool   // a log format: read in a stream, counted and mined
}

// Kinds are the formats of documents and then those of logs, each in the order
// in which they are tried.
func Kinds() []Kind {
	var list []Kind
	for _, f := range source.Formats {
		list = append(list, Kind{Name: f.Name, Doc: f.Doc})
	}
	for _, f := range logs.Formats() {
		list = append(list, Kind{Name: f.Name, Doc: f.Doc, Log: true})
	}
	return list
}

// SplitKind cuts "kind:path" where the first part is a kind that can be read.
// Else the whole is a path, which may hold colons itself.
func SplitKind(arg string) (kind, name string) {
	before, after, found := strings.Cut(arg, ":")
	if found && after != "" && knownKind(before) {
		return before, after
	}
	return "", arg
}

func knownKind(name string) bool {
	return slices.ContainsFunc(Kinds(), func(k Kind) bool { return k.Name == name })
}

func unknownKind(name string) string {
	var names []string
	for _, k := range Kinds() {
		names = append(names, k.Name)
	}
	if near := yaml.Nearest(name, names); near != "" {
		return "unknown kind \"" + name + "\" (did you mean \"" + near + "\"?)"
	}
	return "unknown kind \"" + name + "\" (known: " + strings.Join(names, ", ") + ")"
}

// detected is what a file turned out to be. Both are empty when it is unknown.
type detected struct {
	doc  *source.Format
	log  string
	sure int // 1 to 100 where it was detected; 0 where the user said it
	head [sha256.Size]byte
}

// leastSure is how sure a Sniff must be, of 100. Below it lies JSON that holds
// no time and no message.
const leastSure = 15

// detect takes the best Sniff over both tables; documents win a tie.
func detect(name string, head []byte) detected {
	if binary(head) {
		return detected{}
	}
	doc, sure := source.Detect(name, head)
	log, logSure := logs.Detect(name, head)
	switch {
	case sure < leastSure && logSure < leastSure:
		return detected{}
	case sure >= logSure:
		return detected{doc: doc, sure: sure}
	}
	return detected{log: log, sure: logSure}
}

// forced is the format of a kind that the user named.
func forced(kind string) detected {
	if doc, found := source.Find(kind); found {
		return detected{doc: doc}
	}
	return detected{log: kind}
}

// head gives the decompressed beginning of a file. The error is that of a file
// which yields no byte at all.
func head(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, _, err := container.Reader(f)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(container.Text(r), headSize))
	if len(data) > 0 {
		return data, nil
	}
	return nil, err
}

// binary reports whether a document is no text: a zero byte in its beginning,
// or mostly control characters.
func binary(head []byte) bool {
	control := 0
	for _, c := range head {
		if c == 0 {
			return true
		}
		if c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != 0x1b && c != '\f' {
			control++
		}
	}
	return control*10 > len(head)
}

// base is the name that a Sniff sees: without the ending of a compression.
func base(name string) string {
	b := path.Base(name)
	for _, ending := range []string{".gz", ".zst", ".bz2", ".xz", ".lz4"} {
		b = strings.TrimSuffix(b, ending)
	}
	return b
}
