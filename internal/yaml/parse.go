package yaml

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	yamlv3 "go.yaml.in/yaml/v3"
)

// Bounds of a document, far above what people write by hand.
const (
	maxBytes = 4 << 20
	maxDepth = 64
	maxNodes = 200_000
)

// Parse reads one document. An empty one is a null node. Errors name the file
// and, where it is known, the line.
func Parse(name string, data []byte) (*Node, error) { return ParseAt(name, 1, data) }

// ParseAt is Parse for a document that begins at a line of a larger file, such
// as front matter.
func ParseAt(name string, line int, data []byte) (*Node, error) {
	if len(data) > maxBytes {
		return nil, &Error{File: name, Message: fmt.Sprintf("larger than %d MiB; is this the right file?", maxBytes>>20)}
	}
	p := &parser{name: name, shift: line - 1}
	decoder := yamlv3.NewDecoder(bytes.NewReader(data))
	var root yamlv3.Node
	if err := decoder.Decode(&root); errors.Is(err, io.EOF) {
		return &Node{Kind: Scalar, Null: true, Line: line, File: name}, nil
	} else if err != nil {
		return nil, p.syntax(err)
	}
	var second yamlv3.Node
	switch err := decoder.Decode(&second); {
	case err == nil:
		return nil, &Error{File: name, Line: second.Line + p.shift, Message: "a second document begins here; only one is read"}
	case !errors.Is(err, io.EOF):
		return nil, p.syntax(err)
	}
	return p.node(&root, 0)
}

type parser struct {
	name  string
	shift int // lines in front of the document
	nodes int
}

// node copies a node of the library, and refuses what has no place in a file
// written by hand.
func (p *parser) node(from *yamlv3.Node, depth int) (*Node, error) {
	p.nodes++
	switch {
	case depth > maxDepth:
		return nil, p.errorf(from, "nested more than %d deep", maxDepth)
	case p.nodes > maxNodes:
		return nil, p.errorf(from, "more than %d values, aliases counted", maxNodes)
	case from.Style&yamlv3.TaggedStyle != 0:
		return nil, p.errorf(from, "tags such as %s are not read; write the value without it", from.Tag)
	}
	switch from.Kind {
	case yamlv3.DocumentNode:
		return p.node(from.Content[0], depth)
	case yamlv3.AliasNode:
		return p.node(from.Alias, depth+1)
	case yamlv3.MappingNode:
		return p.mapping(from, depth)
	case yamlv3.SequenceNode:
		to := &Node{Kind: List, Line: from.Line + p.shift, File: p.name}
		for _, item := range from.Content {
			value, err := p.node(item, depth+1)
			if err != nil {
				return nil, err
			}
			to.values = append(to.values, value)
		}
		return to, nil
	}
	to := &Node{Kind: Scalar, Text: from.Value, Line: from.Line + p.shift, File: p.name}
	if from.Tag == "!!null" {
		to.Text, to.Null = "", true
	}
	return to, nil
}

func (p *parser) mapping(from *yamlv3.Node, depth int) (*Node, error) {
	to := &Node{Kind: Map, Line: from.Line + p.shift, File: p.name}
	first := map[string]int{}
	for i := 0; i+1 < len(from.Content); i += 2 {
		key := from.Content[i]
		if key.Kind == yamlv3.AliasNode {
			key = key.Alias
		}
		if key.Kind != yamlv3.ScalarNode {
			return nil, p.errorf(key, "a key must be one plain text")
		}
		if line, seen := first[key.Value]; seen {
			return nil, p.errorf(key, "key %q is already on line %d", key.Value, line)
		}
		first[key.Value] = key.Line + p.shift
		value, err := p.node(from.Content[i+1], depth+1)
		if err != nil {
			return nil, err
		}
		to.keys = append(to.keys, key.Value)
		to.lines = append(to.lines, key.Line+p.shift)
		to.values = append(to.values, value)
	}
	return to, nil
}

func (p *parser) errorf(at *yamlv3.Node, format string, args ...any) error {
	return &Error{File: p.name, Line: at.Line + p.shift, Message: fmt.Sprintf(format, args...)}
}

var errorLine = regexp.MustCompile(`^line (\d+): `)

// syntax turns an error of the library into one line with the file in front.
func (p *parser) syntax(err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	text = strings.Join(strings.Fields(text), " ")
	fault := &Error{File: p.name, Message: text}
	if m := errorLine.FindStringSubmatch(text); m != nil {
		fault.Line, _ = strconv.Atoi(m[1])
		fault.Line += p.shift
		fault.Message = text[len(m[0]):]
	}
	return fault
}
