package logs

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"pir/internal/when"
	"pir/logs/pattern"
)

// counter counts the lines of one chunk. It belongs to one goroutine.
type counter struct {
	dater
	t        *tally
	days     *dayOrder // nil where it is settled
	loose    bool      // the line read last goes on with a record
	before   recordsBefore
	asked    [256]int32 // day for which the zone of a name was doubted last
	recalled bool       // before holds what stands in front of the chunk
	miner    *pattern.Miner
	masked   []byte
	latest   [levelCount]pendingCount
	knowns   [64]knownText
	same     trial // messages looked for among knowns
	memo     *pattern.Memo
	shapes   trial           // messages looked for in memo
	recent   [256]recentText // by hash
	lastName []byte
	lastComp uint16

	served    *[60]int64 // requests of the minute and component of servedKey
	servedKey markKey
}

// pendingCount saves looking up the count of neighbours in time.
type pendingCount struct {
	key countKey
	n   int64
}

// count reads a chunk.
func (j *job) count(ch chunk) *tally {
	c := &counter{
		dater: newDater(j), t: newTally(j.file.Component), miner: pattern.New(pattern.Options{}),
	}
	c.memo, c.days = pattern.NewMemo(c.miner), daysOf(j.parser)
	c.each(ch, func(line []byte, offset int64) {
		size := int32(len(line))
		ns, ok := c.classify(line, ch.cut, offset)
		if c.loose {
			ns, ok = c.crash(trimLine(line), &ch, offset)
		}
		if ok && j.window.counted(ns) {
			c.dated(ns, mark{ns: ns, line: c.t.lines, offset: offset, size: size})
		}
	})
	c.flush()
	c.t.quote(&ch)
	return c.t
}

// each calls f with the physical lines of a chunk and their offsets, and counts
// them.
func (c *counter) each(ch chunk, f func(line []byte, offset int64)) {
	if p, ok := c.parser.(partialTeller); ok {
		p.follow(ch.follows)
	}
	c.escapes = bytes.IndexByte(ch.data, 0x1b) >= 0
	valid := utf8.Valid(ch.data)
	for start := 0; start < len(ch.data); {
		end := bytes.IndexByte(ch.data[start:], '\n')
		next := start + end + 1
		if end < 0 {
			end, next = len(ch.data)-start, len(ch.data)
		}
		line, offset := ch.data[start:start+end], ch.offset+int64(start)
		if len(line) > longLine || ch.cut {
			c.t.long.add(c.t.lines, offset)
		}
		if !valid && !utf8.Valid(line) {
			c.t.invalid.add(c.t.lines, offset)
		}
		f(line, offset)
		c.t.lines++
		start = next
	}
}

// classify counts one physical line, which stands at offset, as what it is. It
// gives the time of a record that has one.
func (c *counter) classify(line []byte, cut bool, offset int64) (ns int64, dated bool) {
	t := c.t
	kind, line := c.parse(line, cut)
	c.loose = kind == KindContinuation
	switch kind {
	case KindMalformed:
		t.malformed++
		t.bad = t.name(t.bad, line, offset)
		c.disprove(line)
		return 0, false
	case KindContinuation:
		if t.opened {
			t.continuation++
		} else {
			t.lead++
		}
		return 0, false
	}
	t.opened = true
	if ns, dated = c.time(offset); !dated {
		t.undated++
		t.bare = t.name(t.bare, line, offset)
		c.disprove(line)
		c.before[c.rec.stream] = recordBefore{level: c.rec.Level}
		return 0, false
	}
	t.order(ns, offset, int32(len(line)), c.resolver.Later() != 0)
	c.before[c.rec.stream] = recordBefore{ns: ns, dated: true, level: c.rec.Level}
	if c.job.window.holds(ns) {
		t.inWindow++
	} else {
		t.outside++
	}
	return ns, true
}

// disprove looks whether a line that could not be dated speaks for another order
// of day and month.
func (c *counter) disprove(line []byte) {
	if c.days != nil {
		c.t.days.disprove(c.days, line)
	}
}

// name adds the line that comes next to those that are named, as far as there
// is room.
func (t *tally) name(list []badLine, line []byte, offset int64) []badLine {
	if len(list) >= maxBad {
		return list
	}
	return append(list, badLine{line: t.lines, offset: offset, quote: quoteOf(line)})
}

// time works out the time of the record at offset, and counts what it lacks.
func (c *counter) time(offset int64) (ns int64, ok bool) {
	ns, yearless, ok := c.instant(offset)
	t, f := c.t, &c.rec.Time
	if !ok {
		if c.rec.Timed && yearless && !c.job.years.known() {
			t.noYear++
		}
		return 0, false
	}
	if yearless {
		t.yearless++
	}
	if !f.Zoned && !f.IsEpoch {
		t.naive++
	}
	if c.days != nil && f.Day > 12 {
		t.days.taken++
	}
	switch {
	case c.resolver.Later() != 0:
		t.twice.add(t.lines, offset)
	case c.resolver.Skipped():
		t.skipped.add(t.lines, offset)
	}
	if f.Abbrev != 0 {
		c.doubtZone(f)
	}
	return ns, true
}

