package logs

import "bytes"

// The container runtimes of Kubernetes write
//
//	2026-07-14T14:02:41.123456789Z stdout F message
//
// with P in the place of F where the line of the program goes on.
func criWrapping() wrapping { return wrapping{unwrap: unwrapCRI} }

func newCRI(head []byte) Parser { return newWrapped(criWrapping(), head) }

func sniffCRI(head []byte) int { return sniffWrapped(criWrapping(), head) }

func unwrapCRI(line []byte, _ bool, w *wrapped) bool {
	end := bytes.IndexByte(line, ' ')
	if end < 19 || !isDigit(line[0]) {
		return false
	}
	w.time = line[:end]
	rest := line[end+1:]
	if !bytes.HasPrefix(rest, []byte("stdout ")) && !bytes.HasPrefix(rest, []byte("stderr ")) {
		return false
	}
	w.stream = streamOut
	if rest[len("std")] == 'e' {
		w.stream = streamErr
	}
	rest = rest[len("stdout "):]
	end = wordEnd(rest, 0)
	tag := rest[:end]
	if len(tag) == 0 || tag[0] != 'P' && tag[0] != 'F' || len(tag) > 1 && tag[1] != ':' {
		return false
	}
	w.partial = tag[0] == 'P'
	w.inner = rest[min(end+1, len(rest)):]
	return true
}
