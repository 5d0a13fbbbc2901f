package logs

import "bytes"

// newLogfmt makes the parser of logfmt: key=value pairs, values quoted where
// they need it.
func newLogfmt(head []byte) Parser {
	var samples [][]byte
	p := &logfmtParser{stamps: &stamps{}}
	for line := range headLines(head) {
		if p.scan(line, false) == nil && p.fields.value[roleTime] != nil {
			samples = append(samples, bytes.Clone(p.fields.value[roleTime]))
		}
	}
	p.stamps = settleStamps(samples)
	return p
}

// sniffLogfmt wants lines that begin with a pair and hold a few.
func sniffLogfmt(head []byte) int {
	p := &logfmtParser{}
	var t sniffTally
	for line := range headLines(head) {
		switch err := p.scan(line, false); {
		case err == nil && p.fields.pairs > 1:
			f := &p.fields
			t.record(f.value[roleTime] != nil, f.value[roleLevel] != nil || f.value[roleMessage] != nil)
		case looksContinued(line):
		default:
			t.other++
		}
	}
	return t.sure(90)
}

type logfmtParser struct {
	stamps  *stamps
	fields  fields
	scratch []byte
}

func (p *logfmtParser) days() *dayOrder { return &p.stamps.days }

func (p *logfmtParser) Fork() Parser { return &logfmtParser{stamps: p.stamps} }

func (p *logfmtParser) Parse(line []byte, cut bool, rec *Record) Kind {
	*rec = Record{}
	switch p.scan(line, cut) {
	case nil:
		p.scratch = p.fields.fill(rec, p.stamps, p.scratch)
		return KindRecord
	case errNoPairs:
		if looksContinued(line) {
			return KindContinuation
		}
	}
	return KindMalformed
}

// logfmtError is why a line is not logfmt.
type logfmtError string

func (e logfmtError) Error() string { return string(e) }

const (
	errNoPairs   = logfmtError("no key=value pair at the start")
	errOpenQuote = logfmtError("a quote that does not close")
)

// scan reads a line into p.fields. Words without "=" count where a pair stands
// before them.
func (p *logfmtParser) scan(line []byte, cut bool) error {
	p.fields.reset()
	for i := skipBlanks(line, 0); i < len(line); i = skipBlanks(line, i) {
		known, start := p.fields.order.at(p.fields.pairs), i
		if known.leads(line[i:], '=') {
			i += int(known.n)
		} else {
			for i < len(line) && isKeyByte(line[i]) {
				i++
			}
			if i == start || i == len(line) || line[i] != '=' {
				if p.fields.pairs == 0 {
					return errNoPairs
				}
				i = wordEnd(line, i)
				continue
			}
			known = p.fields.know(line[start:i])
		}
		key := line[start:i]
		i++
		value, next, ok := logfmtValue(line, i)
		if !ok && !cut {
			return errOpenQuote
		}
		p.fields.addAs(known.role, known.rank, key, value, next > i && line[i] == '"')
		i = next
	}
	if p.fields.pairs == 0 {
		return errNoPairs
	}
	return nil
}

// logfmtValue reads the value at i and gives the place behind it.
func logfmtValue(line []byte, i int) (value []byte, next int, ok bool) {
	if i >= len(line) || line[i] != '"' {
		end := wordEnd(line, i)
		return line[i:end], end, true
	}
	for j := either(line, i+1, '"', '\\'); j < len(line); j = either(line, j+2, '"', '\\') {
		if line[j] == '"' {
			return line[i+1 : j], j + 1, true
		}
	}
	return line[i+1:], len(line), false
}

// isKeyByte reports whether b may stand in a key: a letter, a digit or one of
// _.-@/$, a bit each.
func isKeyByte(b byte) bool {
	const (
		low  = 1<<'.' | 1<<'-' | 1<<'/' | 1<<'$' | 0x3ff<<'0'
		high = 1<<('_'-64) | 1<<('@'-64) | 0x3ffffff<<('A'-64) | 0x3ffffff<<('a'-64)
	)
	if b < 64 {
		return uint64(low)>>b&1 == 1
	}
	return b < 128 && uint64(high)>>(b-64)&1 == 1
}