// doubtZone keeps what is doubtful about a zone's name, asking once a day.
func (c *counter) doubtZone(f *when.Fields) {
	day := int32((f.Year*16+f.Month)*32 + f.Day)
	if asked := &c.asked[f.Abbrev]; *asked != day {
		*asked = day
		c.t.doubt(c.resolver.Doubt(f))
	}
}

// doubt keeps a sentence, unless there is one already about the name that it
// begins with.
func (t *tally) doubt(sentence string) {
	name, _, _ := strings.Cut(sentence, " ")
	said := func(s string) bool { return strings.HasPrefix(s, name+" ") }
	if sentence != "" && len(t.doubts) < maxDoubts && !slices.ContainsFunc(t.doubts, said) {
		t.doubts = append(t.doubts, sentence)
	}
}

// order keeps span and order of the times. twice says that the zone shows the
// time twice.
func (t *tally) order(ns, offset int64, size int32, twice bool) {
	if t.dated == 0 {
		t.first, t.last, t.head, t.headAt, t.headTwice = ns, ns, ns, offset, twice
		t.earliest = mark{ns: ns, line: t.lines, offset: offset, size: size}
	} else {
		t.step(ns, offset, twice)
		t.disorder = max(t.disorder, t.last-ns)
		if ns < t.first {
			t.first, t.earliest = ns, mark{ns: ns, line: t.lines, offset: offset, size: size}
		}
		if ns-t.last > leastSilence*nsPerMinute {
			t.pause(t.lastMark(), mark{ns: ns, line: t.lines, offset: offset, size: size})
		}
	}
	if ns >= t.last {
		t.last, t.lastLine, t.lastAt, t.lastSize = ns, t.lines, offset, size
	}
	t.tail, t.tailTwice = ns, twice
	t.dated++
}

// lastMark is the latest record by time.
func (t *tally) lastMark() mark {
	return mark{ns: t.last, line: t.lastLine, offset: t.lastAt, size: t.lastSize}
}

// Dates without a year that step back by yearBack are of another year: no log is
// out of order by that much. A step by yearForth undoes it: a record or two stand
// on the wrong side of the turn. hourBack is the least step back to an hour that
// the clocks show again.
const yearBack, yearForth, hourBack = 90 * 24 * 60 * nsPerMinute, 335 * 24 * 60 * nsPerMinute, 20 * nsPerMinute

// step looks at a record that stands behind another.
func (t *tally) step(ns, offset int64, twice bool) {
	if ns >= t.tail {
		if ns-t.tail > yearForth {
			t.turn(offset, -1)
		}
		return
	}
	t.outOfOrder++
	switch back := t.tail - ns; {
	case back > yearBack:
		t.wraps.add(t.lines, offset)
		t.turn(offset, 1)
	case back >= hourBack && twice && t.tailTwice && len(t.again) < maxAgain:
		t.again = append(t.again, hourAgain{ns: ns, offset: offset})
	}
}

// turn notes where dates without a year are in another year.
func (t *tally) turn(offset int64, by int) {
	if len(t.turns) < maxTurns {
		t.turns = append(t.turns, yearTurn{offset: offset, by: by})
	}
}

// dated counts a record with a time inside window or baseline.
func (c *counter) dated(ns int64, m mark) {
	t := c.t
	comp := c.component()
	t.records[comp]++
	minute := floorMinute(ns)
	t.newest = max(t.newest, minute)
	key := markKey{minute: minute, component: comp}
	if c.rec.Request {
		t.request[comp]++
		c.request(key, ns)
	}
	x := c.message(comp, m)
	if x != nil {
		c.t.see(x, c.job.window.holds(ns), minute, m)
		m.id = x.id
	}
	level := c.rec.Level
	p := &c.latest[level]
	if key := (countKey{minute: minute, component: comp, level: level}); p.key != key {
		c.settle(p)
		p.key = key
	}
	p.n++
	if level == LevelError {
		if e := t.errors[key]; e != nil {
			e.add(m)
		} else if len(t.errors) < maxChunkMarks {
			e = &errorMinute{}
			e.add(m)
			t.errors[key] = e
		}
	}
}

// request counts a request in its second.
func (c *counter) request(key markKey, ns int64) {
	if c.served == nil || c.servedKey != key {
		c.servedKey = key
		if c.served = c.t.requests[key]; c.served == nil {
			c.served = new([60]int64)
			if len(c.t.requests) < maxChunkMarks {
				c.t.requests[key] = c.served
			}
		}
	}
	c.served[secondOf(ns)]++
}

