package logs

import "bytes"

// The json-file driver of Docker writes
//
//	{"log":"message\n","stream":"stdout","time":"2026-07-14T14:02:41.123456789Z"}
//
// without the \n where the line of the program goes on.
func dockerWrapping() wrapping { return wrapping{unwrap: unwrapDocker} }

func newDocker(head []byte) Parser { return newWrapped(dockerWrapping(), head) }

func sniffDocker(head []byte) int { return sniffWrapped(dockerWrapping(), head) }

func unwrapDocker(line []byte, cut bool, w *wrapped) bool {
	if !bytes.HasPrefix(line, []byte(`{"log":"`)) || !w.json.scan(line, cut) {
		return false
	}
	f := &w.json.fields
	_, name, ok := bytes.Cut(line, []byte(`"stream":"std`))
	if f.value[roleTime] == nil || !ok {
		return false
	}
	w.stream = streamOut
	if len(name) > 0 && name[0] == 'e' {
		w.stream = streamErr
	}
	w.time = f.value[roleTime]
	w.inner, _, _ = quotedPart(line, len(`{"log":`))
	if hasBackslash(w.inner) {
		w.memory = unescape(w.memory[:0], w.inner)
		w.inner = w.memory
	}
	n := len(w.inner)
	w.partial = n == 0 || w.inner[n-1] != '\n'
	w.inner = trimLine(bytes.TrimSuffix(w.inner, []byte("\n")))
	return true
}
