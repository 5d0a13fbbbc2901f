package logs

import "bytes"

// Log engines save lines of programs with a time in front:
//
//	2024-07-30T11:46:40.123000+00:00 ecs/api/0f3c9a7b1d2e a line    aws logs tail
//	2024-07-30T11:46:40.123Z a line                                 CloudWatch, exported to S3
//	1722340000123<tab>2024-07-30T11:46:40.123Z<tab>a line           Explore of Grafana, as text
func exportedWrapping() wrapping { return wrapping{unwrap: unwrapExported} }

// exportedParser reads such lines. One without a time goes on with the one
// before: a message may have several.
type exportedParser struct{ *wrapParser }

func newExported(head []byte) Parser {
	p, ok := newWrapped(exportedWrapping(), head).(*wrapParser)
	if !ok {
		return nil
	}
	return exportedParser{p}
}

func (p exportedParser) Fork() Parser {
	f, ok := p.wrapParser.Fork().(*wrapParser)
	if !ok {
		return p
	}
	return exportedParser{f}
}

func (p exportedParser) Parse(line []byte, cut bool, rec *Record) Kind {
	if !unwrapExported(line, cut, &p.w) {
		*rec = Record{}
		if looksDated(line) {
			return KindMalformed
		}
		return KindContinuation
	}
	return p.wrapParser.Parse(line, cut, rec)
}

// sniffExported is sure where the engine leaves a mark of its own. A bare time
// in front may be the program's: then what is inside has to have a format.
func sniffExported(head []byte) int {
	var w wrapped
	var t sniffTally
	marked := 0
	var inside []byte
	for line := range headLines(head) {
		switch {
		case unwrapExported(line, false, &w):
			t.record(true, true)
			if w.marked {
				marked++
			}
			inside = append(append(inside, w.inner...), '\n')
		case len(line) > 0 && !looksContinued(line):
			t.other++
		}
	}
	sure := t.sure(96)
	if sure == 0 || 2*marked >= t.records {
		return sure
	}
	for _, f := range innerFormats() {
		if f.Name != "text" && f.Name != "uptime" && f.Sniff(inside) >= 60 {
			return sure
		}
	}
	return 0
}

// unwrapExported takes a line apart.
func unwrapExported(line []byte, _ bool, w *wrapped) bool {
	w.time, w.inner, w.name, w.partial, w.marked = nil, nil, nil, false, false
	if len(line) < 20 || !isDigit(line[0]) {
		return false
	}
	if tab := bytes.IndexByte(line, '\t'); tab == 13 && isDigit(line[12]) {
		at, inner, ok := bytes.Cut(line[tab+1:], []byte{'\t'})
		if !ok || len(at) < 20 || at[10] != 'T' {
			return false
		}
		w.time, w.inner, w.marked = at, inner, true
		return true
	}
	end := bytes.IndexByte(line, ' ')
	if end < 0 || line[10] != 'T' {
		return false
	}
	switch at := line[:end]; {
	case end == len("2024-07-30T11:46:40.123000+00:00") && string(at[23:]) == "000+00:00":
		stream, inner, ok := bytes.Cut(line[end+1:], []byte{' '})
		if !ok {
			return false
		}
		w.time, w.inner, w.name, w.marked = at, inner, cloudwatchService(nil, stream), true
	case end == len("2024-07-30T11:46:40.123Z") && at[23] == 'Z':
		w.time, w.inner = at, line[end+1:]
	default:
		return false
	}
	return true
}
