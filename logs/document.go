package logs

import (
	"bytes"
	"io"
)

// document is a format whose files are documents: one JSON value, or several,
// that hold the records, and not a line for each. Such a file is unrolled: what
// is read of it is a text with one line for each record, and a record is cited
// by its pointer in the document.
type document struct {
	format string
	root   node
	// marks are texts of which one stands near the beginning of every such file.
	marks []string
	// around writes what a parser wants to know of a value that stands around
	// records, as members of an object. A record below it becomes
	// {"around":{…},"record":…}. It may be nil.
	around func(dst []byte, key string, value []byte) []byte
	// ids are the names of the key by which a record is the same where it comes
	// again, as where pages of answers overlap, and with those of keys that belong
	// to it; none means that records have no ids.
	ids, with []string
	// whole says that records which are equal byte for byte, with what is around
	// them, are the same.
	whole bool
	// take finds the parts of a record in a line.
	take func(line []byte, cut bool, e *entry) bool
	// table says that the file is no JSON, but rows below a head.
	table bool
	// limits are numbers of records at which answers stop unasked.
	limits []int64
}

// node is a place in a document: the value of a key, or with the key * each item
// of a list.
type node struct {
	key  string // * stands first among the kids
	use  use
	kids []node
}

// use is what the value at a node is for.
type use uint8

const (
	useNothing use = iota // it is passed through to its kids
	useEntry              // a record; with kids an object that begins with a kid's key is passed through
	useAround             // it tells of the records behind it in the same object
	useTotal              // how many records the engine found
	useMore               // a token for the next page: there is more
	useKind               // what the answer is; see document.limits
)

// kid finds the node of a key.
func (n *node) kid(key []byte) *node {
	if n == nil {
		return nil
	}
	for i := range n.kids {
		if n.kids[i].key == string(key) {
			return &n.kids[i]
		}
	}
	return nil
}

// item is the node of the items of a list.
func (n *node) item() *node {
	if n == nil || len(n.kids) == 0 || n.kids[0].key != "*" {
		return nil
	}
	return &n.kids[0]
}

// documentOf finds the document of a format; nil for a format of lines.
func documentOf(format string) *document {
	switch format {
	case "loki":
		return lokiDocument()
	case "elasticsearch":
		return elasticDocument()
	case "cloudwatch":
		return cloudwatchDocument()
	case "gcp-logging":
		return gcpDocument()
	case "otlp":
		return otlpDocument()
	case "datadog":
		return datadogDocument()
	case "splunk":
		return splunkDocument()
	case "victorialogs":
		return victoriaDocument()
	case "log-csv":
		return tableDocument(nil)
	}
	return nil
}

// sniffDocument wants records, with the marks of the engine in most of them.
func sniffDocument(d *document, head []byte) int {
	if !d.marked(head) {
		return 0
	}
	var t sniffTally
	var e entry
	p := newEntryParser(d, d.lines(head))
	known := 0
	for line := range bytes.Lines(p.head) {
		e.reset()
		if !d.take(bytes.TrimSuffix(line, []byte("\n")), false, &e) {
			t.other++
			continue
		}
		if e.known {
			known++
		}
		_, timed := p.stamps.value(e.time)
		t.record(timed || e.payload != nil, e.message != nil || e.payload != nil)
	}
	switch {
	case 2*known < t.records, t.records == 0:
		return 0
	case t.records >= t.other:
		return max(t.sure(97), 90) // the marks outweigh some broken records
	}
	return t.sure(97)
}

// marked is a quick no: the head is no JSON, or has none of the marks.
func (d *document) marked(head []byte) bool {
	head = bytes.TrimLeft(head, " \t\r\n\ufeff")
	if len(head) == 0 || head[0] != '{' && head[0] != '[' {
		return false
	}
	for _, m := range d.marks {
		if bytes.Contains(head, []byte(m)) {
			return true
		}
	}
	return false
}

// lines unrolls the beginning of a file. A record that is cut is left out.
func (d *document) lines(head []byte) []byte {
	u := newUnroller(d, bytes.NewReader(head))
	u.head, u.buf = true, make([]byte, len(head)+1)
	text, err := io.ReadAll(u)
	if err != nil {
		return text // as far as it goes
	}
	return text
}
