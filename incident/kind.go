package incident

import (
	"bytes"
	"crypto/sha256"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
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
	// Recognised says by what in its content, Export how it is got out of where it
	// lies, Lasts how long it is there to be got: one line each.
	Recognised, Export, Lasts string
}

// Kinds are the formats of documents and then those of logs, each in the order
// in which they are tried.
func Kinds() []Kind {
	var list []Kind
	for _, f := range source.Formats {
		list = append(list, Kind{Name: f.Name, Doc: f.Doc, Recognised: f.Recognised, Export: f.Export, Lasts: f.Lasts})
	}
	for _, f := range logs.Formats() {
		g := logs.GuideOf(f.Name)
		list = append(list, Kind{
			Name: f.Name, Doc: f.Doc, Log: true, Recognised: g.Recognised, Export: g.Export, Lasts: g.Lasts,
		})
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

// detect takes the best Sniff over both tables; documents win a tie. The formats
// that the user describes are above the tables.
func detect(name string, head []byte, own []logs.Format) detected {
	if binary(head) {
		return detected{}
	}
	for _, f := range own {
		if sure := f.Sniff(head); sure >= leastSure {
			return detected{log: f.Name, sure: sure}
		}
	}
	doc, sure := source.Detect(name, head)
	log, logSure := logs.Detect(name, head)
	switch {
	case sure < leastSure && logSure < leastSure:
		return detected{}
	case sure >= logSure, log == "jsonl" && (sure >= surelyDocument && opensInLine(head) || doc != nil && doc.Name == "json" && sure == source.EventLines):
		return detected{doc: doc, sure: sure}
	}
	return detected{log: log, sure: logSure}
}

// surelyDocument is how sure a Sniff of a document must be, of 100, to be
// believed against lines that are objects each.
const surelyDocument = 50

// opensInLine reports whether the first line of a text opens a bracket that it
// does not close: the lines below it are parts of one document, even where each
// holds a whole object.
func opensInLine(head []byte) bool {
	line, _, more := bytes.Cut(bytes.TrimSpace(head), []byte("\n"))
	depth, quoted := 0, false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		}
	}
	return more && depth > 0 && !quoted
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

// binary reports whether a document is no text: too many control characters. A
// run of zero bytes is what a crash leaves in a log, and counts once.
func binary(head []byte) bool {
	control := 0
	for i, c := range head {
		zero := c == 0 && i > 0 && head[i-1] == 0
		if c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != 0x1b && c != '\f' && !zero {
			control++
		}
	}
	return control*20 > len(head)
}

// mapped is what a file is whose columns the user names: a table, or objects.
// Where a map is for all files, it is for those in which the column of the time
// is found; own says that it is for this one.
func mapped(columns map[string]string, own bool, head []byte) detected {
	wanted := columns["time"]
	if wanted == "" && !own {
		return detected{}
	}
	head = bytes.TrimSpace(head)
	name, quote := "csv", ""
	if bytes.HasPrefix(head, []byte("{")) || bytes.HasPrefix(head, []byte("[")) {
		name, quote = "json", `"`
	} else {
		head, _, _ = bytes.Cut(head, []byte("\n"))
	}
	for column := range strings.SplitSeq(wanted, "+") {
		column = strings.TrimSpace(column)
		if n, err := strconv.Atoi(column); err == nil && n > 0 && name == "csv" {
			continue // by its number
		}
		if name == "json" {
			column, _, _ = strings.Cut(column, ".")
		}
		if !own && !bytes.Contains(bytes.ToLower(head), []byte(quote+strings.ToLower(column)+quote)) {
			return detected{}
		}
	}
	doc, _ := source.Find(name)
	return detected{doc: doc}
}

// base is the name that a Sniff sees: without the ending of a compression.
func base(name string) string {
	b := path.Base(name)
	for _, ending := range []string{".gz", ".zst", ".bz2", ".xz", ".lz4"} {
		b = strings.TrimSuffix(b, ending)
	}
	return b
}
