package yaml

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Kind is what a node is.
type Kind int8

// The kinds of nodes.
const (
	Scalar Kind = iota
	List
	Map
)

// String gives the kind in the words of an error message.
func (k Kind) String() string {
	switch k {
	case List:
		return "a list"
	case Map:
		return "a map"
	}
	return "a value"
}

// Node is one value of a document. All methods may be called on a nil node,
// which stands for a key that is absent.
type Node struct {
	Kind Kind
	Text string // a scalar as written, without its quotes; empty for null
	Null bool   // a plain null, ~ or nothing
	Line int    // 1-based line on which the value begins
	File string // name given to Parse

	keys   []string // of a map, in the order of the document
	lines  []int    // line of each key
	values []*Node  // of a map or a list
}

// Error is a fault of a document at a line.
type Error struct {
	File    string
	Line    int // 1-based; 0 is not known
	Message string
}

// Error gives "file:line: message".
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Message
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Message)
}

// Errorf makes an error that names the file and line of the node.
func (n *Node) Errorf(format string, args ...any) error {
	if n == nil {
		return &Error{Message: fmt.Sprintf(format, args...)}
	}
	return &Error{File: n.File, Line: n.Line, Message: fmt.Sprintf(format, args...)}
}

// Get gives the value of a key of a map; nil where there is none.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for i, k := range n.keys {
		if k == key {
			return n.values[i]
		}
	}
	return nil
}

// Has reports whether a map has the key with a value other than null.
func (n *Node) Has(key string) bool {
	value := n.Get(key)
	return value != nil && !value.Null
}

// Keys are the keys of a map, in the order of the document.
func (n *Node) Keys() []string {
	if n == nil {
		return nil
	}
	return n.keys
}

// KeyLine is the line of a key of a map; 0 where there is none.
func (n *Node) KeyLine(key string) int {
	if n == nil {
		return 0
	}
	for i, k := range n.keys {
		if k == key {
			return n.lines[i]
		}
	}
	return 0
}

// Items are the values of a list, in order. A scalar is a list of itself; a
// map and null are empty.
func (n *Node) Items() []*Node {
	switch {
	case n == nil || n.Null || n.Kind == Map:
		return nil
	case n.Kind == Scalar:
		return []*Node{n}
	}
	return n.values
}

// Check says that the node is a map (or null) with none but known keys. The
// error is about the first unknown key and names the nearest known one.
func (n *Node) Check(known ...string) error {
	if n == nil || n.Null {
		return nil
	}
	if n.Kind != Map {
		return n.Errorf("%s stands where keys are expected (%s)", n.Kind, strings.Join(known, ", "))
	}
	for i, key := range n.keys {
		if slices.Contains(known, key) {
			continue
		}
		message := fmt.Sprintf("unknown key %q", key)
		if near := Nearest(key, known); near != "" {
			message += fmt.Sprintf(" (did you mean %q?)", near)
		} else {
			message += fmt.Sprintf(" (known: %s)", strings.Join(known, ", "))
		}
		return &Error{File: n.File, Line: n.lines[i], Message: message}
	}
	return nil
}

// Value gives the text of a scalar; empty for an absent or null node. A list
// or a map is an error.
func (n *Node) Value() (string, error) {
	if n == nil || n.Null {
		return "", nil
	}
	if n.Kind != Scalar {
		return "", n.Errorf("%s stands where one value is expected", n.Kind)
	}
	return n.Text, nil
}

// Values gives the texts of a list of scalars; one scalar is a list of one.
func (n *Node) Values() ([]string, error) {
	if n != nil && n.Kind == Map {
		return nil, n.Errorf("a map stands where a list is expected")
	}
	var texts []string
	for _, item := range n.Items() {
		text, err := item.Value()
		if err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	return texts, nil
}

// Bool reads true or false; an absent or null node is false.
func (n *Node) Bool() (bool, error) {
	text, err := n.Value()
	switch {
	case err != nil:
		return false, err
	case text == "" || text == "false":
		return false, nil
	case text == "true":
		return true, nil
	}
	return false, n.Errorf("%q is neither true nor false", text)
}

// Int reads a whole number in decimal digits; an absent or null node is 0.
func (n *Node) Int() (int, error) {
	text, err := n.Value()
	if err != nil || text == "" {
		return 0, err
	}
	value, err := strconv.Atoi(text)
	if err != nil {
		return 0, n.Errorf("%q is not a whole number", text)
	}
	return value, nil
}
