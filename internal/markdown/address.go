package markdown

import (
	"fmt"
	"strconv"
	"strings"
)

// address gives a whole address as it may be written as the target of a link, or
// false where some reader would stop at it: other schemes, users and passwords,
// hosts and ports that are none.
func address(target string) (string, bool) {
	if rest, ok := cutPrefixFold(target, "mailto:"); ok {
		if !isMail(rest) {
			return "", false
		}
		return "mailto:" + rest, true
	}
	scheme, rest := "https://", ""
	var ok bool
	if rest, ok = cutPrefixFold(target, scheme); !ok {
		scheme = "http://"
		if rest, ok = cutPrefixFold(target, scheme); !ok {
			return "", false
		}
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	host, path := rest[:end], rest[end:]
	if !isHost(host) {
		return "", false
	}
	return scheme + host + encoded(path), true
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return "", false
	}
	return s[len(prefix):], true
}

// isHost reports a name or number of a machine, with or without a port.
func isHost(s string) bool {
	host, port, has := strings.Cut(s, ":")
	if has {
		n, err := strconv.Atoi(port)
		if err != nil || n < 1 || n > 65535 || port[0] == '+' {
			return false
		}
	}
	if host == "" || len(host) > 253 {
		return false
	}
	numbers := 0
	labels := strings.Split(host, ".")
	for _, label := range labels {
		if !isLabel(label) {
			return false
		}
		if n, err := strconv.Atoi(label); err == nil && n <= 255 && len(label) <= 3 {
			numbers++
		}
	}
	// A last label of digits makes it an address of four numbers, or nothing.
	last := labels[len(labels)-1]
	if last[0] >= '0' && last[0] <= '9' {
		return len(labels) == 4 && numbers == 4
	}
	return !strings.HasPrefix(strings.ToLower(last), "xn--")
}

// isLabel reports a part of a host's name. Names with code points of other
// scripts in disguise are left to the eye: they are no links.
func isLabel(label string) bool {
	if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' || strings.HasPrefix(strings.ToLower(label), "xn--") {
		return false
	}
	for i := 0; i < len(label); i++ {
		if !isWord(label, i) && label[i] != '-' {
			return false
		}
	}
	return true
}

// isMail reports a plain mail address.
func isMail(s string) bool {
	user, host, ok := strings.Cut(s, "@")
	if !ok || user == "" || !strings.Contains(host, ".") || strings.Contains(host, ":") || !isHost(host) {
		return false
	}
	for i := 0; i < len(user); i++ {
		if !isWord(user, i) && strings.IndexByte(".-_+", user[i]) < 0 {
			return false
		}
	}
	return true
}

// encoded writes what follows the host with a percent sign and two digits for
// every byte that means something to some reader of Markdown.
func encoded(path string) string {
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		c := path[i]
		switch {
		case isWord(path, i) || strings.IndexByte("-._/?#=&+,:;@!", c) >= 0:
			b.WriteByte(c)
		case c == '%' && isHex(path, i+1) && isHex(path, i+2):
			b.WriteByte(c)
		case c == '~':
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

func isHex(s string, i int) bool {
	return i < len(s) && strings.IndexByte("0123456789abcdefABCDEF", s[i]) >= 0
}

// destination writes a target between the brackets of a link.
func destination(target string) string { return strings.ReplaceAll(target, "&", "&amp;") }

// target resolves the target of a link; false drops the link.
func (w *rewriter) target(raw string) (string, bool) {
	if id, ok := strings.CutPrefix(raw, "#"); ok {
		name, known := w.names.targets[id]
		if !known {
			name, known = w.names.targets[unescapedPath(id)]
		}
		return "#" + name, known
	}
	if to, ok := address(raw); ok {
		return to, true
	}
	if w.opt.Link == nil || hasScheme(raw) {
		return "", false
	}
	to, ok := w.opt.Link(raw)
	if whole, is := address(to); is {
		return whole, ok
	}
	return encoded(to), ok && to != "" && !hasScheme(to)
}

// image resolves the target of an image.
func (w *rewriter) image(raw string) (string, bool) {
	if w.opt.Image == nil {
		return "", false
	}
	to, ok := w.opt.Image(raw)
	if whole, is := address(to); is {
		return whole, ok
	}
	return encoded(to), ok && to != "" && !hasScheme(to)
}

// hasScheme reports a target that is more than a path: javascript:, data:, //host.
func hasScheme(target string) bool {
	colon := strings.IndexByte(target, ':')
	return strings.HasPrefix(target, "//") || strings.HasPrefix(target, `\`) || colon >= 0 && !strings.ContainsAny(target[:colon], "/?#")
}

// unescapedPath reads the percent signs of a fragment.
func unescapedPath(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && isHex(s, i+1) && isHex(s, i+2) {
			n, _ := strconv.ParseUint(s[i+1:i+3], 16, 8)
			b.WriteByte(byte(n))
			i += 2
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