// component gives the index of the record's component. That of the file goes
// first.
func (c *counter) component() uint16 {
	if c.job.file.Component != "" || len(c.rec.Component) == 0 {
		return 0
	}
	if !bytes.Equal(c.rec.Component, c.lastName) {
		c.lastName = append(c.lastName[:0], c.rec.Component...)
		i, ok := c.t.index[string(c.lastName)]
		if !ok {
			i = c.t.component(string(c.lastName))
		}
		c.lastComp = i
	}
	return c.lastComp
}

// message finds the masked text of the record's message; nil where there is none,
// or no room for it.
func (c *counter) message(comp uint16, m mark) *text {
	if len(c.rec.Message) == 0 {
		return nil
	}
	known := c.known(comp)
	if known != nil && known.text != nil {
		return known.text
	}
	x := c.text(comp, m)
	if x == nil {
		c.t.lost++
	} else if known != nil {
		known.text = x
	}
	return x
}

// id tells texts of one component and level apart; it is never 0.
func (k textKey) id() uint64 { return (k.hash ^ uint64(k.status)*0x9e3779b97f4a7c15) | 1 }

// recentText saves looking up a text that was met before.
type recentText struct {
	key  textKey
	text *text
}

// text gives the text of the record's message; nil when there is no room.
func (c *counter) text(comp uint16, m mark) *text {
	key := textKey{component: comp, level: c.rec.Level}
	if c.rec.Request { // the status is what tells requests apart
		key.status = uint16(c.rec.Status)
	}
	shaped := c.shapes.worth()
	if shaped {
		var ok bool
		if key.hash, ok = c.memo.Find(c.rec.Message); ok {
			if x := c.met(key); x != nil {
				c.shapes.found++
				return x
			}
		}
	}
	c.masked = c.miner.Mask(c.masked[:0], c.rec.Message)
	key.hash = pattern.Hash(c.masked)
	x := c.met(key)
	switch {
	case x != nil && shaped: // a text that comes again
		c.memo.Learn(c.rec.Message, key.hash)
	case x == nil && len(c.t.texts) < maxChunkTexts:
		x = &text{masked: string(c.masked), id: key.id(), span: markSpan{first: m, last: m}}
		c.t.texts[key] = x
	}
	return x
}

// met gives the text of a key that was met before, or nil.
func (c *counter) met(key textKey) *text {
	recent := &c.recent[key.hash%uint64(len(c.recent))]
	if recent.text != nil && recent.key == key {
		return recent.text
	}
	x := c.t.texts[key]
	if x != nil {
		recent.key, recent.text = key, x
	}
	return x
}

// trial counts how often a short way led somewhere, and so whether to take it.
type trial struct{ tried, found int }

// trialLength is after how many tries a quarter must have been found.
const trialLength = 256

// worth counts a try, and says whether to go on with them.
func (t *trial) worth() bool {
	if t.tried > trialLength && 4*t.found < t.tried {
		return false
	}
	t.tried++
	return true
}

// see counts a message.
func (t *tally) see(x *text, now bool, minute int64, m mark) {
	x.count++
	if now {
		x.now++
	}
	x.span.add(m)
	x.minutes.add(minute, 1)
}

// knownText is a message as it was, and what it was counted as.
type knownText struct {
	text  *text // nil: not yet
	comp  uint16
	level Level
	size  uint8
	raw   [longestKnown]byte
}

// longestKnown is the length up to which messages that do not vary are known
// again as they are.
const longestKnown = 40

// known finds the place of the record's message among those known; nil when it
// is not looked for. Its text is nil when the place held another.
func (c *counter) known(comp uint16) *knownText {
	msg := c.rec.Message
	if len(msg) > longestKnown || c.rec.Request || !c.same.worth() {
		return nil
	}
	k := &c.knowns[pattern.Hash(msg)%uint64(len(c.knowns))]
	if k.text != nil && k.comp == comp && k.level == c.rec.Level && string(k.raw[:k.size]) == string(msg) {
		c.same.found++
		return k
	}
	k.text, k.comp, k.level, k.size = nil, comp, c.rec.Level, uint8(copy(k.raw[:], msg))
	return k
}

// settle writes a pending count down.
func (c *counter) settle(p *pendingCount) {
	if p.n > 0 {
		c.t.counts[p.key] += p.n
		p.n = 0
	}
}

func (c *counter) flush() {
	for i := range c.latest {
		c.settle(&c.latest[i])
	}
}

// quote copies out of the chunk what marks may need later.
func (t *tally) quote(ch *chunk) {
	for _, e := range t.errors {
		e.each(func(s *markSpan) { s.quote(ch) })
	}
	for _, x := range t.texts {
		x.span.first.quote = x.span.first.text(ch)
	}
	if t.dated == 0 {
		return
	}
	t.latest = t.lastMark()
	t.earliest.quote, t.latest.quote = t.earliest.text(ch), t.latest.text(ch)
	for i := range t.silences {
		s := &t.silences[i]
		s.before.quote, s.after.quote = s.before.text(ch), s.after.text(ch)
	}
}
