package logs

// Docker Compose puts the name of the container in front of each line:
//
//	web-1  | message
func composeWrapping() wrapping { return wrapping{unwrap: unwrapCompose} }

func newCompose(head []byte) Parser { return newWrapped(composeWrapping(), head) }

// sniffCompose wants the name and the bar in every line, and times inside: the
// wrapping has none.
func sniffCompose(head []byte) int {
	u := composeWrapping()
	p := newWrapped(u, head)
	var t sniffTally
	var rec Record
	var w wrapped
	for line := range headLines(head) {
		if !u.unwrap(line, false, &w) {
			t.other++
			continue
		}
		if p.Parse(line, false, &rec) == KindRecord {
			t.record(rec.Timed, true)
		}
	}
	if t.timed == 0 {
		return 0
	}
	t.timed = t.records // a banner in front of the log does not matter
	return t.sure(85)
}

func unwrapCompose(line []byte, _ bool, w *wrapped) bool {
	end := 0
	for end < len(line) && isTagByte(line[end]) {
		end++
	}
	bar := skipBlanks(line, end)
	if end == 0 || !isLetter(line[0]) || bar == end || bar == len(line) || line[bar] != '|' {
		return false
	}
	w.time, w.partial = nil, false
	w.name = line[:end]
	for n := end - 1; n > 0 && (isDigit(line[n]) || line[n] == '-' || line[n] == '_'); n-- {
		if line[n] == '-' || line[n] == '_' { // the number of the container
			w.name = line[:n]
			break
		}
	}
	w.inner = line[min(bar+2, len(line)):]
	return true
}
